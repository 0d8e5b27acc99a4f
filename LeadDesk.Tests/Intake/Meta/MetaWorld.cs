using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Meta;
using LeadDesk.Jobs;
using LeadDesk.Live;
using LeadDesk.Notifications;
using LeadDesk.Simulators.Graph;
using LeadDesk.Tests.Simulators;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Intake.Meta;

/// <summary>A company and a Graph API of its own, on one clock; jobs and events are done when the test says so.</summary>
internal sealed class MetaWorld : IAsyncDisposable
{
    public const string Form = SampleForms.QuoteFormId;

    private readonly SimulatorHost host = new();
    private readonly List<ServiceProvider> nodes = [];
    private TestDatabase database = null!;

    public ManualTime Time => host.Time;

    public GraphSimulator Graph => host.Graph;

    public TestCompany Company { get; private set; } = null!;

    public TestDatabase Database => database;

    public Uri GraphAddress => new(host.Address);

    public ServiceProvider Services => nodes[0];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<MetaWorld> OpenAsync(DatabaseEngine engine)
    {
        var world = new MetaWorld { database = await TestDatabase.CreateAsync(engine) };
        await world.host.InitializeAsync();
        world.Company = await TestCompany.AddAsync(world.database);
        world.AddNode();
        return world;
    }

    /// <summary>One more process on the same database.</summary>
    public ServiceProvider AddNode()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(_ => new Database(database.ConnectionString));
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<ISecretBox>(new OpenBox());
        services.AddSingleton(MetaOptions.Standard with { GraphUrl = new Uri(host.Address) });
        services.AddSingleton(new LeadAnalyst([], InstructionLikeText.Remove, TimeSpan.FromSeconds(5), Time, NullLogger<LeadAnalyst>.Instance));
        services.AddLeads(worksOnEvents: false).AddMeta();
        nodes.Add(services.BuildServiceProvider());
        return nodes[^1];
    }

    public Task<MetaConnection> ConnectAsync(params string[] formIds) => ConnectAsync(Company.Id, formIds);

    public Task<MetaConnection> ConnectAsync(long companyId, string[] formIds, string token = GraphSimulator.DefaultToken, string pageId = SampleForms.PageId) => database.Database.WriteAsync(
        companyId,
        async context =>
        {
            var connection = new MetaConnection
            {
                PageId = pageId,
                FormIds = JsonList.Write(formIds),
                AccessToken = new OpenBox().Close(token),
                AccessTokenEnd = token[^4..],
                CreatedAt = Time.UtcNow,
                NextRunAt = Time.UtcNow,
            };
            context.MetaConnections.Add(connection);
            await context.SaveChangesAsync(Stop);
            return connection;
        },
        Stop);

    /// <summary>One run, as the job does it.</summary>
    public Task SyncAsync(MetaConnection connection, string trigger = MetaJobs.Manual, ServiceProvider? node = null) =>
        RunAsync<MetaSync>(connection, trigger, node);

    public async Task RunAsync<THandler>(MetaConnection connection, string trigger = MetaJobs.Manual, ServiceProvider? node = null)
        where THandler : IJobHandler
    {
        await using var scope = (node ?? Services).CreateAsyncScope();
        var payload = System.Text.Json.JsonSerializer.Serialize(new MetaJobs.Request(connection.Id, trigger));
        await scope.ServiceProvider.GetRequiredService<THandler>().RunAsync(new JobRun(1, connection.CompanyId, payload, 1), Stop);
    }

    /// <summary>What the schedule asks for.</summary>
    public async Task RunAsync<THandler>()
        where THandler : IJobHandler
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<THandler>().RunAsync(new JobRun(1, null, null, 1), Stop);
    }

    /// <summary>Stores pushes as the webhook does.</summary>
    public async Task PushAsync(params string[] leadIds)
    {
        var units = leadIds.Select(id => new InboundUnit(InboundSources.Meta, id, Push(id)) { Origin = Form, ExternalId = id }).ToList();
        await Services.GetRequiredService<InboundDoor>().StoreAsync(Company.Id, units);
    }

    public static byte[] Push(string id, string pageId = SampleForms.PageId, JsonNode? fields = null, string formId = Form)
    {
        var value = new JsonObject { ["leadgen_id"] = id, ["page_id"] = pageId, ["form_id"] = formId, ["created_time"] = 1790848800 };
        if (fields is not null)
            value["field_data"] = fields;
        var change = new JsonObject { ["field"] = "leadgen", ["value"] = value };
        return Encoding.UTF8.GetBytes(new JsonObject { ["object"] = "page", ["entry"] = new JsonArray(new JsonObject { ["id"] = pageId, ["time"] = 1790848800, ["changes"] = new JsonArray(change) }) }.ToJsonString());
    }

    /// <summary>One look of the processor, without its clock.</summary>
    public async Task<int> WorkAsync(ServiceProvider? node = null)
    {
        var services = node ?? Services;
        var runner = services.GetRequiredService<InboundRunner>();
        var claimed = await services.GetRequiredService<InboundClaims>().ClaimAsync(runner.Sources, 100, Time.UtcNow, Stop);
        foreach (var group in claimed.GroupBy(one => (one.CompanyId, one.Source)))
            await runner.RunAsync(group.Key.CompanyId, group.Key.Source, [.. group.Select(one => one.Id)], Stop);
        return claimed.Count;
    }

    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var context = database.Database.Open(Company.Id);
        return await read(context);
    }

    public Task<int> LeadCountAsync() => ReadAsync(context => context.Leads.CountAsync(Stop));

    public Task<List<InboundEvent>> EventsAsync() => ReadAsync(context => context.InboundEvents.OrderBy(row => row.Id).ToListAsync(Stop));

    public Task<MetaConnection> ConnectionAsync(MetaConnection connection) => ReadAsync(context => context.MetaConnections.SingleAsync(row => row.Id == connection.Id, Stop));

    public Task<List<MetaRun>> RunsAsync() => ReadAsync(context => context.MetaRuns.OrderByDescending(row => row.Id).ToListAsync(Stop));

    public Task<List<Notice>> NoticesAsync() => ReadAsync(context => context.Notices.OrderBy(row => row.Id).ToListAsync(Stop));

    public Task<MetaForm> FormAsync(string formId = Form) => ReadAsync(context => context.MetaForms.SingleAsync(row => row.FormId == formId, Stop));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    private sealed class OpenBox : ISecretBox
    {
        private const string Mark = "closed:";

        public string Close(string secret) => Mark + secret;

        public string? Open(string closed) => closed.StartsWith(Mark, StringComparison.Ordinal) ? closed[Mark.Length..] : null;
    }
}
