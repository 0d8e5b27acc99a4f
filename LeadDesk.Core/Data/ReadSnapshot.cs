using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LeadDesk.Data;

/// <summary>
/// Several queries that see the database as it was at the first of them. Dispose it soon: while it lasts SQLite's log cannot be
/// copied back whole, nor PostgreSQL clean up.
/// </summary>
internal sealed class ReadSnapshot : IAsyncDisposable
{
    private readonly IDbContextTransaction transaction;

    /// <summary>A transaction that EF Core did not begin is not ended by it either.</summary>
    private readonly DbTransaction? own;

    private ReadSnapshot(IDbContextTransaction transaction, DbTransaction? own) => (this.transaction, this.own) = (transaction, own);

    /// <summary>Keeps the context's connection open for reading very much once.</summary>
    public static async Task PrepareAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await KeepLittleAsync(context, cancellationToken);
    }

    /// <summary>Until the context's connection is closed, SQLite keeps no more than two megabytes of what it reads or writes in memory, and does not map the file.</summary>
    public static async Task KeepLittleAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        if (!context.Database.IsNpgsql())
            await context.Database.ExecuteSqlRawAsync("PRAGMA cache_size=-2000; PRAGMA mmap_size=0", cancellationToken);
    }

    /// <param name="context">Prepared.</param>
    public static async Task<ReadSnapshot> BeginAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.IsNpgsql())
        {
            var repeatable = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            // For a long part of a list PostgreSQL would rather read and sort the whole table, for each part again.
            await context.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off", cancellationToken);
            return new ReadSnapshot(repeatable, null);
        }

        // EF Core begins SQLite's transactions as a writer; a deferred one only reads.
        var deferred = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return new ReadSnapshot((await context.Database.UseTransactionAsync(deferred, cancellationToken))!, deferred);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();
    }
}
