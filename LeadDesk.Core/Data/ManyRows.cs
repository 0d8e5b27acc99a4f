using System.Collections.Concurrent;
using System.Reflection;
using LeadDesk.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace LeadDesk.Data;

/// <summary>
/// Writes thousands of rows inside a context's transaction without tracking them: on SQLite by one prepared statement, on
/// PostgreSQL by one statement over arrays. Who calls it has checked that the rows belong to the context's company.
/// </summary>
internal static class ManyRows
{
    /// <summary>By name: the property's type is of a newer SQLitePCLRaw than the one referenced, see <see cref="SqliteNative"/>.</summary>
    private static readonly PropertyInfo Handle = typeof(SqliteConnection).GetProperty("Handle") ?? throw new NotSupportedException("A SQLite connection has no handle.");

    private static readonly ConcurrentDictionary<(Type Row, DatabaseEngine Engine, string What), object> Statements = new();

    /// <param name="generatedKey">The database numbers the rows.</param>
    /// <param name="unlessThere">Leaves a row with this key as it is.</param>
    public static Task InsertAsync<T>(AppDbContext context, IReadOnlyList<T> rows, bool generatedKey, bool unlessThere, CancellationToken cancellationToken)
        where T : class =>
        WriteAsync(context, rows, $"insert {generatedKey} {unlessThere}", table => InsertInto(table, Engine(context), unlessThere), generatedKey, null, cancellationToken);

    /// <summary>Sets some properties of rows that are there, found by their primary key.</summary>
    /// <param name="properties">Names of entity properties.</param>
    public static Task UpdateAsync<T>(AppDbContext context, IReadOnlyList<T> rows, IReadOnlyCollection<string> properties, CancellationToken cancellationToken)
        where T : class =>
        WriteAsync(context, rows, "update " + string.Join(' ', properties), table => Update(table, Engine(context)), generatedKey: false, properties, cancellationToken);

    private static Task WriteAsync<T>(
        AppDbContext context, IReadOnlyList<T> rows, string what, Func<RowTable<T>, string> sql, bool generatedKey, IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
        where T : class
    {
        if (rows.Count is 0)
            return Task.CompletedTask;
        var statement = (Statement<T>)Statements.GetOrAdd((typeof(T), Engine(context), what), _ =>
        {
            var table = new RowTable<T>(context.Model, generatedKey, only);
            return Engine(context) is DatabaseEngine.Sqlite ? new Statement<T>(sql(table), table.CompileBinding(), []) : new Statement<T>(sql(table), null, table.CompileArrays());
        });
        return statement.Bind is { } bind ? Run(context, statement.Sql, bind, rows) : RunAsync(context, statement, rows, cancellationToken);
    }

    private static Task Run<T>(AppDbContext context, string sql, Action<SqliteStatement, T> bind, IReadOnlyList<T> rows)
    {
        using var statement = new SqliteStatement((sqlite3)Handle.GetValue(context.Database.GetDbConnection())!, sql);
        foreach (var row in rows)
        {
            bind(statement, row);
            statement.Run();
        }

        return Task.CompletedTask;
    }

    private static async Task RunAsync<T>(AppDbContext context, Statement<T> statement, IReadOnlyList<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        await using var command = new NpgsqlCommand(
            statement.Sql, (NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var (type, gather) in statement.Arrays)
            command.Parameters.Add(new NpgsqlParameter { Value = gather(rows).Values, NpgsqlDbType = NpgsqlDbType.Array | type });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string InsertInto<T>(RowTable<T> table, DatabaseEngine engine, bool unlessThere)
        where T : class
    {
        var values = engine is DatabaseEngine.Sqlite
            ? $"VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})"
            : $"SELECT * FROM unnest({Parameters(table)})";
        return $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) {values}{(unlessThere ? " ON CONFLICT DO NOTHING" : "")}";
    }

    private static string Update<T>(RowTable<T> table, DatabaseEngine engine)
        where T : class
    {
        var set = table.Columns.Where(column => !table.Keys.Contains(column)).ToList();
        if (engine is DatabaseEngine.Postgres)
        {
            return $"UPDATE {table.Name} AS old SET {string.Join(", ", set.Select(column => $"{column} = new.{column}"))} FROM unnest({Parameters(table)}) AS new ({string.Join(", ", table.Columns)}) "
                + $"WHERE {string.Join(" AND ", table.Keys.Select(key => $"old.{key} = new.{key}"))}";
        }

        // Parameters are numbered, because they are bound in the order of the table's columns.
        var numbers = table.Columns.Select((column, index) => (column, index)).ToDictionary(pair => pair.column, pair => pair.index + 1, StringComparer.Ordinal);
        return $"UPDATE {table.Name} SET {Pairs(set, ", ")} WHERE {Pairs(table.Keys, " AND ")}";

        string Pairs(IEnumerable<string> columns, string between) => string.Join(between, columns.Select(column => $"{column} = ?{numbers[column]}"));
    }

    private static string Parameters<T>(RowTable<T> table)
        where T : class =>
        string.Join(", ", Enumerable.Range(1, table.Columns.Count).Select(number => $"${number}"));

    private static DatabaseEngine Engine(AppDbContext context) => context is SqliteDbContext ? DatabaseEngine.Sqlite : DatabaseEngine.Postgres;

    /// <param name="Bind">SQLite's; null on PostgreSQL.</param>
    private sealed record Statement<T>(string Sql, Action<SqliteStatement, T>? Bind, IReadOnlyList<(NpgsqlDbType Type, Func<IReadOnlyList<T>, (Array Values, bool Empty)> Gather)> Arrays);
}
