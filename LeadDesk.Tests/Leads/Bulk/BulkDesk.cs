using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Leads.Bulk;

/// <summary>A company with leads and the services that change them, on one database.</summary>
internal sealed class BulkDesk : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private BulkDesk(TestDatabase database, TestCompany company, ServiceProvider services) => (this.database, Company, this.services) = (database, company, services);

    public TestCompany Company { get; }

    public ManualTime Time { get; } = new();

    public BulkService Bulk => services.GetRequiredService<BulkService>();

    public BulkQueries Queries => services.GetRequiredService<BulkQueries>();

    public UndoService Undo => services.GetRequiredService<UndoService>();

    public LeadService Leads => services.GetRequiredService<LeadService>();

    public Database Database => database.Database;

    public static async Task<BulkDesk> CreateAsync(DatabaseEngine engine)
    {
        var own = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(own);
        BulkDesk? desk = null;
        var parts = new ServiceCollection();
        parts.AddSingleton(own.Database).AddSingleton<TimeProvider>(_ => desk!.Time);
        parts.AddSingleton(provider => new LiveFeed(provider.GetRequiredService<TimeProvider>(), NullLogger<LiveFeed>.Instance));
        parts.AddSingleton<CompanyDirectory>().AddSingleton<UserDirectory>().AddSingleton<LeadQueries>().AddSingleton<LeadService>().AddSingleton<JobSignal>();
        parts.AddBulk();
        return desk = new BulkDesk(own, company, parts.BuildServiceProvider());
    }

    /// <summary>Adds leads and counts them.</summary>
    /// <returns>Their ids, ascending.</returns>
    public async Task<long[]> AddLeadsAsync(int count, Func<int, long?>? owner = null)
    {
        var ids = await Database.WriteAsync(Company.Id, async context =>
        {
            var leads = Enumerable.Range(0, count).Select(number => Company.NewLead($"Lead {number}", owner?.Invoke(number))).ToList();
            context.Leads.AddRange(leads);
            await context.SaveChangesAsync();
            return leads.Select(lead => lead.Id).Order().ToArray();
        }, CancellationToken.None);
        await RecountAsync();
        return ids;
    }

    public async Task<T> AddAsync<T>(T row)
        where T : class
    {
        await Database.WriteAsync(Company.Id, context =>
        {
            context.Add(row);
            return Task.FromResult(true);
        }, CancellationToken.None);
        Forget();
        return row;
    }

    /// <summary>The company's rules were changed behind the services' back.</summary>
    public void Forget() => services.GetRequiredService<CompanyDirectory>().Forget(Company.Id);

    public async Task<Tag> AddTagAsync(string name) => await AddAsync(new Tag { CompanyId = Company.Id, Name = name, NameKey = name.ToLowerInvariant() });

    public async Task<Dictionary<long, Lead>> LeadsAsync()
    {
        await using var context = Database.Open(Company.Id);
        return await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).ToDictionaryAsync(lead => lead.Id);
    }

    public async Task<List<T>> RowsAsync<T>()
        where T : class
    {
        await using var context = Database.Open(Company.Id);
        return await context.Set<T>().ToListAsync();
    }

    /// <summary>The counters that are not zero, as text.</summary>
    public async Task<List<string>> CountersAsync() =>
        [.. (await RowsAsync<LeadCounter>()).Where(row => row.Count is not 0).Select(row => $"{row.Metric} {row.Day} {row.OwnerId} {row.Key} {row.Count}").Order(StringComparer.Ordinal)];

    /// <summary>The counters must be what counting anew gives.</summary>
    public async Task CountersShouldBeTrueAsync()
    {
        var kept = await CountersAsync();
        await RecountAsync();
        kept.ShouldBe(await CountersAsync());
    }

    /// <summary>Runs the waiting job of a change until it has nothing left to do.</summary>
    public async Task WorkAsync(long bulkId, int mostSteps = int.MaxValue)
    {
        var job = services.GetRequiredService<BulkJob>();
        for (var step = 0; step < mostSteps && await job.ForwardAsync(Company.Id, bulkId, CancellationToken.None); step++)
        {
            // The next one.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private Task RecountAsync() =>
        new RecountLeads(Database, services.GetRequiredService<CompanyDirectory>()).RunAsync(new JobRun(1, Company.Id, null, 1), CancellationToken.None);
}
