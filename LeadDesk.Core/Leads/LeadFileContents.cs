using LeadDesk.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace LeadDesk.Leads;

/// <summary>The bytes of a lead's file on their way into the database, a stretch at a time.</summary>
internal static class LeadFileContents
{
    private const int Stretch = 128 * 1024;

    /// <summary>Enough to tell what a file is.</summary>
    private const int Beginning = 16;

    /// <returns>Whether it was all of it; false when there is more than <paramref name="most"/>.</returns>
    public static async Task<bool> TakeAsync(Stream content, FileStream file, long most, Action<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = new byte[Stretch];
        while (await content.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (file.Length + read > most)
                return false;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress?.Invoke(file.Length);
        }

        return true;
    }

    public static async Task<string> TypeAsync(FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var start = new byte[Beginning];
        return FileKinds.TypeOf(start.AsSpan(0, await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken)));
    }

    /// <summary>Within the context's transaction.</summary>
    public static async Task StoreAsync(AppDbContext context, long fileId, FileStream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        if (context.Database.GetDbConnection() is SqliteConnection sqlite)
        {
            await ReadSnapshot.KeepLittleAsync(context, cancellationToken);
            await context.Database.ExecuteSqlAsync($"UPDATE lead_files SET content = zeroblob({file.Length}) WHERE id = {fileId}", cancellationToken);
            await using var blob = new SqliteBlob(sqlite, "lead_files", "content", fileId);
            await file.CopyToAsync(blob, Stretch, cancellationToken);
            return;
        }

        await using var command = (NpgsqlCommand)context.Database.GetDbConnection().CreateCommand();
        command.Transaction = (NpgsqlTransaction)context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = "UPDATE lead_files SET content = $1 WHERE id = $2";
        command.Parameters.Add(new NpgsqlParameter { Value = file, NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter { Value = fileId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
