using System.Text.Json;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Finding leads by what a person types: parts of names, e-mails, messages, and phone numbers in any spelling.
/// Letters in threes are indexed (SQLite FTS5, PostgreSQL pg_trgm); <see cref="LeadSearchIndexer"/> follows every change.
/// <para>
/// A rare term is looked up in the index, and the list is made of what was found. For a term that every tenth lead
/// contains that would gather a hundred thousand leads to show fifty, so the beginning of the list is walked first and
/// each lead's text compared: a common term fills the page there.
/// </para>
/// </summary>
internal static class LeadSearch
{
    /// <summary>How many leads of the list are looked at for a full page. At a million leads a term too rare for that is in fewer than ten thousand.</summary>
    private const int LookedAt = 6000;

    /// <summary>More than this from the index, and walking is quicker.</summary>
    private const int MostFound = 20_000;

    /// <param name="list">Filters and sorts a set of leads as the list shows them, by what the user may see too.</param>
    /// <param name="page">How many leads will be taken.</param>
    /// <returns>The list's leads with everything that was typed; all of them when there was nothing to look for.</returns>
    public static async Task<IQueryable<Lead>> ListAsync(
        AppDbContext context, string? typed, Func<IQueryable<Lead>, IQueryable<Lead>> list, int page, CancellationToken cancellationToken)
    {
        if (await ReadAsync(context, typed, cancellationToken) is not { } terms)
            return list(context.Leads);
        var first = await Compared(context, list(context.Leads).Take(LookedAt), terms).Select(lead => lead.Id).Take(page).ToListAsync(cancellationToken);
        if (first.Count == page)
            return list(WithIds(context, first));
        var found = await Indexed(context, terms).Take(MostFound + 1).ToListAsync(cancellationToken);
        return found.Count > MostFound ? Compared(context, list(context.Leads), terms) : list(WithIds(context, found));
    }

    /// <summary>Those of a few leads that have everything that was typed.</summary>
    public static async Task<IQueryable<Lead>> AmongAsync(AppDbContext context, string? typed, IQueryable<Lead> few, CancellationToken cancellationToken) =>
        await ReadAsync(context, typed, cancellationToken) is { } terms ? Compared(context, few, terms) : few;

    /// <returns>Null when there is nothing to look for.</returns>
    private static async Task<LeadSearchTerms?> ReadAsync(AppDbContext context, string? typed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        var region = await context.Companies.Where(company => company.Id == context.CompanyId).Select(company => company.Region).FirstOrDefaultAsync(cancellationToken);
        var terms = LeadSearchTerms.Read(typed, region);
        return terms.Pieces.Count is 0 && terms.NameStart is null ? null : terms;
    }

    /// <summary>
    /// The leads by their primary key. SQLite has no statistics of our tables and would take the list's index to be a few rows
    /// long, so there the order of the join is ours.
    /// </summary>
    private static IQueryable<Lead> WithIds(AppDbContext context, List<long> ids) => context.Database.IsSqlite()
        ? context.Leads.FromSql($"SELECT lead.* FROM json_each({JsonSerializer.Serialize(ids)}) AS found CROSS JOIN leads AS lead ON lead.id = found.value")
        : context.Leads.Where(lead => EF.Parameter(ids).Contains(lead.Id));

    /// <summary>Compares each lead's text. Written as a value of the lead, because a join would let the database turn the walk around.</summary>
    private static IQueryable<Lead> Compared(AppDbContext context, IQueryable<Lead> leads, LeadSearchTerms terms)
    {
        if (terms.NameStart is { } start)
            leads = leads.Where(lead => lead.NameKey.StartsWith(start));
        foreach (var piece in terms.Pieces)
            leads = leads.Where(lead => context.SearchEntries.Where(entry => entry.LeadId == lead.Id).Select(entry => entry.Text).FirstOrDefault()!.Contains(piece));
        return leads;
    }

    private static IQueryable<long> Indexed(AppDbContext context, LeadSearchTerms terms)
    {
        if (terms.NameStart is { } start)
        {
            var beyond = start + "\U0010FFFF";
#pragma warning disable CA1309 // The only comparison EF Core translates; both databases compare bytes.
            var named = context.Leads.Where(lead => string.Compare(lead.NameKey, start) >= 0 && string.Compare(lead.NameKey, beyond) < 0);
#pragma warning restore CA1309
            return Compared(context, named, terms).Select(lead => lead.Id);
        }

        var entries = context.SearchEntries.AsQueryable();
        if (context.Database.IsSqlite())
        {
            var threes = MatchOf(terms);
            var candidates = context.Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM lead_search_threes WHERE lead_search_threes MATCH {threes}");
            entries = candidates.Join(entries, id => id, entry => entry.LeadId, (_, entry) => entry);
        }

        foreach (var piece in terms.Pieces)
            entries = entries.Where(entry => entry.Text.Contains(piece));
        return entries.Select(entry => entry.LeadId);
    }

    /// <summary>As FTS5 reads it, with everything quoted so that nothing typed acts as syntax.</summary>
    private static string MatchOf(LeadSearchTerms terms) =>
        string.Join(" AND ", terms.Indexed.SelectMany(LeadSearchTerms.Threes).Distinct(StringComparer.Ordinal)
            .Select(three => $"\"{three.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}
