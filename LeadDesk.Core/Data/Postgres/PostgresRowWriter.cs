using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace LeadDesk.Data.Postgres;

/// <summary>Inserts or updates any number of rows of one table by one statement, which PostgreSQL plans once.</summary>
internal sealed class PostgresRowWriter<T>
    where T : class
{
    private readonly IReadOnlyList<(NpgsqlDbType Type, Func<IReadOnlyList<T>, Array> Values)> arrays;
    private readonly string insert;
    private readonly string update;

    /// <param name="unlessThere">Leaves a row with this key as it is.</param>
    public PostgresRowWriter(IModel model, bool generatedKey, bool unlessThere = false)
    {
        var table = new RowTable<T>(model, generatedKey);
        arrays = table.CompileArrays();
        var columns = string.Join(", ", table.Columns);
        var parameters = string.Join(", ", Enumerable.Range(1, table.Columns.Count).Select(number => $"${number}"));
        insert = $"INSERT INTO {table.Name} ({columns}) SELECT * FROM unnest({parameters}){(unlessThere ? " ON CONFLICT DO NOTHING" : "")}";
        update = $"UPDATE {table.Name} AS old SET {string.Join(", ", table.Columns.Select(column => $"{column} = new.{column}"))} FROM unnest({parameters}) AS new ({columns}) WHERE old.id = new.id";
    }

    public void Insert(NpgsqlBatch batch, IReadOnlyList<T> rows) => Add(batch, insert, rows);

    public void Update(NpgsqlBatch batch, IReadOnlyList<T> rows) => Add(batch, update, rows);

    private void Add(NpgsqlBatch batch, string sql, IReadOnlyList<T> rows)
    {
        if (rows.Count is 0)
            return;
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (type, values) in arrays)
            command.Parameters.Add(new NpgsqlParameter { Value = values(rows), NpgsqlDbType = NpgsqlDbType.Array | type });
        batch.BatchCommands.Add(command);
    }
}

internal static class NpgsqlBatches
{
    /// <summary>Adds a statement with its parameters in order, <c>$1</c>, <c>$2</c>, ….</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
