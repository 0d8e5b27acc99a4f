using LeadDesk.Access;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Views;

/// <summary>What some columns show of a lead beside its <see cref="LeadRow"/>.</summary>
public sealed record LeadColumnValues
{
    /// <summary>In hundredths of the company's currency.</summary>
    public long? Value { get; init; }

    public DateTime? NextFollowUpAt { get; init; }

    public long? LostReasonId { get; init; }

    public DateTime StageChangedAt { get; init; }

    public LeadKind Kind { get; init; }

    public DateTime LastSubmittedAt { get; init; }

    public IReadOnlyList<long> Tags { get; init; } = [];

    public IReadOnlyList<long> Helpers { get; init; } = [];

    /// <summary>When it last left the house in a file.</summary>
    public DateTime? ExportedAt { get; init; }

    /// <summary>By field, in order.</summary>
    public IReadOnlyList<CustomFieldValue> Fields { get; init; } = [];
}

/// <summary>Which of the extras are looked at; the lead's own are always read.</summary>
public sealed record LeadColumnWants(bool Tags = false, bool Helpers = false, bool Exported = false, IReadOnlyList<long>? FieldIds = null)
{
    public static LeadColumnWants None { get; } = new();
}

/// <summary>Reads the extras of the leads a screen shows, each kind in one query.</summary>
public sealed class LeadColumnQueries(Database database)
{
    /// <summary>A screen shows fewer.</summary>
    public const int Most = 500;

    /// <summary>Of so many values of one lead the rest stays unread.</summary>
    private const int MostOfEach = 20;

    /// <returns>By lead; those that are not this user's to see are left out.</returns>
    public async Task<IReadOnlyDictionary<long, LeadColumnValues>> OfAsync(CurrentUser user, IReadOnlyCollection<long> leadIds, LeadColumnWants wants, CancellationToken cancellationToken)
    {
        if (leadIds.Count is 0)
            return new Dictionary<long, LeadColumnValues>();
        var asked = leadIds.Take(Most).ToList();
        await using var context = database.Open(user.CompanyId);
        var leads = await LeadQueries.Visible(context, LeadSearch.WithIds(context, asked), user)
            .Select(lead => new { lead.Id, lead.Value, lead.NextFollowUpAt, lead.LostReasonId, lead.StageChangedAt, lead.Kind, lead.LastSubmittedAt }).ToListAsync(cancellationToken);
        var ids = leads.ConvertAll(lead => lead.Id);
        var tags = wants.Tags ? await TagsAsync(context, ids, cancellationToken) : null;
        var helpers = wants.Helpers ? await HelpersAsync(context, ids, cancellationToken) : null;
        var exported = wants.Exported
            ? await context.ExportMarks.ByLead(context).Where(mark => EF.Parameter(ids).Contains(mark.LeadId)).ToDictionaryAsync(mark => mark.LeadId, mark => mark.At, cancellationToken)
            : null;
        var fields = wants.FieldIds is { Count: > 0 } wanted ? await FieldsAsync(context, ids, wanted, cancellationToken) : null;
        return leads.ToDictionary(lead => lead.Id, lead => new LeadColumnValues
        {
            Value = lead.Value,
            NextFollowUpAt = lead.NextFollowUpAt,
            LostReasonId = lead.LostReasonId,
            StageChangedAt = lead.StageChangedAt,
            Kind = lead.Kind,
            LastSubmittedAt = lead.LastSubmittedAt,
            Tags = tags is null ? [] : [.. tags[lead.Id].Take(MostOfEach)],
            Helpers = helpers is null ? [] : [.. helpers[lead.Id].Take(MostOfEach)],
            ExportedAt = exported is not null && exported.TryGetValue(lead.Id, out var at) ? at : null,
            Fields = fields is null ? [] : [.. fields[lead.Id].OrderBy(value => value.Position).GroupBy(value => value.FieldId).SelectMany(group => group.Take(MostOfEach))],
        });
    }

    private static async Task<ILookup<long, long>> TagsAsync(AppDbContext context, List<long> ids, CancellationToken cancellationToken) =>
        (await context.LeadTags.ByLead(context).Where(row => EF.Parameter(ids).Contains(row.LeadId)).ToListAsync(cancellationToken)).ToLookup(row => row.LeadId, row => row.TagId);

    private static async Task<ILookup<long, long>> HelpersAsync(AppDbContext context, List<long> ids, CancellationToken cancellationToken) =>
        (await context.LeadHelpers.ByLead(context).Where(row => EF.Parameter(ids).Contains(row.LeadId)).ToListAsync(cancellationToken)).ToLookup(row => row.LeadId, row => row.UserId);

    private static async Task<ILookup<long, CustomFieldValue>> FieldsAsync(AppDbContext context, List<long> ids, IReadOnlyList<long> fieldIds, CancellationToken cancellationToken)
    {
        var wanted = fieldIds.ToList();
        return (await context.CustomFieldValues.ByLead(context).Where(row => EF.Parameter(ids).Contains(row.LeadId) && EF.Parameter(wanted).Contains(row.FieldId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.LeadId);
    }
}
