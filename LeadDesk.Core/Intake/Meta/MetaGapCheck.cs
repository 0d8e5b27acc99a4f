using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>
/// The proof that nothing is missing: for each form and day the leads that Meta has, beside those that are here. What is missing is
/// fetched. Then it looks after what could go wrong unseen (<see cref="MetaWatch"/>).
/// </summary>
internal sealed class MetaGapCheck(
    Database database,
    CompanyDirectory companies,
    MetaAccounts accounts,
    MetaForms forms,
    MetaLeadFetcher fetcher,
    MetaLeadStore store,
    MetaRuns runs,
    MetaTroubles troubles,
    MetaWatch watch,
    GraphClient graph,
    TimeProvider clock) : IJobHandler
{
    /// <summary>Days looked at daily; what is older was looked at before.</summary>
    private const int RecentDays = 7;

    /// <summary>Days looked at when a person asks: all that Meta still has.</summary>
    private const int AllDays = 90;

    private const int SmallestPage = 10;

    public static string Kind => "meta.gap";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var request = MetaJobs.Read(run);
        if (await accounts.FindAsync(run.CompanyId!.Value, request.Connection, cancellationToken) is not { State: MetaConnectionState.Active } connection
            || accounts.Open(connection) is not { } account)
        {
            return;
        }

        var record = await runs.StartAsync(account, MetaJobs.Gap, cancellationToken);
        GraphError? error;
        try
        {
            error = await CheckAsync(account, record, request.Trigger is MetaJobs.Manual ? AllDays : RecentDays, cancellationToken);
        }
        catch (Exception)
        {
            await runs.EndAsync(account, record, "The check was interrupted.", CancellationToken.None);
            throw;
        }

        await runs.EndAsync(account, record, error?.Words, cancellationToken);
        if (error is not null)
        {
            await troubles.ActAsync(account, error, failures: 1, cancellationToken);
            return;
        }

        await watch.LookAsync(account, cancellationToken);
        DateTime? now = Now();
        await database.WriteAsync(
            account.CompanyId,
            context => context.MetaConnections.Where(row => row.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastGapCheckAt, now), cancellationToken),
            cancellationToken);
    }

    private async Task<GraphError?> CheckAsync(MetaAccount account, MetaRunRecord run, int days, CancellationToken cancellationToken)
    {
        var (all, error) = await forms.RefreshAsync(account, run, everything: true, cancellationToken);
        if (error is not null)
            return error;
        var company = await companies.GetAsync(account.CompanyId, cancellationToken);
        var since = company.StartOfDay(Now().AddDays(-days));
        foreach (var form in all)
        {
            error = await CheckAsync(account, form, company, since, run, cancellationToken);
            if (error is not (null or { Kind: GraphErrorKind.BadObject }))
                return error;
        }

        return null;
    }

    private async Task<GraphError?> CheckAsync(MetaAccount account, MetaForm form, CompanyRules company, DateTime since, MetaRunRecord run, CancellationToken cancellationToken)
    {
        var days = new Dictionary<int, DayCount>();
        string? after = null;
        var limit = GraphClient.LargestPage;
        while (true)
        {
            var answer = await graph.LeadsAsync(account.Access, form.FormId, since, null, limit, after, idsOnly: true, cancellationToken);
            run.Note(answer);
            if (answer.Error is { MayBeTooMuchData: true } && limit > SmallestPage)
            {
                limit = Math.Max(limit / 2, SmallestPage);
                continue;
            }

            if (!answer.Succeeded)
                return answer.Error;
            if (await ComparePageAsync(account, form, company, answer.Value.Items, days, run, cancellationToken) is { } error)
                return error;
            if (answer.Value.After is not { } next || next == after)
                break;
            after = next;
        }

        await KeepAsync(account, form, days, company.Day(since), cancellationToken);
        return null;
    }

    /// <returns>Why missing leads could not be fetched.</returns>
    private async Task<GraphError?> ComparePageAsync(
        MetaAccount account, MetaForm form, CompanyRules company, IReadOnlyList<JsonElement> page, Dictionary<int, DayCount> days, MetaRunRecord run, CancellationToken cancellationToken)
    {
        var now = Now();
        var atMeta = page.Select(lead => (Id: GraphJson.Text(lead, "id"u8), Day: company.Day(GraphJson.Time(lead, "created_time"u8) ?? now))).Where(lead => lead.Id is not null).ToList();
        var here = await HereAsync(account.CompanyId, [.. atMeta.Select(lead => lead.Id!)], cancellationToken);
        foreach (var lead in atMeta)
        {
            var count = days.TryGetValue(lead.Day, out var known) ? known : days[lead.Day] = new DayCount();
            count.AtMeta++;
            if (here.Contains(lead.Id!))
                count.Here++;
        }

        run.Note(atMeta.Count, MetaStored.Nothing with { Repeated = here.Count });
        var missing = atMeta.Where(lead => !here.Contains(lead.Id!)).ToList();
        if (missing.Count is 0)
            return null;
        var fetched = await fetcher.FetchAsync(account.Access, [.. missing.Select(lead => lead.Id!)], cancellationToken);
        var source = account.SourceOf(form);
        foreach (var day in missing.GroupBy(lead => lead.Day))
        {
            var readings = day.Select(lead => fetched[lead.Id!]).Where(answer => answer.Succeeded).Select(answer => MetaLeadReader.Read(answer.Value, source)).ToList();
            var stored = await store.StoreAsync(account.CompanyId, readings, form.FormId, cancellationToken);
            days[day.Key].Fetched += stored.New + stored.Joined;
            run.Note(0, stored);
        }

        return fetched.Values.Select(answer => answer.Error).FirstOrDefault(error => error is not (null or { Kind: GraphErrorKind.BadObject }));
    }

    /// <summary>Those that are leads, or were kept as what can never be one. A push that waits or failed is no lead yet.</summary>
    private async Task<HashSet<string>> HereAsync(long companyId, List<string> ids, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        var here = await context.InboundEvents
            .Where(row => row.Source == InboundSources.Meta && ids.Contains(row.RepeatKey!) && (row.LeadId != null || row.State == InboundState.Unreadable))
            .Select(row => row.RepeatKey!).ToListAsync(cancellationToken);
        return [.. here];
    }

    private Task<int> KeepAsync(MetaAccount account, MetaForm form, Dictionary<int, DayCount> days, int firstDay, CancellationToken cancellationToken)
    {
        var now = Now();
        return database.WriteAsync(
            account.CompanyId,
            async context =>
            {
                var rows = await context.MetaGapDays.Where(row => row.ConnectionId == account.Id && row.FormId == form.FormId && row.Day >= firstDay).ToDictionaryAsync(row => row.Day, cancellationToken);
                foreach (var (day, count) in days)
                {
                    if (!rows.TryGetValue(day, out var row))
                        context.MetaGapDays.Add(row = new MetaGapDay { CompanyId = account.CompanyId, ConnectionId = account.Id, FormId = form.FormId, Day = day });
                    // What an earlier check fetched stays to be seen.
                    row.Here = Math.Max(0, count.Here - row.Fetched);
                    (row.AtMeta, row.Fetched, row.CheckedAt) = (count.AtMeta, row.Fetched + count.Fetched, now);
                }

                return days.Count;
            },
            cancellationToken);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    private sealed class DayCount
    {
        public int AtMeta { get; set; }

        public int Here { get; set; }

        public int Fetched { get; set; }
    }
}
