using System.Xml.Linq;
using LeadDesk.Bench.Lists;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using LeadDesk.Intake.Meta;
using LeadDesk.Simulators;
using LeadDesk.Simulators.Graph;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Bench.Intake;

/// <summary>The app, its database and a simulated Graph API, with a page of it connected. The API runs in the measuring process.</summary>
internal sealed class ConnectedPage : IAsyncDisposable
{
    /// <summary>The schedule never gets a turn: runs are asked for.</summary>
    private const int Interval = 30 * 24 * 3600;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication simulators;
    private readonly BenchDatabase database;
    private readonly Database product;
    private MetaConnection? connection;

    private ConnectedPage(WebApplication simulators, BenchDatabase database, ServerProcess app) =>
        (this.simulators, this.database, App, product) = (simulators, database, app, new Database(database.ConnectionString));

    public ServerProcess App { get; }

    public GraphSimulator Graph => simulators.Services.GetRequiredService<GraphSimulator>();

    public Uri GraphAddress => new(simulators.Urls.Single());

    public static async Task<ConnectedPage> OpenAsync(BenchRun bench, DatabaseEngine engine)
    {
        var graph = SimulatorApp.Build("--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning");
        await graph.StartAsync();
        var empty = await bench.CreateDatabaseAsync(engine);
        var app = await LeadDeskApp.StartAsync(empty, $"--LeadDesk:Meta:GraphUrl={graph.Urls.Single()}", $"--LeadDesk:Meta:AppSecret={GraphSimulator.DefaultAppSecret}");
        var page = new ConnectedPage(graph, empty, app);
        page.connection = await page.ConnectAsync();
        return page;
    }

    /// <summary>Has the app read the page and waits until it has.</summary>
    /// <param name="look">Called while it reads, with the run as far as it is.</param>
    public async Task<MetaRun> SyncAsync(Action<MetaRun>? look = null)
    {
        var before = await LastRunAsync() is { } last ? last.Id : 0;
        using var looks = new PeriodicTimer(BetweenLooks);
        // The last run's job lives a moment longer than the run.
        while (!await AskAsync())
            await looks.WaitForNextTickAsync();
        while (await looks.WaitForNextTickAsync())
        {
            if (await LastRunAsync() is not { } run || run.Id == before)
                continue;
            look?.Invoke(run);
            if (run.EndedAt is not null)
                return run.Error is null ? run : throw new InvalidOperationException($"The page was not read: {run.Error}");
        }

        throw new InvalidOperationException("The timer ended.");
    }

    public async Task<int> LeadsAsync()
    {
        await using var context = product.Open(Seeder.CompanyId);
        return await context.Leads.CountAsync();
    }

    /// <summary>How many events still wait or are worked on.</summary>
    public async Task<int> WaitingAsync()
    {
        await using var context = product.Open(Seeder.CompanyId);
        return await context.InboundEvents.CountAsync(stored => stored.State == LeadDesk.Intake.InboundState.Received && stored.DueAt != null);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await product.DisposeAsync();
        await database.DisposeAsync();
        await simulators.DisposeAsync();
    }

    private Task<bool> AskAsync() => product.WriteAsync(
        Seeder.CompanyId,
        context => MetaJobs.AddAsync(context, MetaSync.Kind, connection!, MetaJobs.Manual, DateTime.UtcNow, CancellationToken.None),
        CancellationToken.None);

    private async Task<MetaConnection> ConnectAsync()
    {
        var now = DateTime.UtcNow;
        var page = new MetaConnection
        {
            PageId = SampleForms.PageId,
            AccessToken = await CloseAsync(GraphSimulator.DefaultToken),
            AccessTokenEnd = GraphSimulator.DefaultToken[^4..],
            IntervalSeconds = Interval,
            CreatedAt = now,
            NextRunAt = now.AddSeconds(Interval),
        };
        return await product.WriteAsync(
            Seeder.CompanyId,
            async context =>
            {
                context.MetaConnections.Add(page);
                await context.SaveChangesAsync();
                return page;
            },
            CancellationToken.None);
    }

    private async Task<MetaRun?> LastRunAsync()
    {
        await using var context = product.Open(Seeder.CompanyId);
        return await context.MetaRuns.OrderByDescending(run => run.Id).FirstOrDefaultAsync();
    }

    /// <summary>Encrypts as the app does, with the keys it keeps in its database.</summary>
    private async Task<string> CloseAsync(string secret)
    {
        List<XElement> keys;
        await using (var context = product.Open(Seeder.CompanyId))
            keys = (await context.ProtectionKeys.ToListAsync()).ConvertAll(key => XElement.Parse(key.Xml));
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("LeadDesk");
        services.Configure<KeyManagementOptions>(options => (options.XmlRepository, options.AutoGenerateKeys) = (new KnownKeys(keys), false));
        await using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("LeadDesk.Secrets").Protect(secret);
    }

    private sealed class KnownKeys(List<XElement> keys) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => keys;

        public void StoreElement(XElement element, string friendlyName) => keys.Add(element);
    }
}
