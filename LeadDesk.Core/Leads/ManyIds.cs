using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace LeadDesk.Leads;

/// <summary>Very many ids out of the database, as one text or one array: a row for each takes twice as long.</summary>
internal static class ManyIds
{
    private const byte Comma = (byte)',';

    /// <param name="context">Its connection is open.</param>
    /// <param name="ids">Bounded by its caller.</param>
    /// <returns>In the order of the query, when it has one and takes some of the rows.</returns>
    public static async Task<IReadOnlyList<long>> ReadAsync(AppDbContext context, IQueryable<long> ids, CancellationToken cancellationToken)
    {
        await using var command = ids.CreateDbCommand();
#pragma warning disable CA2100 // EF Core wrote the text, with parameters for all values.
        command.CommandText = context.Database.IsSqlite()
            ? $"WITH found (id) AS ({command.CommandText}) SELECT group_concat(id) FROM found"
            : $"WITH found (id) AS ({command.CommandText}) SELECT array_agg(id) FROM found";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || await reader.IsDBNullAsync(0, cancellationToken))
            return [];
        return reader is SqliteDataReader sqlite ? Read(raw.sqlite3_column_blob(SqliteNative.StatementOf(sqlite), 0)) : await reader.GetFieldValueAsync<long[]>(0, cancellationToken);
    }

    /// <summary><c>17,4,1000321</c></summary>
    private static List<long> Read(ReadOnlySpan<byte> text)
    {
        const int LettersOfMost = 7;
        var read = new List<long>((text.Length / LettersOfMost) + 1);
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
