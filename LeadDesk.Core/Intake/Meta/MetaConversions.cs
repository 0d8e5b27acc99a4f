using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>Finds the stages that are to be told to Meta: one row for each, whatever dies meanwhile.</summary>
internal sealed class MetaConversionCollector(Database database, CompanyDirectory companies, TimeProvider clock)
{
    private const int EntriesAtOnce = 2000;

    private const string QualifiedName = "Qualified";

    /// <summary>Entries get their numbers before they are committed: one with a small number may appear after one with a great.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public async Task CollectAsync(MetaConnection connection, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(connection.CompanyId, cancellationToken);
        var wanted = company.Stages.Where(stage => stage.Outcome is LeadOutcome.Won || string.Equals(stage.Name, QualifiedName, StringComparison.OrdinalIgnoreCase))
            .Select(stage => stage.Name).ToList();
        var after = connection.ConversionsUpTo;
        while (await CollectAsync(connection, wanted, after, cancellationToken) is { } last)
            after = last;
    }

    /// <returns>Where to go on; null when all was looked at.</returns>
    private async Task<long?> CollectAsync(MetaConnection connection, List<string> wanted, long after, CancellationToken cancellationToken)
    {
        var settled = clock.GetUtcNow().UtcDateTime - Margin;
        return await database.WriteAsync<long?>(
            connection.CompanyId,
            async context =>
            {
                var entries = await context.TimelineEntries.AsNoTracking().Where(row => row.Id > after).OrderBy(row => row.Id).Take(EntriesAtOnce)
                    .Select(row => new { row.Id, row.LeadId, row.Kind, row.At, row.After }).ToListAsync(cancellationToken);
                var stages = entries.Where(row => row.Kind is TimelineKind.StageChanged && row.After is { } name && wanted.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
                if (stages.Count > 0)
                {
                    var fromMeta = await LeadsOfMetaAsync(context, connection, [.. stages.Select(row => row.LeadId).Distinct()], cancellationToken);
                    long[] ids = [.. stages.Select(row => row.Id)];
                    var known = await context.MetaConversions.Where(row => row.ConnectionId == connection.Id && ids.Contains(row.TimelineEntryId)).Select(row => row.TimelineEntryId).ToListAsync(cancellationToken);
                    foreach (var stage in stages.Where(row => fromMeta.Contains(row.LeadId) && !known.Contains(row.Id)))
                        context.MetaConversions.Add(new MetaConversion { CompanyId = connection.CompanyId, ConnectionId = connection.Id, TimelineEntryId = stage.Id, LeadId = stage.LeadId, EventName = stage.After!, EventAt = stage.At });
                }

                var done = entries.TakeWhile(row => row.At <= settled).Select(row => row.Id).LastOrDefault();
                if (done > connection.ConversionsUpTo)
                    await context.MetaConnections.Where(row => row.Id == connection.Id && row.ConversionsUpTo < done).ExecuteUpdateAsync(set => set.SetProperty(row => row.ConversionsUpTo, done), cancellationToken);
                return entries.Count < EntriesAtOnce ? null : entries[^1].Id;
            },
            cancellationToken);
    }

    /// <summary>Those that came by this connection's forms; trials are nobody.</summary>
    private static async Task<HashSet<long>> LeadsOfMetaAsync(AppDbContext context, MetaConnection connection, long[] leadIds, CancellationToken cancellationToken)
    {
        var forms = context.MetaForms.Where(form => form.ConnectionId == connection.Id).Select(form => form.FormId);
        var leads = await context.InboundEvents
            .Where(row => row.Source == InboundSources.Meta && row.LeadId != null && leadIds.Contains(row.LeadId.Value) && row.Origin != null && forms.Contains(row.Origin))
            .Select(row => row.LeadId!.Value).Distinct().ToListAsync(cancellationToken);
        var trials = await context.Leads.Where(lead => leads.Contains(lead.Id) && (lead.Marks & LeadMarks.Test) != LeadMarks.None).Select(lead => lead.Id).ToListAsync(cancellationToken);
        return [.. leads.Except(trials)];
    }
}

/// <summary>Tells Meta which of its leads were qualified and won, so that it finds more like them.</summary>
internal sealed class MetaConversions(
    Database database, MetaAccounts accounts, MetaConversionCollector collector, MetaTroubles troubles, NoticeService notices, GraphClient graph, TimeProvider clock) : IJobHandler
{
    private const int LargestBatch = 1000;

    /// <summary>Meta's subcode for an object that is not there.</summary>
    private const int MissingObject = 33;

    /// <summary>Older events are refused by Meta.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);

    private const int MostRefused = 20;

    private int refused;

    public static string Kind => "meta.conversions";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        List<MetaConnection> connections;
        await using (var context = database.Open(CompanyScope.Installation))
        {
            connections = await context.MetaConnections.IgnoreQueryFilters([AppDbContext.CompanyFilter])
                .Where(row => row.ConversionsDatasetId != null && row.State == MetaConnectionState.Active).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        }

        foreach (var connection in connections)
        {
            await collector.CollectAsync(connection, cancellationToken);
            // Where Meta has the connection wait, nothing is sent either.
            if ((connection.LastError is null || connection.NextRunAt <= Now()) && accounts.Open(connection) is { } account)
                await SendAsync(account, cancellationToken);
        }
    }

    private async Task SendAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        while (await NextAsync(account, cancellationToken) is { Count: > 0 } batch)
        {
            if (await SendAsync(account, batch, cancellationToken) is not { } error)
                continue;
            if (error.Kind is GraphErrorKind.Reconnect or GraphErrorKind.Limit or GraphErrorKind.Blocked)
                await troubles.ActAsync(account, error, failures: 1, cancellationToken);
            else if (error.Kind is not GraphErrorKind.Transient)
                await notices.OpenAsync(account.CompanyId, MetaNotices.Conversions, MetaTroubles.SubjectOf(account), $"{MetaTroubles.NameOf(account.Connection)}: stages cannot be sent to the data set. {error.Words}", MetaNotices.Link, cancellationToken);
            return;
        }
    }

    private async Task<List<ConversionToSend>> NextAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        var oldest = Now() - Oldest;
        await database.WriteAsync(
            account.CompanyId,
            context => context.MetaConversions.Where(row => row.ConnectionId == account.Id && row.SentAt == null && row.Error == null && row.EventAt < oldest)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Error, "Meta takes no events that are older than seven days."), cancellationToken),
            cancellationToken);
        await using var context = database.Open(account.CompanyId);
        var rows = await context.MetaConversions.Where(row => row.ConnectionId == account.Id && row.SentAt == null && row.Error == null)
            .OrderBy(row => row.Id).Take(LargestBatch).ToListAsync(cancellationToken);
        long[] leadIds = [.. rows.Select(row => row.LeadId).Distinct()];
        var leads = await context.Leads.Where(lead => leadIds.Contains(lead.Id)).Select(lead => new { lead.Id, lead.Email, lead.EmailValid, lead.Phone, lead.PhoneValid }).ToDictionaryAsync(lead => lead.Id, cancellationToken);
        var metaIds = (await context.InboundEvents.Where(row => row.Source == InboundSources.Meta && row.LeadId != null && leadIds.Contains(row.LeadId.Value))
            .OrderBy(row => row.Id).Select(row => new { row.LeadId, row.RepeatKey }).ToListAsync(cancellationToken)).ToLookup(row => row.LeadId, row => row.RepeatKey);
        return rows.ConvertAll(row =>
        {
            var lead = leads.GetValueOrDefault(row.LeadId);
            return new ConversionToSend(row, metaIds[row.LeadId].LastOrDefault(), lead is { EmailValid: true } ? lead.Email : null, lead is { PhoneValid: true } ? lead.Phone : null);
        });
    }

    /// <summary>Meta refuses a batch for one event that it does not like: that one is found by halves and left out.</summary>
    /// <returns>Why nothing more can be sent now.</returns>
    private async Task<GraphError?> SendAsync(MetaAccount account, List<ConversionToSend> batch, CancellationToken cancellationToken)
    {
        var answer = await graph.SendEventsAsync(account.Access, account.Connection.ConversionsDatasetId!, ConversionPayload.Write(batch), cancellationToken);
        if (answer.Succeeded)
        {
            await MarkAsync(account, batch, Now(), null, cancellationToken);
            await notices.CloseAsync(account.CompanyId, MetaNotices.Conversions, MetaTroubles.SubjectOf(account), cancellationToken);
            return null;
        }

        if (answer.Error is not { Kind: GraphErrorKind.BadObject, Subcode: not MissingObject } || answer.Error.Code is null)
            return answer.Error;
        if (batch.Count is 1)
        {
            // Where nearly all are refused the data set is wrong rather than the events.
            if (++refused > MostRefused)
                return answer.Error;
            await MarkAsync(account, batch, null, $"Meta did not take this event ({answer.Error.Code}).", cancellationToken);
            return null;
        }

        var half = batch.Count / 2;
        return await SendAsync(account, batch[..half], cancellationToken) ?? await SendAsync(account, batch[half..], cancellationToken);
    }

    private Task<int> MarkAsync(MetaAccount account, List<ConversionToSend> batch, DateTime? sentAt, string? error, CancellationToken cancellationToken)
    {
        long[] ids = [.. batch.Select(one => one.Row.Id)];
        return database.WriteAsync(
            account.CompanyId,
            context => context.MetaConversions.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, sentAt).SetProperty(row => row.Error, error), cancellationToken),
            cancellationToken);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
