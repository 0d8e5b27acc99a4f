namespace LeadDesk.Data.Sqlite;

/// <summary>Inserts rows of one table, many by one statement: each statement opens the table and all its indexes anew, which costs a third of a row.</summary>
/// <param name="unlessThere">Leaves a row with this key as it is.</param>
internal sealed class SqliteRowWriter<T>(SqliteDatabase sqlite, RowTable<T> table, bool unlessThere = false) : IDisposable
    where T : class
{
    /// <summary>Rows to a statement, the most first.</summary>
    private static readonly int[] Sizes = [32, 4, 1];

    private readonly SqliteStatement?[] inserts = new SqliteStatement?[Sizes.Length];

    public Action<SqliteStatement, T> Bind { get; } = table.CompileBinding();

    public void Insert(List<T> rows)
    {
        var done = 0;
        for (var size = 0; size < Sizes.Length; size++)
        {
            while (rows.Count - done >= Sizes[size])
            {
                var insert = inserts[size] ??= sqlite.Prepare(Insertion(Sizes[size]));
                for (var end = done + Sizes[size]; done < end; done++)
                    Bind(insert, rows[done]);
                insert.Run();
            }
        }
    }

    public void Dispose()
    {
        foreach (var insert in inserts)
            insert?.Dispose();
    }

    private string Insertion(int rows)
    {
        var row = $"({string.Join(", ", table.Columns.Select(_ => "?"))})";
        return $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) VALUES {string.Join(", ", Enumerable.Repeat(row, rows))}{(unlessThere ? " ON CONFLICT DO NOTHING" : "")}";
    }
}
