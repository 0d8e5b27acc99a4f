using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>One run of a connection: its forms, and of each all leads since the last run.</summary>
internal sealed class MetaSync(
    Database database, MetaAccounts accounts, MetaForms forms, MetaFormReader reader, MetaRuns runs, MetaTroubles troubles, GraphClient graph, TimeProvider clock) : IJobHandler
{
    private const double VeryHighUsage = 90;

    public static string Kind => "meta.sync";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var request = MetaJobs.Read(run);
        if (await accounts.FindAsync(run.CompanyId!.Value, request.Connection, cancellationToken) is not { State: MetaConnectionState.Active } connection)
            return;
        // Somebody asked for a run after the schedule did.
        if (request.Trigger is MetaJobs.Schedule && connection.NextRunAt > Now())
            return;
        if (accounts.Open(connection) is not { } account)
        {
            await troubles.StopAsync(connection, "The access token cannot be read any more, because the keys of this installation have changed. Paste a new access token.", cancellationToken);
            return;
        }

        var trigger = connection.LastSyncAt is null ? MetaJobs.Backfill : request.Trigger;
        var record = await runs.StartAsync(account, trigger, cancellationToken);
        GraphError? error;
        try
        {
            error = await ReadAsync(account, record, cancellationToken);
        }
        catch (Exception)
        {
            await runs.EndAsync(account, record, "The run was interrupted; the next one goes on where it was.", CancellationToken.None);
            throw;
        }

        await runs.EndAsync(account, record, error?.Words, cancellationToken);
        if (error is not null)
            await troubles.ActAsync(account, error, await runs.FailuresAsync(account, cancellationToken), cancellationToken);
        else
            await EndWellAsync(account, record, cancellationToken);
    }

    private async Task<GraphError?> ReadAsync(MetaAccount account, MetaRunRecord run, CancellationToken cancellationToken)
    {
        var goneBefore = (await accounts.FormsAsync(account, cancellationToken)).FindAll(form => MetaForms.IsGone(form) && form.Watermark is not null && form.Cursor is null)
            .ConvertAll(form => form.Id);
        var (all, error) = await forms.RefreshAsync(account, run, everything: false, cancellationToken);
        if (error is not null)
            return error;
        foreach (var form in all)
        {
            // An archived form is read once more after it was archived, then no longer.
            if (goneBefore.Contains(form.Id) && MetaForms.IsGone(form))
                continue;
            error = await reader.ReadAsync(account, form, run, cancellationToken);
            // One form that is gone or not for us does not stop the others.
            if (error is not (null or { Kind: GraphErrorKind.BadObject }))
                return error;
        }

        return null;
    }

    private async Task EndWellAsync(MetaAccount account, MetaRunRecord run, CancellationToken cancellationToken)
    {
        var now = Now();
        // Where Meta's patience wears thin calls become rarer until it has recovered.
        var stretch = run.Usage >= VeryHighUsage ? 6 : run.Usage >= GraphUsage.High ? 3 : 1;
        var next = now + (TimeSpan.FromSeconds(account.Connection.IntervalSeconds) * stretch);
        if (run.Wait is { } wait && now + wait > next)
            next = now + wait;
        var name = account.Connection.PageName ?? await PageNameAsync(account, cancellationToken);
        await database.WriteAsync(
            account.CompanyId,
            context => context.MetaConnections.Where(row => row.Id == account.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LastSyncAt, now)
                    .SetProperty(row => row.NextRunAt, next)
                    .SetProperty(row => row.LastError, (string?)null)
                    .SetProperty(row => row.PageName, name),
                cancellationToken),
            cancellationToken);
        await troubles.RecoveredAsync(account, cancellationToken);
    }

    private async Task<string?> PageNameAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        var page = await graph.PageAsync(account.Access, account.Connection.PageId, cancellationToken);
        return page.Succeeded ? GraphJson.Text(page.Value, "name"u8) : null;
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
