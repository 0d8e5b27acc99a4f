using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Scores leads anew. Without a company: every form lead that time alone has made due, asked for by the schedule. With one:
/// all its open leads, because its weights changed. In pages, each a transaction of its own, so that other writers hardly
/// wait; a run that is repeated finds what is done already and leaves it alone.
/// </summary>
internal sealed class RescoreLeads(Database database, CompanyDirectory companies, LiveFeed feed, TimeProvider time) : IJobHandler
{
    internal const int PageSize = 250;

    public static string Kind => "scoring.rescore";

    public Task RunAsync(JobRun run, CancellationToken cancellationToken) =>
        run.CompanyId is { } companyId ? RescoreOpenAsync(companyId, cancellationToken) : RescoreDueAsync(cancellationToken);

    private async Task RescoreDueAsync(CancellationToken cancellationToken)
    {
        while (await NextDueCompanyAsync(cancellationToken) is { } companyId)
            await PageAsync(companyId, (leads, now) => leads.Where(lead => lead.RescoreAt <= now).OrderBy(lead => lead.RescoreAt), cancellationToken);
    }

    private async Task RescoreOpenAsync(long companyId, CancellationToken cancellationToken)
    {
        long? lastId = 0;
        while (lastId is { } after)
        {
            // Another change of the weights may have come since the page before.
            companies.Forget(companyId);
            lastId = await PageAsync(
                companyId, (leads, _) => leads.Where(lead => lead.Outcome == LeadOutcome.Open && lead.Id > after).OrderBy(lead => lead.Id), cancellationToken);
        }
    }

    private async Task<long?> NextDueCompanyAsync(CancellationToken cancellationToken)
    {
        var now = Now();
        await using var context = database.Open(CompanyScope.Installation);
        return await context.Leads.IgnoreQueryFilters([AppDbContext.CompanyFilter]).Where(lead => lead.RescoreAt <= now)
            .OrderBy(lead => lead.RescoreAt).Select(lead => (long?)lead.CompanyId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <returns>The last lead of the page; null when there was none.</returns>
    private async Task<long?> PageAsync(long companyId, Func<IQueryable<Lead>, DateTime, IQueryable<Lead>> select, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(companyId, cancellationToken);
        var now = Now();
        var (lastId, events) = await database.WriteAsync(companyId, async context =>
        {
            var page = await select(context.Leads, now).Take(PageSize).ToListAsync(cancellationToken);
            var deltas = new Dictionary<CounterKey, long>();
            var changed = page.Where(lead => Rescore(context, lead, company, deltas, now)).ToList();
            await context.SaveChangesAsync(cancellationToken);
            await CounterStore.ApplyAsync(context, companyId, deltas, cancellationToken);
            return (page.Count is 0 ? (long?)null : page[^1].Id, changed.ConvertAll(lead => new LeadEvent(companyId, lead.Id, LeadEventKind.Updated, lead.OwnerId, lead.OwnerId)));
        }, cancellationToken);
        feed.Publish(events);
        return lastId;
    }

    /// <summary>Time passing is no activity: the lead keeps its place in lists by activity.</summary>
    /// <returns>Whether anything about the lead is different now.</returns>
    private static bool Rescore(AppDbContext context, Lead lead, CompanyRules company, Dictionary<CounterKey, long> deltas, DateTime now)
    {
        var (words, grade, reasons, next) = (LeadText.ScoreWords(lead), lead.Grade, lead.ScoreReasons, lead.RescoreAt);
        CounterKeys.Add(deltas, lead, company.Zone, -1);
        LeadScoring.Apply(lead, company.Scoring, now);
        CounterKeys.Add(deltas, lead, company.Zone, +1);
        if (lead.ScoreReasons == reasons && lead.RescoreAt == next)
            return false;
        lead.Version++;
        if (lead.Grade != grade)
            Note(context, lead, words, now);
        return true;
    }

    private static void Note(AppDbContext context, Lead lead, string before, DateTime now) => context.TimelineEntries.Add(new TimelineEntry
    {
        CompanyId = lead.CompanyId,
        LeadId = lead.Id,
        At = now,
        Kind = TimelineKind.Scored,
        Before = before,
        After = LeadText.ScoreWords(lead),
    });

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
