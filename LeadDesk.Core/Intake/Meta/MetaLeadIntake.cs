using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>
/// Makes leads of what Meta pushed: the push only names them, so they are fetched, many at once. What a poll fetches
/// meanwhile is the same lead by its id.
/// </summary>
internal sealed class MetaLeadIntake(
    Database database, MetaAccounts accounts, MetaLeadFetcher fetcher, MetaTroubles troubles, LeadIntake intake, TimeProvider clock) : IInboundHandler
{
    /// <summary>How long a push waits for a person who has to connect the page again.</summary>
    private static readonly TimeSpan UntilReconnected = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan PushNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>By attempts so far; the last goes on for as long as Meta is away.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)];

    /// <summary>A lead on which Meta fails for days while others come is given up.</summary>
    private const int MostAttempts = 500;

    public static IReadOnlyList<string> Sources => [InboundSources.Meta];

    public async Task<IReadOnlyList<InboundOutcome>> HandleAsync(long companyId, IReadOnlyList<InboundEvent> events, CancellationToken cancellationToken)
    {
        var connections = await accounts.AllAsync(companyId, cancellationToken);
        var formOwners = await FormOwnersAsync(companyId, cancellationToken);
        var outcomes = new InboundOutcome[events.Count];
        var groups = new Dictionary<long, List<Work>>();
        for (var i = 0; i < events.Count; i++)
        {
            if (MetaPush.Read(events[i]) is not { } push)
                outcomes[i] = InboundOutcome.Unreadable("This names no lead.");
            else if (ConnectionOf(push, connections, formOwners) is not { } connection)
                outcomes[i] = InboundOutcome.Failed($"No connection reads the Facebook page {push.PageId ?? "of this lead"}. Connect the page under Settings, Meta; its leads of the last 90 days are fetched then.");
            else
                (groups.TryGetValue(connection.Id, out var list) ? list : groups[connection.Id] = []).Add(new Work(i, events[i], push));
        }

        // One after the other: each may call Meta, and a batch hardly ever holds two pages.
        foreach (var (id, work) in groups)
            await HandleAsync(connections.Single(row => row.Id == id), work, outcomes, cancellationToken);
        return outcomes;
    }

    private async Task<Dictionary<string, long>> FormOwnersAsync(long companyId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        var forms = await context.MetaForms.OrderBy(row => row.Id).Select(row => new { row.FormId, row.ConnectionId }).ToListAsync(cancellationToken);
        return forms.DistinctBy(form => form.FormId).ToDictionary(form => form.FormId, form => form.ConnectionId, StringComparer.Ordinal);
    }

    /// <summary>Of several connections to one page the one that reads the form and works.</summary>
    private static MetaConnection? ConnectionOf(MetaPush push, List<MetaConnection> connections, Dictionary<string, long> formOwners)
    {
        if (push.PageId is null)
        {
            return push.FormId is { } form && formOwners.TryGetValue(form, out var owner) ? connections.Find(row => row.Id == owner)
                : connections is [var only] ? only : null;
        }

        return connections.Where(row => row.PageId == push.PageId)
            .OrderByDescending(row => ReadsForm(row, push.FormId)).ThenBy(row => row.State is not MetaConnectionState.Active).FirstOrDefault();
    }

    private static bool ReadsForm(MetaConnection connection, string? formId) =>
        JsonList.Read<string>(connection.FormIds) is not { Count: > 0 } named || (formId is not null && named.Contains(formId));

    private async Task HandleAsync(MetaConnection connection, List<Work> work, InboundOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (work.Exists(one => one.Push.PageId is not null))
            await NotePushAsync(connection, cancellationToken);
        foreach (var one in work)
            outcomes[one.Index] = ReasonAgainst(connection, one.Push) ?? InboundOutcome.Finished;
        var wanted = work.FindAll(one => outcomes[one.Index].State is null);
        if (wanted.Count is 0)
            return;
        if (accounts.Open(connection) is not { } account)
        {
            var words = "The access token cannot be read any more, because the keys of this installation have changed. Paste a new access token.";
            await troubles.StopAsync(connection, words, cancellationToken);
            foreach (var one in wanted)
                outcomes[one.Index] = InboundOutcome.Later(Now() + UntilReconnected, words);
            return;
        }

        var started = clock.GetTimestamp();
        var waitedUntil = Now();
        string[] missing = [.. wanted.Where(one => one.Push.Lead is null).Select(one => one.Push.LeadId).Distinct(StringComparer.Ordinal)];
        var fetched = await fetcher.FetchAsync(account.Access, missing, cancellationToken);
        var took = missing.Length > 0 ? clock.GetElapsedTime(started).TotalMilliseconds : (double?)null;
        await ActOnErrorsAsync(account, fetched.Values, cancellationToken);
        var forms = (await accounts.FormsAsync(account, cancellationToken)).ToDictionary(form => form.FormId, StringComparer.Ordinal);
        // All together: they share one commit.
        await Task.WhenAll(wanted.Select(async one =>
        {
            var lead = one.Push.Lead;
            if (lead is null && fetched[one.Push.LeadId] is var answer)
            {
                if (answer.Error is { } error)
                {
                    outcomes[one.Index] = After(error, one.Event);
                    return;
                }

                lead = answer.Value;
                one.Event.Fetched = GraphJson.RawBytes(answer.Value);
            }

            var source = account.SourceOf(one.Push.FormId is { } id ? forms.GetValueOrDefault(id) : null);
            var steps = new EventSteps((waitedUntil - one.Event.ReceivedAt).TotalMilliseconds, one.Push.Lead is null ? took : null, null, null);
            outcomes[one.Index] = await ReceiveAsync(one, lead!.Value, source with { FormId = source.FormId ?? one.Push.FormId }, steps, cancellationToken);
        }));
    }

    private async Task<InboundOutcome> ReceiveAsync(Work one, JsonElement json, MetaLeadSource source, EventSteps steps, CancellationToken cancellationToken)
    {
        if (MetaLeadReader.Read(json, source) is not { Lead: { } lead } reading)
            return InboundOutcome.Unreadable(MetaLeadReader.Read(json, source).Problem!);
        // The push's own key: it is this event that the lead finishes.
        var incoming = lead with { RepeatKey = one.Event.RepeatKey ?? reading.LeadId, Raw = one.Event.Raw, Fetched = one.Event.Fetched, Steps = steps };
        var received = await intake.ReceiveAsync(CurrentUser.OfSource(one.Event.CompanyId), incoming, null, cancellationToken);
        return received.Succeeded ? InboundOutcome.Finished : InboundOutcome.Failed(received.Refusal.Message);
    }

    /// <summary>Null when the lead is to be fetched.</summary>
    private InboundOutcome? ReasonAgainst(MetaConnection connection, MetaPush push) => connection.State switch
    {
        MetaConnectionState.Paused => InboundOutcome.Ignored("The connection to this page is switched off. When it is switched on, its leads are fetched."),
        MetaConnectionState.NeedsReconnect when push.Lead is null => InboundOutcome.Later(Now() + UntilReconnected, connection.LastError ?? "The page has to be connected again."),
        _ when !ReadsForm(connection, push.FormId) => InboundOutcome.Ignored("The connection to this page reads other forms only."),
        _ => null,
    };

    /// <summary>Stops or delays the connection where Meta's answer concerns all of it.</summary>
    private async Task ActOnErrorsAsync(MetaAccount account, IEnumerable<GraphAnswer<JsonElement>> answers, CancellationToken cancellationToken)
    {
        var all = answers.ToList();
        var error = all.Select(answer => answer.Error).FirstOrDefault(error => error?.Kind is GraphErrorKind.Reconnect or GraphErrorKind.Limit or GraphErrorKind.Blocked)
            // A single lead that is not for us says nothing about the others.
            ?? (all.Count > 0 && all.TrueForAll(answer => answer.Error?.Kind is GraphErrorKind.Permission) ? all[0].Error : null);
        if (error is not null)
            await troubles.ActAsync(account, error, failures: 1, cancellationToken);
    }

    private InboundOutcome After(GraphError error, InboundEvent stored)
    {
        var now = Now();
        return error.Kind switch
        {
            GraphErrorKind.Reconnect => InboundOutcome.Later(now + UntilReconnected, error.Words),
            GraphErrorKind.Limit or GraphErrorKind.Blocked => InboundOutcome.Later(now + error.Wait!.Value, error.Words),
            GraphErrorKind.Transient when stored.Attempts < MostAttempts => InboundOutcome.Later(now + Waits[Math.Clamp(stored.Attempts, 1, Waits.Length) - 1], error.Words),
            _ => InboundOutcome.Failed(error.Words),
        };
    }

    private async Task NotePushAsync(MetaConnection connection, CancellationToken cancellationToken)
    {
        DateTime? now = Now();
        if (connection.LastPushAt > now - PushNotedEvery)
            return;
        await database.WriteAsync(
            connection.CompanyId,
            context => context.MetaConnections.Where(row => row.Id == connection.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastPushAt, now), cancellationToken),
            cancellationToken);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    private sealed record Work(int Index, InboundEvent Event, MetaPush Push);
}
