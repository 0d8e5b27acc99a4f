using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace LeadDesk.Data.Postgres;

/// <summary>Inserts or updates any number of rows of one table by one statement, which PostgreSQL plans once.</summary>
internal sealed class PostgresRowWriter<T>
    where T : class
{
    private readonly RowTable<T> table;
    private readonly IReadOnlyList<(NpgsqlDbType Type, Func<IReadOnlyList<T>, (Array Values, bool Empty)> Gather)> columns;
    private readonly string afterInsert;
    private readonly string update;

    /// <summary>By which columns have values. New leads fill only a few of these sets, so their plans are kept.</summary>
    private readonly ConcurrentDictionary<ulong, string> inserts = [];

    /// <param name="unlessThere">Leaves a row with this key as it is.</param>
    public PostgresRowWriter(IModel model, bool generatedKey, bool unlessThere = false)
    {
        table = new RowTable<T>(model, generatedKey);
        columns = table.CompileArrays();
        if (columns.Count > 64)
            throw new NotSupportedException($"{table.Name} has more columns than the set of filled ones can hold.");
        afterInsert = unlessThere ? " ON CONFLICT DO NOTHING" : "";
        var set = string.Join(", ", table.Columns.Select(column => $"{column} = new.{column}"));
        update = $"UPDATE {table.Name} AS old SET {set} FROM unnest({Parameters(columns.Count)}) AS new ({string.Join(", ", table.Columns)}) WHERE old.id = new.id";
    }

    /// <summary>Columns that none of the rows fills are left out: each would cost an array.</summary>
    public void Insert(NpgsqlBatch batch, IReadOnlyList<T> rows)
    {
        if (rows.Count is 0)
            return;
        var command = new NpgsqlBatchCommand();
        var filled = 0UL;
        for (var i = 0; i < columns.Count; i++)
        {
            var (values, empty) = columns[i].Gather(rows);
            if (empty)
                continue;
            filled |= 1UL << i;
            command.Parameters.Add(Parameter(values, columns[i].Type));
        }

        command.CommandText = inserts.GetOrAdd(filled, InsertInto);
        batch.BatchCommands.Add(command);
    }

    public void Update(NpgsqlBatch batch, IReadOnlyList<T> rows)
    {
        if (rows.Count is 0)
            return;
        var command = new NpgsqlBatchCommand(update);
        foreach (var (type, gather) in columns)
            command.Parameters.Add(Parameter(gather(rows).Values, type));
        batch.BatchCommands.Add(command);
    }

    private string InsertInto(ulong filled)
    {
        var names = table.Columns.Where((_, index) => (filled & (1UL << index)) != 0).ToList();
        return $"INSERT INTO {table.Name} ({string.Join(", ", names)}) SELECT * FROM unnest({Parameters(names.Count)}){afterInsert}";
    }

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(number => $"${number}"));

    private static NpgsqlParameter Parameter(Array values, NpgsqlDbType type) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
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
