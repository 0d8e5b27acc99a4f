using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Companies;

/// <param name="Region">ISO 3166 alpha-2.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="ResponseGoalMinutes">1 to 10,080.</param>
/// <param name="Version">As read; a change of an older version is refused.</param>
public sealed record CompanySettings(string Name, string Region, string TimeZone, int ResponseGoalMinutes, int Version)
{
    /// <summary>ISO 4217; null leaves it as it is.</summary>
    public string? Currency { get; init; }
}

/// <summary>The settings of the user's own company.</summary>
public sealed class CompanyService(Database database, CompanyDirectory directory, JobSignal jobs, TimeProvider time)
{
    /// <summary>The kind of job that counts a company's leads anew. Named here because the leads lie above companies.</summary>
    internal const string RecountJob = "counters.recount";

    public const int LongestName = 200;
    public const int LongestResponseGoal = 10_080;

    /// <summary>
    /// How long leads may still be counted by the zone of before: on other nodes for <see cref="CompanyDirectory.Freshness"/>,
    /// and by a message that was being read when the zone changed.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>Anyone of the company may read them.</summary>
    public async Task<CompanySettings> GetAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await context.Companies.Where(company => company.Id == user.CompanyId)
            .Select(company => new CompanySettings(company.Name, company.Region, company.TimeZone, company.ResponseGoalMinutes, company.Version) { Currency = company.Currency })
            .SingleAsync(cancellationToken);
    }

    /// <summary>This node goes by the new settings at once. A new time zone moves the days of the counters, which a job then counts anew.</summary>
    /// <returns>The settings as they are now. Errors by field: name, region, time_zone, response_goal_minutes, currency.</returns>
    public async Task<Outcome<CompanySettings>> ChangeAsync(CurrentUser user, CompanySettings wanted, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageCompany) is { } refusal)
            return refusal;
        var errors = new FieldErrors();
        var settings = Checked(wanted, errors);
        if (errors.Refusal is { } invalid)
            return invalid;
        Outcome<CompanySettings> outcome;
        try
        {
            outcome = await database.WriteAsync(user.CompanyId, context => ChangeAsync(context, user, settings, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Stale();
        }

        directory.Forget(user.CompanyId);
        jobs.Wake();
        return outcome;
    }

    internal static CompanySettings Checked(CompanySettings wanted, FieldErrors errors, string nameField = "name")
    {
        var region = Regions.Read(wanted.Region);
        var zone = TimeZones.Read(wanted.TimeZone);
        if (region is null)
            errors.Add("region", "Choose a region by its two letters, such as GB.");
        if (zone is null)
            errors.Add("time_zone", "Choose a time zone by its IANA name, such as Europe/Istanbul.");
        if (wanted.Currency is not null && Currencies.Read(wanted.Currency) is null)
            errors.Add("currency", "Choose a currency by its three letters, such as EUR.");
        if (wanted.ResponseGoalMinutes is < 1 or > LongestResponseGoal)
            errors.Add("response_goal_minutes", "The response goal is from 1 minute to 10,080 (a week).");
        return wanted with { Name = errors.Text(nameField, "The company's name", wanted.Name, LongestName), Region = region ?? "", TimeZone = zone ?? "", Currency = Currencies.Read(wanted.Currency) };
    }

    private async Task<Outcome<CompanySettings>> ChangeAsync(AppDbContext context, CurrentUser user, CompanySettings wanted, CancellationToken cancellationToken)
    {
        var company = await context.Companies.SingleAsync(row => row.Id == user.CompanyId, cancellationToken);
        if (company.Version != wanted.Version)
            return Stale();
        var changed = Changes(company, wanted);
        if (changed.Count is 0)
            return wanted;

        var now = time.GetUtcNow().UtcDateTime;
        if (company.TimeZone != wanted.TimeZone)
        {
            foreach (var runAt in (DateTime[])[now, now + Settled])
                JobQueue.Add(context, RecountJob, user.CompanyId, payload: null, runAt, now);
        }

        company.Name = wanted.Name;
        company.Region = wanted.Region;
        company.TimeZone = wanted.TimeZone;
        company.ResponseGoalMinutes = wanted.ResponseGoalMinutes;
        company.Currency = wanted.Currency ?? company.Currency;
        company.Version++;
        Audit.Note(context, user.CompanyId, user.UserId, now, "company.changed", company.Name, string.Join("; ", changed));
        return wanted with { Version = company.Version };
    }

    private static Refusal Stale() =>
        new(RefusalKind.Stale, "Somebody else has changed the company's settings. Load them again, then repeat your change.");

    private static List<string> Changes(Company company, CompanySettings wanted)
    {
        var changes = new List<string>();
        Compare("name", company.Name, wanted.Name);
        Compare("region", company.Region, wanted.Region);
        Compare("time zone", company.TimeZone, wanted.TimeZone);
        Compare("response goal in minutes", company.ResponseGoalMinutes, wanted.ResponseGoalMinutes);
        Compare("currency", company.Currency, wanted.Currency ?? company.Currency);
        return changes;

        void Compare<T>(string what, T before, T after)
        {
            if (!EqualityComparer<T>.Default.Equals(before, after))
                changes.Add($"{what}: {before} → {after}");
        }
    }
}
