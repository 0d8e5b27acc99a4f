using SQLitePCL;

namespace LeadDesk.Data.Sqlite;

/// <summary>One connection on SQLite's own interface, for the intake's writer. Not thread-safe.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 handle;

    /// <param name="file">Path of the database file.</param>
    /// <param name="settings">PRAGMA statements run once.</param>
    public SqliteDatabase(string file, string settings)
    {
        SqliteNative.PreferSystemLibrary();
        var code = raw.sqlite3_open_v2(file, out handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code is not raw.SQLITE_OK)
            throw new SqliteStatementException(code, "cannot open the database file");
        Execute(settings);
    }

    public SqliteStatement Prepare(string sql) => new(handle, sql);

    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(handle, sql);
        if (code is not raw.SQLITE_OK)
            throw new SqliteStatementException(code, raw.sqlite3_errmsg(handle).utf8_to_string());
    }

    /// <summary>Some errors (disk full, I/O) end the transaction by themselves.</summary>
    public void RollbackIfOpen()
    {
        if (raw.sqlite3_get_autocommit(handle) is 0)
            Execute("ROLLBACK");
    }

    public void Dispose() => handle.Dispose();
}
