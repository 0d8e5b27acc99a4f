using System.Collections.Concurrent;
using LeadDesk.Data;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Companies;

/// <summary>
/// The settings of companies, kept in memory: a change on this node is seen at once (<see cref="Forget"/>), one made on
/// another node within <see cref="Freshness"/>.
/// </summary>
public sealed class CompanyDirectory(Database database, TimeProvider clock)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, (CompanyRules Settings, long ReadAt)> known = new();

    public async ValueTask<CompanyRules> GetAsync(long companyId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(companyId, out var entry) && clock.GetElapsedTime(entry.ReadAt) < Freshness)
            return entry.Settings;
        var readAt = clock.GetTimestamp();
        var settings = await ReadAsync(companyId, cancellationToken);
        known[companyId] = (settings, readAt);
        return settings;
    }

    public void Forget(long companyId) => known.TryRemove(companyId, out _);

    private async Task<CompanyRules> ReadAsync(long companyId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        var company = await context.Companies.SingleAsync(row => row.Id == companyId, cancellationToken);
        var pipelines = await context.Pipelines.OrderBy(pipeline => pipeline.Position).ToListAsync(cancellationToken);
        var order = pipelines.Select((pipeline, index) => (pipeline.Id, index)).ToDictionary(pipeline => pipeline.Id, pipeline => pipeline.index);
        var stages = await context.Stages.ToListAsync(cancellationToken);
        return new CompanyRules(
            company.Id,
            company.Name,
            company.Region,
            TimeZoneInfo.FindSystemTimeZoneById(company.TimeZone),
            TimeSpan.FromMinutes(company.ResponseGoalMinutes),
            company.ScoringProfile is null ? ScoringProfile.Default : ScoringProfile.FromJson(company.ScoringProfile),
            [.. stages.OrderBy(stage => order.GetValueOrDefault(stage.PipelineId)).ThenBy(stage => stage.Position)])
        {
            Currency = company.Currency,
            Pipelines = pipelines,
            Fields = await context.CustomFields.Where(field => field.ArchivedAt == null).OrderBy(field => field.Position).ToListAsync(cancellationToken),
            Tags = await context.Tags.OrderBy(tag => tag.NameKey).ToListAsync(cancellationToken),
            LostReasons = await context.LostReasons.OrderBy(reason => reason.Position).ToListAsync(cancellationToken),
        };
    }
}
