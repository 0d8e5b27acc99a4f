using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Very many ids out of the database, as one text: a row for each takes twice as long.</summary>
internal static class ManyIds
{
    private const char Comma = ',';

    /// <param name="ids">Bounded by its caller.</param>
    public static async Task<IReadOnlyList<long>> ReadAsync(IQueryable<long> ids, CancellationToken cancellationToken)
    {
#pragma warning disable CA1305 // The only way that EF Core translates; both databases write digits.
        var text = await ids.GroupBy(_ => 1).Select(all => string.Join(",", all.Select(id => id.ToString()))).FirstOrDefaultAsync(cancellationToken);
#pragma warning restore CA1305
        return Read(text);
    }

    /// <summary><c>17,4,1000321</c></summary>
    private static List<long> Read(string? text)
    {
        var read = new List<long>();
        if (string.IsNullOrEmpty(text))
            return read;
        var number = 0L;
        foreach (var letter in text)
        {
            if (letter is not Comma)
            {
                number = (number * 10) + (letter - '0');
                continue;
            }

            read.Add(number);
            number = 0;
        }

        read.Add(number);
        return read;
    }
}
