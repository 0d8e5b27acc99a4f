namespace LeadDesk.Data.Sqlite;

/// <summary>Inserts rows of one table.</summary>
/// <param name="unlessThere">Leaves a row with this key as it is.</param>
internal sealed class SqliteRowWriter<T>(SqliteDatabase sqlite, RowTable<T> table, bool unlessThere = false) : IDisposable
    where T : class
{
    private readonly SqliteStatement insert =
        sqlite.Prepare($"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))}){(unlessThere ? " ON CONFLICT DO NOTHING" : "")}");

    public Action<SqliteStatement, T> Bind { get; } = table.CompileBinding();

    public void Insert(List<T> rows)
    {
        foreach (var row in rows)
        {
            Bind(insert, row);
            insert.Run();
        }
    }

    public void Dispose() => insert.Dispose();
}
