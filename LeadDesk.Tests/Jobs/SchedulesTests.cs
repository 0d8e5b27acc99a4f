using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Tests.Jobs;

public sealed class SchedulesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_nodes_start_on_one_database_and_each_schedule_has_one_job(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        using var first = Node(database, enabled: true);
        using var second = Node(database, enabled: true);

        await Task.WhenAll(first.StartAsync(Token), second.StartAsync(Token));

        // The housekeeping job has a handler here, so it may be done and gone; nobody takes the other one.
        await Eventually.BecomesTrueAsync(async () => (await KindsAsync(database)).Contains("scoring.rescore", StringComparer.Ordinal));
        (await KindsAsync(database)).Count(kind => kind is "scoring.rescore").ShouldBe(1);
        await Task.WhenAll(first.StopAsync(Token), second.StopAsync(Token));
    }

    [Fact]
    public void Names_are_unique_and_rhythms_five_seconds_or_longer()
    {
        Schedules.All.Select(schedule => schedule.Name).ShouldBeUnique();
        Schedules.All.ShouldAllBe(schedule => schedule.Every >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task With_jobs_switched_off_nothing_runs_in_this_process()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        using var host = Node(database, enabled: false);

        host.Services.GetServices<IHostedService>().ShouldBeEmpty();
        host.Services.GetRequiredService<JobRunnerHealth>().Enabled.ShouldBeFalse();
    }

    private static IHost Node(TestDatabase database, bool enabled)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_ => database.OpenAnother());
        builder.Services.AddJobs(database.Database.Engine, enabled);
        return builder.Build();
    }

    private static async Task<List<string>> KindsAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return await context.Jobs.Select(job => job.Kind).ToListAsync(Token);
    }
}
