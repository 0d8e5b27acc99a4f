using System.Runtime.InteropServices;
using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <param name="Taken">How many leads were brought up to date.</param>
/// <param name="Newest">The highest lead that waits, before the batch; 0 when none did.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexedBatch(int Taken, long Newest);

/// <summary>
/// The leads whose search text is out of date. An entry is written in the transaction of its cause and removed in the one that
/// brings the text up to date, so none is lost and, on several nodes, each is done once.
/// </summary>
internal static class LeadSearchQueue
{
    /// <summary>Longer histories are read one by one, only their newest messages.</summary>
    private const int MessagesReadTogether = 5;

    private const int MessagesOfLongHistory = 20;

    /// <summary>
    /// Inside the caller's transaction, after its change. On PostgreSQL an entry that waits already gets locked (a plain "do
    /// nothing" would not): the indexer then leaves it until this transaction is through and its change can be read.
    /// </summary>
    public static Task AddAsync(AppDbContext context, long leadId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"INSERT INTO search_queue (lead_id) VALUES ({leadId}) ON CONFLICT (lead_id) DO UPDATE SET lead_id = excluded.lead_id", cancellationToken);

    /// <summary>As <see cref="AddAsync"/>, for many leads in the order of their ids.</summary>
    public static async Task AddManyAsync(AppDbContext context, IReadOnlyList<long> leadIds, CancellationToken cancellationToken)
    {
        const string Add = " ON CONFLICT (lead_id) DO UPDATE SET lead_id = excluded.lead_id";
        if (leadIds.Count is 0)
            return;
        if (context.Database.IsNpgsql())
            await context.Database.ExecuteSqlRawAsync("INSERT INTO search_queue (lead_id) SELECT * FROM unnest({0})" + Add, [leadIds.ToArray()], cancellationToken);
        else
            await context.Database.ExecuteSqlRawAsync("INSERT INTO search_queue (lead_id) SELECT value FROM json_each({0}) WHERE true" + Add, [JsonSerializer.Serialize(leadIds)], cancellationToken);
    }

    /// <param name="most">How many leads at most, oldest first.</param>
    /// <param name="begun">Called when this process's turn to write has come.</param>
    public static async Task<IndexedBatch> IndexAsync(Database database, int most, Action begun, CancellationToken cancellationToken)
    {
        // Looked at without waiting for a turn to write; mostly there is nothing.
        await using (var reading = database.Open(CompanyScope.Installation))
        {
            if (!await reading.SearchQueue.AnyAsync(cancellationToken))
                return default;
        }

        return await database.WriteAsync(CompanyScope.Installation, async context =>
        {
            begun();
            var newest = await context.SearchQueue.MaxAsync(entry => (long?)entry.LeadId, cancellationToken) ?? 0;
            var ids = await TakeAsync(context, most, cancellationToken);
            if (ids.Count > 0)
                await WriteAsync(context, ids, cancellationToken);
            return new IndexedBatch(ids.Count, newest);
        }, cancellationToken);
    }

    private static async Task<List<long>> TakeAsync(AppDbContext context, int most, CancellationToken cancellationToken)
    {
        var taken = context.Database.IsNpgsql()
            ? context.Database.SqlQuery<long>(
                $"DELETE FROM search_queue WHERE lead_id IN (SELECT lead_id FROM search_queue ORDER BY lead_id LIMIT {most} FOR UPDATE SKIP LOCKED) RETURNING lead_id AS \"Value\"")
            : context.Database.SqlQuery<long>(
                $"DELETE FROM search_queue WHERE lead_id IN (SELECT lead_id FROM search_queue ORDER BY lead_id LIMIT {most}) RETURNING lead_id AS \"Value\"");
        var ids = await taken.ToListAsync(cancellationToken);
        ids.Sort();
        return ids;
    }

    private static async Task WriteAsync(AppDbContext context, List<long> ids, CancellationToken cancellationToken)
    {
        var leads = await context.Leads.IgnoreQueryFilters().Where(lead => EF.Parameter(ids).Contains(lead.Id)).OrderBy(lead => lead.Id)
            .Select(lead => new LeadSearchSource(
                lead.Id, lead.CompanyId, lead.Name, lead.Organisation, lead.Email, lead.Phone, lead.City, lead.Interest, lead.Campaign, lead.MessageCount)
            {
                JobTitle = lead.JobTitle,
                Country = lead.Country,
                Source = lead.Source,
                Intent = lead.Intent,
                Urgency = lead.Urgency,
            })
            .ToListAsync(cancellationToken);
        var messages = await MessagesAsync(context, leads, cancellationToken);
        var entries = leads.ConvertAll(lead => new SearchEntry { LeadId = lead.LeadId, CompanyId = lead.CompanyId, Text = LeadSearchText.Of(lead, messages[lead.LeadId]) });
        await WriteTextsAsync(context, entries, cancellationToken);
        await LeadFacetStore.WriteAsync(context, leads, cancellationToken);
        await RemoveAsync(context, [.. ids.Except(leads.Select(lead => lead.LeadId))], cancellationToken);
    }

    /// <returns>By lead, newest first.</returns>
    private static async Task<ILookup<long, string>> MessagesAsync(AppDbContext context, List<LeadSearchSource> leads, CancellationToken cancellationToken)
    {
        var all = context.LeadMessages.IgnoreQueryFilters();
        var few = leads.Where(lead => lead.MessageCount is > 0 and <= MessagesReadTogether).Select(lead => lead.LeadId).ToList();
        var read = await Read(all.Where(message => EF.Parameter(few).Contains(message.LeadId)).OrderByDescending(message => message.Id)).ToListAsync(cancellationToken);
        foreach (var lead in leads.Where(lead => lead.MessageCount > MessagesReadTogether))
        {
            var newest = all.Where(message => message.LeadId == lead.LeadId).OrderByDescending(message => message.Id).Take(MessagesOfLongHistory);
            read.AddRange(await Read(newest).ToListAsync(cancellationToken));
        }

        return read.ToLookup(message => message.LeadId, message => message.Text);

        static IQueryable<ReadMessage> Read(IQueryable<LeadMessage> messages) =>
            messages.Select(message => new ReadMessage(message.LeadId, message.Text.Substring(0, LeadSearchText.LongestMessages)));
    }

    /// <summary>One statement for all, so that the batch holds others up as briefly as it can. A text that stays the same costs nothing.</summary>
    private static async Task WriteTextsAsync(AppDbContext context, List<SearchEntry> entries, CancellationToken cancellationToken)
    {
        const string Changed = "ON CONFLICT (lead_id) DO UPDATE SET text = excluded.text WHERE lead_search.text <> excluded.text";
        if (context.Database.IsNpgsql())
        {
            await context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO lead_search (lead_id, company_id, text) SELECT * FROM unnest({{0}}, {{1}}, {{2}}) {Changed}",
                [entries.Select(entry => entry.LeadId).ToArray(), entries.Select(entry => entry.CompanyId).ToArray(), entries.Select(entry => entry.Text).ToArray()],
                cancellationToken);
        }
        else
        {
            var rows = JsonSerializer.Serialize(entries.Select(entry => new object[] { entry.LeadId, entry.CompanyId, entry.Text }));
            await context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO lead_search (lead_id, company_id, text) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each({{0}}) WHERE true {Changed}",
                [rows], cancellationToken);
        }
    }

    private static async Task RemoveAsync(AppDbContext context, List<long> gone, CancellationToken cancellationToken)
    {
        if (gone.Count is 0)
            return;
        await context.SearchEntries.IgnoreQueryFilters().Where(entry => EF.Parameter(gone).Contains(entry.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadFacets.IgnoreQueryFilters().Where(facet => EF.Parameter(gone).Contains(facet.LeadId)).ExecuteDeleteAsync(cancellationToken);
    }

    private sealed record ReadMessage(long LeadId, string Text);
}
