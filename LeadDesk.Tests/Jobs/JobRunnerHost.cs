using System.Collections.Concurrent;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Jobs;

/// <summary>A runner as one process has it, with one handler whose work the test gives.</summary>
internal sealed class JobRunnerHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private JobRunnerHost(Database database, Func<JobRun, CancellationToken, Task> work, TimeProvider time) =>
        _services = new ServiceCollection()
            .AddSingleton(_ => database)
            .AddSingleton(time)
            .AddSingleton(work)
            .AddSingleton<JobSignal>()
            .AddSingleton(new JobRunnerHealth(enabled: true))
            .AddSingleton<ILogger<JobRunner>>(NullLogger<JobRunner>.Instance)
            .AddSingleton<JobRunner>()
            .AddJobHandler<TestHandler>()
            .BuildServiceProvider();

    public JobSignal Signal => _services.GetRequiredService<JobSignal>();

    public JobRunnerHealth Health => _services.GetRequiredService<JobRunnerHealth>();

    private JobRunner Runner => _services.GetRequiredService<JobRunner>();

    public static async Task<JobRunnerHost> StartAsync(TestDatabase database, Func<JobRun, CancellationToken, Task> work, TimeProvider? time = null)
    {
        var host = new JobRunnerHost(database.OpenAnother(), work, time ?? TimeProvider.System);
        await host.Runner.StartAsync(CancellationToken.None);
        return host;
    }

    public static Task<JobRunnerHost> StartAsync(TestDatabase database, ConcurrentBag<JobRun> done, TimeProvider? time = null) =>
        StartAsync(
            database,
            (run, _) =>
            {
                done.Add(run);
                return Task.CompletedTask;
            },
            time);

    public async ValueTask DisposeAsync()
    {
        await Runner.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}

internal sealed class TestHandler(Func<JobRun, CancellationToken, Task> work) : IJobHandler
{
    public static string Kind => "test.work";

    public Task RunAsync(JobRun run, CancellationToken cancellationToken) => work(run, cancellationToken);
}

internal static class TestJobs
{
    public static async Task AddAsync(TestDatabase database, DateTime runAt, int count = 1, long? companyId = null) =>
        await database.Database.WriteAsync(
            CompanyScope.Installation,
            context =>
            {
                for (var index = 0; index < count; index++)
                    JobQueue.Add(context, TestHandler.Kind, companyId, $"{index}", runAt, runAt);
                return Task.FromResult(true);
            },
            CancellationToken.None);
}
