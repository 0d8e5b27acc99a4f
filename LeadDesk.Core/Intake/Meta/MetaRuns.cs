using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>A run while it runs: its row, and how Meta's patience stands.</summary>
internal sealed class MetaRunRecord(MetaRun row)
{
    public MetaRun Row => row;

    public double Usage { get; private set; }

    /// <summary>How long Meta refuses calls from now on, when it says so beside a success.</summary>
    public TimeSpan? Wait { get; private set; }

    public void Note<T>(GraphAnswer<T> answer)
    {
        row.NetworkMs += (long)answer.Took.TotalMilliseconds;
        Usage = Math.Max(Usage, answer.Usage.Percent);
        Wait = answer.Usage.Wait ?? Wait;
    }

    public void Note(int found, MetaStored stored)
    {
        row.Found += found;
        row.New += stored.New;
        row.Joined += stored.Joined;
        row.Repeated += stored.Repeated;
        row.Bad += stored.Bad;
    }
}

/// <summary>The history of a connection.</summary>
internal sealed class MetaRuns(Database database, TimeProvider clock)
{
    private const int Kept = 50;

    public async Task<MetaRunRecord> StartAsync(MetaAccount account, string trigger, CancellationToken cancellationToken)
    {
        var now = Now();
        var row = await database.WriteAsync(
            account.CompanyId,
            async context =>
            {
                // One run at a time: what still seems to run died.
                await Like(context, account, trigger).Where(run => run.EndedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(run => run.EndedAt, now).SetProperty(run => run.Error, "The program stopped during this run; the next one went on where it was."), cancellationToken);
                var started = new MetaRun { CompanyId = account.CompanyId, ConnectionId = account.Id, Trigger = trigger, StartedAt = now };
                context.MetaRuns.Add(started);
                await context.SaveChangesAsync(cancellationToken);
                return started;
            },
            cancellationToken);
        return new MetaRunRecord(row);
    }

    /// <summary>So that people see how far it is.</summary>
    public static Task<int> ShowAsync(AppDbContext context, MetaRun run, CancellationToken cancellationToken) =>
        context.MetaRuns.Where(row => row.Id == run.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Found, run.Found)
                .SetProperty(row => row.New, run.New)
                .SetProperty(row => row.Joined, run.Joined)
                .SetProperty(row => row.Repeated, run.Repeated)
                .SetProperty(row => row.Bad, run.Bad)
                .SetProperty(row => row.Expected, run.Expected)
                .SetProperty(row => row.NetworkMs, run.NetworkMs)
                .SetProperty(row => row.EndedAt, run.EndedAt)
                .SetProperty(row => row.Error, run.Error),
            cancellationToken);

    /// <summary>Ends the run and forgets those before the newest fifty.</summary>
    public Task EndAsync(MetaAccount account, MetaRunRecord run, string? error, CancellationToken cancellationToken)
    {
        run.Row.EndedAt = Now();
        run.Row.Error = error;
        return database.WriteAsync(
            account.CompanyId,
            async context =>
            {
                await ShowAsync(context, run.Row, cancellationToken);
                var own = context.MetaRuns.Where(row => row.ConnectionId == account.Id);
                var oldest = await own.OrderByDescending(row => row.Id).Select(row => row.Id).Skip(Kept - 1).FirstOrDefaultAsync(cancellationToken);
                return await own.Where(row => row.Id < oldest).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>How many of the latest runs failed one after the other; gap checks apart.</summary>
    public async Task<int> FailuresAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        await using var context = database.Open(account.CompanyId);
        var latest = await Like(context, account, MetaJobs.Schedule).Where(row => row.EndedAt != null)
            .OrderByDescending(row => row.Id).Select(row => row.Error).Take(Kept).ToListAsync(cancellationToken);
        return latest.TakeWhile(error => error is not null).Count();
    }

    /// <summary>Runs and gap checks of a connection are independent of each other.</summary>
    private static IQueryable<MetaRun> Like(AppDbContext context, MetaAccount account, string trigger)
    {
        var own = context.MetaRuns.Where(row => row.ConnectionId == account.Id);
        return trigger is MetaJobs.Gap ? own.Where(row => row.Trigger == MetaJobs.Gap) : own.Where(row => row.Trigger != MetaJobs.Gap);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
