using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Live;
using LeadDesk.Reports;
using LeadDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.Tests.Reports;

/// <summary>Core as the app puts it together, on a database and a clock of the test.</summary>
internal sealed class LeadWorld : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private LeadWorld(TestDatabase database, TestCompany company)
    {
        Company = company;
        Database = database.Database;
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddSingleton<JobSignal>();
        collection.AddSingleton<UserDirectory>();
        collection.AddLive();
        collection.AddLeadAnalysis(new AnalysisOptions(), InstructionLikeText.Remove);
        collection.AddLeads();
        collection.AddReports();
        // The test owns the database, so the container must not dispose it.
        collection.Replace(ServiceDescriptor.Singleton(Database));
        services = collection.BuildServiceProvider();
    }

    public TestCompany Company { get; }

    public Database Database { get; }

    /// <summary>A Monday morning in London, winter time.</summary>
    public ManualTime Clock { get; } = new();

    public LeadService Leads => Get<LeadService>();

    public static async Task<LeadWorld> CreateAsync(TestDatabase database) => new(database, await TestCompany.AddAsync(database));

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <returns>The lead's id.</returns>
    public async Task<long> ReceiveAsync(string phone, string? message = null, string channel = "whatsapp", string? name = "Ada")
    {
        var incoming = new IncomingLead { Source = "webhook", Raw = [], Phone = phone, Message = message, Channel = channel, Name = name };
        var receipt = await Get<LeadIntake>().ReceiveAsync(Company.Admin, incoming, null, CancellationToken.None);
        return receipt.Value!.Answer!.LeadId;
    }

    public async Task<Lead> LeadAsync(long id)
    {
        await using var context = Database.Open(Company.Id);
        return context.Leads.Single(lead => lead.Id == id);
    }

    public long Stage(string name) => Company.Stages.Single(stage => stage.Name == name).Id;

    /// <param name="kind">Scores anew unless told otherwise.</param>
    public async Task RunJobAsync(JobRun run, string? kind = null)
    {
        await using var scope = services.CreateAsyncScope();
        await services.GetServices<JobHandlerRegistration>().Single(handler => handler.Kind == (kind ?? RescoreLeads.Kind)).RunAsync(scope.ServiceProvider, run, CancellationToken.None);
    }

    /// <summary>The counters as they stand, and as they come out when every lead is counted anew.</summary>
    public async Task<(IReadOnlyDictionary<CounterKey, long> Kept, IReadOnlyDictionary<CounterKey, long> Recounted)> CountersAsync()
    {
        await using var context = Database.Open(Company.Id);
        var kept = context.LeadCounters.Where(row => row.Count != 0).ToDictionary(row => new CounterKey(row.Metric, row.Day, row.OwnerId, row.Key), row => row.Count);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(context.Companies.Single(company => company.Id == Company.Id).TimeZone);
        var deltas = new Dictionary<CounterKey, long>();
        foreach (var lead in context.Leads.ToList())
            CounterKeys.Add(deltas, lead, zone, +1);
        return (kept, deltas);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
