using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Takes back a change of many leads or a merge, once, within a day, for who made it or sees all leads.</summary>
public sealed class UndoService
{
    private static readonly Refusal Unknown = Refusal.Missing("change to undo");
    private static readonly Refusal Again = Refusal.Conflict("This change was undone already. Nothing was done now.");
    private static readonly Refusal Expired = Refusal.Conflict("This change is older than 24 hours and cannot be undone any more. Nothing was done.");

    private readonly Database database;
    private readonly Dictionary<UndoKind, IUndo> kinds;
    private readonly LiveFeed feed;
    private readonly JobSignal jobs;
    private readonly TimeProvider clock;

    internal UndoService(Database database, IEnumerable<IUndo> kinds, LiveFeed feed, JobSignal jobs, TimeProvider clock)
    {
        (this.database, this.feed, this.jobs, this.clock) = (database, feed, jobs, clock);
        this.kinds = kinds.ToDictionary(undo => undo.Kind);
    }

    /// <param name="token">As the change answered it.</param>
    public Task<Outcome<UndoResult>> UndoAsync(CurrentUser user, string? token, CancellationToken cancellationToken)
    {
        var hash = Tokens.Hash(token ?? "");
        return UndoAsync(user, entries => entries.Where(row => row.TokenHash == hash), cancellationToken);
    }

    /// <summary>For who sees the change itself, such as on its page.</summary>
    public Task<Outcome<UndoResult>> UndoAsync(CurrentUser user, UndoKind kind, long subjectId, CancellationToken cancellationToken) =>
        UndoAsync(user, entries => entries.Where(row => row.Kind == kind && row.SubjectId == subjectId), cancellationToken);

    private async Task<Outcome<UndoResult>> UndoAsync(CurrentUser user, Func<IQueryable<UndoEntry>, IQueryable<UndoEntry>> which, CancellationToken cancellationToken)
    {
        var events = new List<LeadEvent>();
        var outcome = await database.WriteAsync<Outcome<UndoResult>>(user.CompanyId, async context =>
        {
            events.Clear();
            var entry = await which(context.UndoEntries).Select(row => row.TokenHash).FirstOrDefaultAsync(cancellationToken) is { } hash ? await LockAsync(context, hash, cancellationToken) : null;
            if (entry is null || (entry.UserId != user.UserId && !user.SeesAllLeads))
                return Unknown;
            if (entry.UsedAt is not null)
                return Again;
            var now = clock.GetUtcNow().UtcDateTime;
            if (entry.ExpiresAt <= now)
                return Expired;
            var undone = await kinds[entry.Kind].UndoAsync(context, user, entry.SubjectId, events, cancellationToken);
            if (undone.Succeeded)
                entry.UsedAt = now;
            else
                context.ChangeTracker.Clear();
            return undone;
        }, cancellationToken);
        if (!outcome.Succeeded)
            return outcome;
        feed.Publish(events);
        jobs.Wake();
        return outcome;
    }

    /// <summary>Who asks at the same moment waits, and is refused.</summary>
    private static Task<UndoEntry> LockAsync(AppDbContext context, string hash, CancellationToken cancellationToken) =>
        (context.Database.IsNpgsql() ? context.UndoEntries.FromSql($"SELECT * FROM undo_entries WHERE token_hash = {hash} FOR UPDATE") : context.UndoEntries.Where(row => row.TokenHash == hash))
            .SingleAsync(cancellationToken);
}
