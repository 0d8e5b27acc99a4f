using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <param name="Version">The company's, as read; saving over a newer one is refused.</param>
public sealed record ScoringSettings(ScoringProfile Profile, int Version);

/// <summary>A lead as it is scored today, and as other weights would score it.</summary>
public sealed record ScorePreview(long LeadId, string Name, string Channel, LeadKind Kind, int Score, Grade Grade, int NewScore, Grade NewGrade)
{
    public bool Changes => Score != NewScore || Grade != NewGrade;
}

/// <summary>How a company weighs its leads, seen and changed by its admins.</summary>
public sealed class ScoringService(Database database, CompanyDirectory companies, JobSignal jobs, TimeProvider time)
{
    public const int PreviewLength = 10;

    private static readonly Refusal NotAllowed = Refusal.Forbidden("Only an admin can see and change how leads are scored.");

    private static readonly Refusal Stale =
        new(RefusalKind.Stale, "Somebody else has changed the company's settings. Load them again, then repeat your change.");

    public async Task<Outcome<ScoringSettings>> GetAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageScoring))
            return NotAllowed;
        await using var context = database.Open(user.CompanyId);
        var company = await context.Companies.Where(row => row.Id == user.CompanyId).Select(row => new { row.ScoringProfile, row.Version }).SingleAsync(cancellationToken);
        return new ScoringSettings(Read(company.ScoringProfile), company.Version);
    }

    /// <summary>What the weights would do to the newest leads; changes nothing.</summary>
    /// <returns>Errors by the profile's fields: <c>conversation.intent</c>, <c>form</c>, <c>services[2].value</c>.</returns>
    public async Task<Outcome<IReadOnlyList<ScorePreview>>> PreviewAsync(CurrentUser user, ScoringProfile profile, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageScoring))
            return NotAllowed;
        if (Problems(profile) is { } invalid)
            return invalid;
        var now = time.GetUtcNow().UtcDateTime;
        await using var context = database.Open(user.CompanyId);
        var leads = await context.Leads.OrderByDescending(lead => lead.Id).Take(PreviewLength).ToListAsync(cancellationToken);
        return leads.ConvertAll(lead =>
        {
            var score = LeadScoring.Score(lead, profile, now);
            return new ScorePreview(lead.Id, LeadNames.Display(lead.Name, lead.Email, lead.Phone, lead.Id), lead.Channel, lead.Kind, lead.Score, lead.Grade, score.Score, score.Grade);
        });
    }

    /// <summary>New leads are scored by the new weights at once, the open ones by a job that starts right away.</summary>
    /// <param name="version">As given by <see cref="GetAsync"/>.</param>
    /// <returns>The settings as they are now. Errors as for <see cref="PreviewAsync"/>.</returns>
    public async Task<Outcome<ScoringSettings>> SaveAsync(CurrentUser user, ScoringProfile profile, int version, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ManageScoring))
            return NotAllowed;
        if (Problems(profile) is { } invalid)
            return invalid;
        Outcome<ScoringSettings> outcome;
        try
        {
            outcome = await database.WriteAsync(user.CompanyId, context => SaveAsync(context, user, profile, version, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Stale;
        }

        companies.Forget(user.CompanyId);
        jobs.Wake();
        return outcome;
    }

    private async Task<Outcome<ScoringSettings>> SaveAsync(AppDbContext context, CurrentUser user, ScoringProfile profile, int version, CancellationToken cancellationToken)
    {
        var company = await context.Companies.SingleAsync(row => row.Id == user.CompanyId, cancellationToken);
        if (company.Version != version)
            return Stale;
        var (before, after) = (Read(company.ScoringProfile).ToJson(), profile.ToJson());
        if (before == after)
            return new ScoringSettings(profile, version);
        var now = time.GetUtcNow().UtcDateTime;
        // A company that went back to the defaults follows them when they change with a new version of LeadDesk.
        company.ScoringProfile = after == ScoringProfile.Default.ToJson() ? null : after;
        company.Version++;
        Audit.Note(context, user.CompanyId, user.UserId, now, "scoring.changed", company.Name, $"{before} → {after}");
        JobQueue.Add(context, RescoreLeads.Kind, user.CompanyId, payload: null, now, now);
        return new ScoringSettings(profile, company.Version);
    }

    private static ScoringProfile Read(string? json) => json is null ? ScoringProfile.Default : ScoringProfile.FromJson(json);

    private static Refusal? Problems(ScoringProfile profile) => profile.Problems() is { Count: > 0 } problems
        ? Refusal.Invalid(problems.GroupBy(problem => problem.Field, StringComparer.Ordinal).ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal))
        : null;
}
