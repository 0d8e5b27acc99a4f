namespace LeadDesk.Jobs;

/// <summary>One attempt at one job.</summary>
/// <param name="CompanyId">Null for work of the installation itself.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record JobRun(long JobId, long? CompanyId, string? Payload, int Attempt);

/// <summary>
/// Does the jobs of one kind. A job runs at least once, not exactly once: a process may die between the work and the
/// deletion of its row. So a handler must be idempotent, and does its writing in one transaction where it can.
/// <para>
/// Each run gets its own service scope. A handler that throws is tried again later; one that has nothing left to do returns.
/// It heeds the token: it fires when the process stops or the claim was lost.
/// </para>
/// </summary>
public interface IJobHandler
{
    /// <summary>Names the jobs it does, such as <c>analysis.refine</c>.</summary>
    static abstract string Kind { get; }

    Task RunAsync(JobRun run, CancellationToken cancellationToken);
}

/// <summary>How a kind of job is run.</summary>
internal sealed record JobHandlerRegistration(string Kind, Func<IServiceProvider, JobRun, CancellationToken, Task> RunAsync);
