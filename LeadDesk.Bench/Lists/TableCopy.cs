using System.Data.Common;
using System.Globalization;
using LeadDesk.Data;

namespace LeadDesk.Bench.Lists;

/// <summary>Multiplies the rows of a table inside the database, whatever its columns are; indexes and triggers are away meanwhile.</summary>
/// <param name="connection">Open, of its own.</param>
internal sealed class TableCopy(DbConnection connection, DatabaseEngine engine)
{
    private bool IsSqlite => engine is DatabaseEngine.Sqlite;

    /// <param name="copies">How many of each row. A copy's number stands in expressions as <c>k</c>, from 1; the row copied as <c>t</c>.</param>
    /// <param name="value">What stands in a column of a copy: an expression, or null for what the row has.</param>
    public async Task MultiplyAsync(string table, int copies, Func<string, string?> value)
    {
        var columns = await ColumnsAsync(table);
        var values = string.Join(", ", columns.Select(column => value(column) ?? $"t.{column}"));
        var restore = await TakeAwayAsync(table);
        await ExecuteAsync($"CREATE TEMP TABLE template_{table} AS SELECT * FROM {table}");
        await ExecuteAsync("BEGIN");
        // One after the other, so that rows lie on the disk in the order in which they would have come.
        for (var k = 1; k <= copies; k++)
            await ExecuteAsync($"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {values} FROM (SELECT CAST({k} AS bigint) AS k) AS number CROSS JOIN template_{table} AS t");
        await ExecuteAsync("COMMIT");
        foreach (var statement in restore)
            await ExecuteAsync(statement);
        if (!IsSqlite && columns.Contains("id"))
            await ExecuteAsync($"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))");
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> NumberAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task<List<string>> TextsAsync(string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
            texts.Add(reader.GetString(0));
        return texts;
    }

    private Task<List<string>> ColumnsAsync(string table) => TextsAsync(IsSqlite
        ? $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid"
        : $"SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position");

    /// <returns>What brings back what was taken away.</returns>
    private async Task<List<string>> TakeAwayAsync(string table)
    {
        var dropping = await TextsAsync(IsSqlite
            ? $"SELECT 'DROP ' || type || ' ' || name FROM sqlite_master WHERE tbl_name = '{table}' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
            : $"SELECT 'DROP INDEX ' || indexname FROM pg_indexes WHERE tablename = '{table}' AND indexname NOT IN (SELECT conname FROM pg_constraint)");
        var restore = await TextsAsync(IsSqlite
            ? $"SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
            : $"SELECT indexdef FROM pg_indexes WHERE tablename = '{table}' AND indexname NOT IN (SELECT conname FROM pg_constraint)");
        foreach (var statement in dropping)
            await ExecuteAsync(statement);
        return restore;
    }
}
