using System.Text;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Meta;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Intake.Conversations;

/// <summary>A company with the way from a stored body to its lead, without HTTP and without a running clock.</summary>
internal sealed class ConversationWorld : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly DateTime begin;

    private ConversationWorld(TestDatabase database, TestCompany company)
    {
        (this.database, Company, begin) = (database, company, Time.UtcNow);
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSingleton(_ => new Database(database.ConnectionString));
        collection.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        collection.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        collection.AddSingleton<UserDirectory>();
        collection.AddSingleton<LiveFeed>();
        collection.AddSingleton<JobSignal>();
        collection.AddSingleton<ISecretBox, OpenBox>();
        collection.AddSingleton(MetaOptions.Standard);
        collection.AddSingleton(new ConversationOptions(ChannelOptions.Off, ChannelOptions.Off));
        collection.AddSingleton(new LeadAnalyst([], InstructionLikeText.Remove, TimeSpan.FromSeconds(5), Time, NullLogger<LeadAnalyst>.Instance));
        collection.AddLeads(worksOnEvents: false).AddConversations();
        services = collection.BuildServiceProvider();
    }

    public ManualTime Time { get; } = new();

    public TestCompany Company { get; }

    public static async Task<ConversationWorld> OpenAsync(DatabaseEngine engine)
    {
        var fresh = await TestDatabase.CreateAsync(engine);
        return new ConversationWorld(fresh, await TestCompany.AddAsync(fresh));
    }

    /// <summary>A message of WhatsApp as a body. At is in seconds after the clock's start, an hour ago.</summary>
    public string Text(string id, string text, string from = "972501112233", int at = 0, string? contacts = null) =>
        Bodies.WhatsAppMessage(
            $$$"""{"from":"{{{from}}}","id":"{{{id}}}","timestamp":"{{{Seconds(at)}}}","type":"text","text":{"body":{{{Bodies.Quoted(text)}}}}}""",
            contacts ?? $$$"""[{"profile":{"name":"Sara Levi"},"wa_id":"{{{from}}}"}]""");

    public string About(string message, int at = 0) =>
        Bodies.WhatsAppMessage("{\"timestamp\":\"" + Seconds(at) + "\"," + message[1..], """[{"wa_id":"972501112233"}]""");

    public long Seconds(int at) => new DateTimeOffset(begin).ToUnixTimeSeconds() - 3600 + at;

    public Task ReceiveAsync(params string[] bodies) => ReceiveAsync(bodies, true);

    /// <summary>Stores the bodies as the door does and, if told, works on them.</summary>
    public async Task ReceiveAsync(IEnumerable<string> bodies, bool work)
    {
        foreach (var body in bodies)
            await services.GetRequiredService<InboundDoor>().StoreAsync(Company.Id, [.. MetaBody.Split(Encoding.UTF8.GetBytes(body), InboundSources.Meta).Select(unit => unit.Unit)]);
        if (work)
            await WorkAsync();
    }

    /// <summary>Works on everything that is due.</summary>
    public async Task WorkAsync()
    {
        var runner = services.GetRequiredService<InboundRunner>();
        while (await services.GetRequiredService<InboundClaims>().ClaimAsync(runner.Sources, 100, Time.UtcNow, Stop) is { Count: > 0 } claimed)
        {
            foreach (var group in claimed.GroupBy(one => (one.CompanyId, one.Source)))
                await runner.RunAsync(group.Key.CompanyId, group.Key.Source, [.. group.Select(one => one.Id)], Stop);
        }
    }

    public async Task LaterAsync(TimeSpan time)
    {
        Time.Advance(time);
        await WorkAsync();
    }

    public AppDbContext Open() => database.Database.Open(Company.Id);

    public async Task<Lead> OnlyLeadAsync()
    {
        await using var context = Open();
        return await context.Leads.SingleAsync(Stop);
    }

    public async Task<List<LeadMessage>> MessagesAsync()
    {
        await using var context = Open();
        return await context.LeadMessages.OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(Stop);
    }

    public async Task<List<InboundEvent>> EventsAsync()
    {
        await using var context = Open();
        return await context.InboundEvents.OrderBy(row => row.Id).ToListAsync(Stop);
    }

    public async Task<List<TimelineEntry>> TimelineAsync()
    {
        await using var context = Open();
        return await context.TimelineEntries.OrderBy(row => row.Id).ToListAsync(Stop);
    }

    public async Task<string> SearchTextAsync()
    {
        await LeadSearchIndexer.CatchUpAsync(database.Database, Stop);
        await using var context = Open();
        return string.Concat(await context.SearchEntries.Select(row => row.Text).ToListAsync(Stop));
    }

    public async Task<T> ChangeAsync<T>(Func<AppDbContext, Task<T>> change) => await database.Database.WriteAsync(Company.Id, change, Stop);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed class OpenBox : ISecretBox
    {
        public string Close(string secret) => secret;

        public string? Open(string closed) => closed;
    }
}
