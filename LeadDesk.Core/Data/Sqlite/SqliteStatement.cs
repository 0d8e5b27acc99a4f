using System.Text;
using SQLitePCL;

namespace LeadDesk.Data.Sqlite;

/// <summary>
/// A prepared statement on SQLite's own interface, for the intake's shared commits: binding and stepping cost a fraction
/// of a microsecond, where a command object costs several. Not thread-safe; belongs to one connection.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    /// <summary>Parameters that have a value from an earlier run: the others are null as they are.</summary>
    private readonly bool[] filled;
    private byte[] utf8 = new byte[512];
    private int next = 1;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
        filled = new bool[raw.sqlite3_bind_parameter_count(statement) + 1];
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, Filled(), value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(DateTime value) => Bind(Microseconds.From(value));

    public SqliteStatement Bind(DateTime? value) => value is { } time ? Bind(time) : BindNull();

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
            return BindNull();
        // SQLite copies the text, so one buffer serves all.
        if (value.Length * 3 > utf8.Length)
            utf8 = new byte[Math.Max(value.Length * 3, utf8.Length * 2)];
        var length = Encoding.UTF8.GetBytes(value, utf8);
        Check(length > 0 ? raw.sqlite3_bind_text(statement, Filled(), utf8.AsSpan(0, length)) : raw.sqlite3_bind_text(statement, Filled(), value));
        return this;
    }

    public SqliteStatement Bind(byte[]? value)
    {
        if (value is null)
            return BindNull();
        Check(raw.sqlite3_bind_blob(statement, Filled(), value));
        return this;
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next binding.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(statement);
        Reset();
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
            throw Failure(code);
    }

    /// <summary>Runs an INSERT and gives the row's id.</summary>
    public long Insert()
    {
        Run();
        return raw.sqlite3_last_insert_rowid(database);
    }

    /// <returns>Whether there is a row to read; call <see cref="Reset"/> after the last one.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is raw.SQLITE_ROW)
            return true;
        Reset();
        return code is raw.SQLITE_DONE ? false : throw Failure(code);
    }

    public void Reset()
    {
        // A reset repeats the error of the step before, which has been thrown already.
        _ = raw.sqlite3_reset(statement);
        next = 1;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) is raw.SQLITE_NULL;

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(statement, column).utf8_to_string();

    public DateTime Time(int column) => Microseconds.ToDateTime(Int64(column));

    public DateTime? NullableTime(int column) => IsNull(column) ? null : Time(column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public void Dispose() => statement.Dispose();

    private SqliteStatement BindNull()
    {
        var parameter = next++;
        if (!filled[parameter])
            return this;
        filled[parameter] = false;
        Check(raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    /// <summary>The next parameter, which gets a value.</summary>
    private int Filled()
    {
        filled[next] = true;
        return next++;
    }

    private void Check(int code)
    {
        if (code is not raw.SQLITE_OK)
            throw Failure(code);
    }

    private SqliteStatementException Failure(int code) => new(code, raw.sqlite3_errmsg(database).utf8_to_string());
}

/// <param name="code">SQLite's result code.</param>
internal sealed class SqliteStatementException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>Busy, locked, read-only, I/O error, full or cannot open: another try may succeed, nothing was stored.</summary>
    public bool IsUnavailable => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN;
}
