using System.Text;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Finding leads by what a person types: parts of names, e-mails, messages, and phone numbers in any spelling.
/// Three-letter pieces are indexed (SQLite FTS5 trigram, PostgreSQL pg_trgm); the index follows a change within a second.
/// </summary>
public static class LeadSearch
{
    /// <summary>The shortest piece the index can find; shorter words match the beginning of the name.</summary>
    private const int ShortestPiece = 3;

    private const int MostWords = 8;

    internal static IQueryable<Lead> Matching(AppDbContext context, IQueryable<Lead> leads, string typed)
    {
        var words = Words(typed);
        if (words.Count is 0)
            return leads;
        foreach (var start in words.Where(word => word.Length < ShortestPiece))
            leads = leads.Where(lead => lead.NameKey.StartsWith(start));
        var pieces = words.Where(word => word.Length >= ShortestPiece).ToList();
        if (pieces.Count is 0)
            return leads;
        var found = context.Database.IsSqlite() ? InFts5(context, pieces) : InTrigrams(context, pieces);
        return leads.Where(lead => found.Contains(lead.Id));
    }

    /// <summary>Folded words. Something that looks like a phone number becomes its digits without the prefixes that differ by spelling.</summary>
    internal static IReadOnlyList<string> Words(string typed)
    {
        var folded = SearchText.Fold(typed);
        var digits = Digits(folded);
        if (digits.Length >= 5 && folded.All(letter => char.IsAsciiDigit(letter) || letter is ' ' or '+' or '-' or '(' or ')' or '.' or '/'))
            return [digits.TrimStart('0') is { Length: >= ShortestPiece } number ? number : digits];
        return [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];
    }

    /// <summary>What the index holds for a lead.</summary>
    internal static string Document(Lead lead, IEnumerable<string> messages)
    {
        var text = new StringBuilder(256);
        foreach (var part in new[] { lead.Name, lead.Organisation, lead.Email, lead.Phone, lead.City, lead.Interest, lead.Campaign })
        {
            if (part is not null)
                text.Append(part).Append(' ');
        }

        if (lead.Phone is not null)
            text.Append(Digits(lead.Phone)).Append(' ');
        foreach (var message in messages)
            text.Append(message).Append(' ');
        return SearchText.Fold(text.ToString());
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static IQueryable<long> InFts5(AppDbContext context, IEnumerable<string> pieces)
    {
        // Quoted, so that nothing typed acts as FTS5 syntax.
        var phrase = string.Join(" AND ", pieces.Select(piece => $"\"{piece.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        return context.Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM lead_search WHERE lead_search MATCH {phrase}");
    }

    private static IQueryable<long> InTrigrams(AppDbContext context, List<string> pieces)
    {
        var patterns = pieces.Select(piece => $"%{piece.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%").ToArray();
        return context.Database.SqlQuery<long>($"SELECT lead_id AS \"Value\" FROM lead_search WHERE text LIKE ALL ({patterns})");
    }
}
