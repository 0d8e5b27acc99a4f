using LeadDesk.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace LeadDesk.Jobs;

public static class JobServices
{
    /// <summary>Adding, showing and changing jobs; with <paramref name="enabled"/> also running them and the schedules in this process.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, DatabaseEngine engine, bool enabled)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobQueries>();
        services.AddSingleton<JobService>();
        services.AddSingleton(new JobRunnerHealth(enabled));
        if (!enabled)
            return services;
        services.AddHostedService<JobRunner>();
        return services.AddSchedules(engine);
    }

    /// <summary>Has this process do the jobs of <typeparamref name="THandler"/>'s kind.</summary>
    public static IServiceCollection AddJobHandler<THandler>(this IServiceCollection services)
        where THandler : class, IJobHandler
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new JobHandlerRegistration(
            THandler.Kind,
            static (provider, run, cancellationToken) => provider.GetRequiredService<THandler>().RunAsync(run, cancellationToken)));
    }

    private static IServiceCollection AddSchedules(this IServiceCollection services, DatabaseEngine engine)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "LeadDesk";
                scheduler.GenerateInstanceId = true;
            });
            if (engine is DatabaseEngine.Postgres)
                UseCluster(quartz);
            else
                quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(2);
            foreach (var schedule in Schedules.All)
                AddSchedule(quartz, schedule);
        });
        return services.AddHostedService<ScheduleStarter>();
    }

    private static void AddSchedule(IQuartzBuilder quartz, Schedule schedule)
    {
        quartz.AddJob<EnqueueScheduledJob>(job => job.WithIdentity(schedule.Name));
        quartz.AddTrigger<EnqueueScheduledJob>(trigger => trigger
            .ForJob(schedule.Name)
            .WithIdentity(schedule.Name)
            .StartNow()
            .WithSimpleSchedule(simple => simple.WithInterval(schedule.Every).RepeatForever()));
    }

    /// <summary>All nodes share one schedule in the database, and one of them fires it. Quartz makes its qrtz_ tables itself.</summary>
    private static void UseCluster(IQuartzBuilder quartz) =>
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<Database>().Source!);
            store.ConfigureStore(options => options.TablePrefix = "qrtz_");
            store.UseClustering();
            store.ProvisionSchema();
        });
}
