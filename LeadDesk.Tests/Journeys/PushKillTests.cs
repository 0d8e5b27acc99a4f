using System.Net.Http.Json;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Simulators;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Journeys;

/// <summary>Meta pushes, repeats itself and retries while the same leads are fetched; the process dies in the middle. Every lead is there once.</summary>
public sealed class PushKillTests
{
    private const int Leads = 600;
    private const int BeforeTheKill = 150;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_pushed_lead_is_there_once_after_kill_9_and_metas_retries(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var simulators = SimulatorApp.Build("--urls", "http://127.0.0.1:0");
        await simulators.StartAsync(Stop);
        var graph = simulators.Services.GetRequiredService<GraphSimulator>();
        await using var app = await LeadDeskProcess.StartAsync(new Dictionary<string, string>(Acme.Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings:LeadDesk"] = database.ConnectionString,
            ["LeadDesk:Meta:GraphUrl"] = simulators.Urls.Single(),
            ["LeadDesk:Meta:AppSecret"] = GraphSimulator.DefaultAppSecret,
        });
        var made = graph.AddLeads(SampleForms.QuoteFormId, Leads, DateTime.UtcNow.AddHours(-1), DateTime.UtcNow).Select(lead => lead.Id).ToList();
        using var program = Acme.Program(app);
        // Its first run fetches the same leads that are pushed meanwhile.
        using var connected = await program.PostAsJsonAsync("/api/v1/meta-connections", new { page_id = SampleForms.PageId, access_token = GraphSimulator.DefaultToken, interval_seconds = 86_400 }, Stop);
        connected.IsSuccessStatusCode.ShouldBeTrue();

        // Twice each, in any order, with Meta's retries on whatever is not answered with 200.
        var plan = new PushPlan(new Uri(app.Address, "/webhooks/meta"), GraphSimulator.DefaultAppSecret) { LeadIds = made, Repeat = 2, Shuffle = true, PerBody = 3, Rate = 100, Retries = 60, RetrySeconds = 0.5 };
        var sending = LeadPush.SendAsync(simulators.Services.GetRequiredService<CallSender>(), graph, plan, Stop);
        await Eventually.BecomesTrueAsync(async () => await StoredAsync(database) >= BeforeTheKill);
        await app.Kill9Async();
        await app.RestartAsync();
        (await sending).GivenUp.ShouldBe(0);
        await Eventually.BecomesTrueAsync(async () => await WaitingAsync(database) is 0, InboundClaims.Lease * 3);

        await using var context = database.OpenAll();
        var events = await context.InboundEvents.IgnoreQueryFilters().Where(row => row.Source == InboundSources.Meta).Select(row => new { row.RepeatKey, row.State, row.LeadId }).ToListAsync(Stop);
        events.ShouldAllBe(row => row.State == InboundState.Processed && row.LeadId != null);
        events.Select(row => row.RepeatKey).ShouldBe(made, ignoreOrder: true);
        (await context.Leads.IgnoreQueryFilters().SumAsync(lead => lead.SubmissionCount, Stop)).ShouldBe(events.Count);
    }

    private static async Task<int> StoredAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return await context.InboundEvents.IgnoreQueryFilters().CountAsync(Stop);
    }

    private static async Task<int> WaitingAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return await context.InboundEvents.IgnoreQueryFilters().CountAsync(row => row.State == InboundState.Received, Stop);
    }
}
