using System.Buffers;
using System.Data.Common;
using System.Text;
using System.Text.Unicode;
using LeadDesk.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace LeadDesk.Data;

/// <summary>
/// The rows of a query as the database gives them, without an object for each and with texts in UTF-8: for files of very many
/// rows. The query's filters are the model's; columns come in the order of its projection.
/// </summary>
internal sealed class RawRows : IAsyncDisposable
{
    private readonly DbCommand command;
    private readonly DbDataReader reader;
    private readonly sqlite3_stmt? statement;

    private RawRows(DbCommand command, DbDataReader reader)
    {
        (this.command, this.reader) = (command, reader);
        statement = reader is SqliteDataReader sqlite ? SqliteNative.StatementOf(sqlite) : null;
    }

    /// <param name="context">Its connection is open.</param>
    public static async Task<RawRows> OpenAsync<T>(AppDbContext context, IQueryable<T> query, CancellationToken cancellationToken)
    {
        var asking = query.CreateDbCommand();
        try
        {
            return new RawRows(asking, await asking.ExecuteReaderAsync(cancellationToken));
        }
        catch
        {
            await asking.DisposeAsync();
            throw;
        }
    }

    public Task<bool> ReadAsync(CancellationToken cancellationToken) => reader.ReadAsync(cancellationToken);

    public long? Number(int column)
    {
        if (statement is null)
            return reader.IsDBNull(column) ? null : reader.GetInt64(column);
        // A null reads as zero, so only zeros have to be asked.
        var number = raw.sqlite3_column_int64(statement, column);
        return number is 0 && raw.sqlite3_column_type(statement, column) is raw.SQLITE_NULL ? null : number;
    }

    /// <summary>As <see cref="Microseconds"/>.</summary>
    public long? Time(int column) => statement is not null ? Number(column) : reader.IsDBNull(column) ? null : Microseconds.From(reader.GetDateTime(column));

    /// <summary>Appends a text; nothing for none.</summary>
    /// <returns>Its length in bytes.</returns>
    public int Text(int column, ArrayBufferWriter<byte> target)
    {
        if (statement is null)
            return PostgresText(column, target);
        // Of a text these are its bytes, as they are stored.
        var bytes = raw.sqlite3_column_blob(statement, column);
        if (bytes.IsEmpty)
            return 0;
        if (!Utf8.IsValid(bytes))
            bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
        target.Write(bytes);
        return bytes.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
    }

    private int PostgresText(int column, ArrayBufferWriter<byte> target)
    {
        if (reader.IsDBNull(column))
            return 0;
        var bytes = reader.GetFieldValue<byte[]>(column);
        target.Write(bytes);
        return bytes.Length;
    }
}
