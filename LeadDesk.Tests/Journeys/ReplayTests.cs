using System.Net.Http.Json;
using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Simulators;
using LeadDesk.Simulators.Forms;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Mail;
using LeadDesk.Simulators.Messaging;
using LeadDesk.Simulators.Wire;
using LeadDesk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Journeys;

/// <summary>What every channel sends, once in order and three times in parallel in any order: the same leads.</summary>
public sealed class ReplayTests
{
    private const int People = 3;

    /// <summary>Far enough apart that no two senders speak of the same person.</summary>
    private const int Apart = 1000;

    /// <summary>
    /// Whether somebody with a number and somebody with an id alone are one person shows only in a message with both; when it comes last, they are two leads, linked as possible
    /// duplicates.
    /// </summary>
    private static readonly string[] KnownByLess = ["username_only", "no_profile", "no_contacts"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Everything_posted_three_times_in_parallel_and_out_of_order_makes_the_leads_of_once(DatabaseEngine engine)
    {
        await using var simulators = SimulatorApp.Build("--urls", "http://127.0.0.1:0");
        await simulators.StartAsync(Stop);
        var sent = Everything(simulators);

        var once = await LeadsAfterAsync(engine, simulators, sent, repeat: 1, atOnce: 1);
        var thrice = await LeadsAfterAsync(engine, simulators, sent, repeat: 3, atOnce: 16);

        once.Count.ShouldBeGreaterThan(80);
        thrice.ShouldBe(once);
    }

    private static Dictionary<string, IReadOnlyList<OutgoingCall>> Everything(WebApplication simulators)
    {
        var graph = simulators.Services.GetRequiredService<GraphSimulator>();
        var messages = simulators.Services.GetRequiredService<MessageSender>();
        var now = DateTime.UtcNow;
        var anywhere = new Uri("http://localhost/");
        MessagePlan Plan(int first, IReadOnlyList<string> kinds) => new(anywhere, GraphSimulator.DefaultAppSecret, kinds) { People = People, FirstPerson = first * Apart };
        return new(StringComparer.Ordinal)
        {
            ["/webhooks/whatsapp"] = [.. messages.PrepareWhatsApp(Plan(1, [.. WhatsAppKinds.Messages.Except(KnownByLess)])), .. messages.PrepareWhatsApp(Plan(2, ["text", "image"]) with { WithoutPhone = true, PerBody = 4 })],
            ["/webhooks/instagram"] = [.. messages.PreparePage(Plan(3, PageKinds.Messages), "instagram", MessageSender.InstagramAccountId), .. messages.PreparePage(Plan(4, ["text"]), "page", SampleForms.PageId)],
            // LinkedIn's notices only name a lead, which needs a token to fetch.
            ["form"] = [.. PretendForms.Platforms.Where(platform => platform is not "linkedin").Order(StringComparer.Ordinal).Index()
                .SelectMany(platform => PretendForms.Prepare(platform.Item, graph.Seed, (10 + platform.Index) * Apart, People, now))],
            ["mail"] = [.. PretendMails.Shapes.SelectMany(shape => PretendMails.Kinds.Select(kind => (shape, kind))).Index()
                .SelectMany(mail => PretendMails.Prepare(mail.Item.shape, mail.Item.kind, graph.Seed, (40 + mail.Index) * Apart, People, now))],
        };
    }

    private static async Task<List<string>> LeadsAfterAsync(
        DatabaseEngine engine, WebApplication simulators, Dictionary<string, IReadOnlyList<OutgoingCall>> sent, int repeat, int atOnce)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var app = await LeadDeskProcess.StartAsync(new Dictionary<string, string>(Acme.Settings, StringComparer.Ordinal)
        {
            ["ConnectionStrings:LeadDesk"] = database.ConnectionString,
            ["LeadDesk:Meta:AppSecret"] = GraphSimulator.DefaultAppSecret,
        });
        using var program = Acme.Program(app);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = await AddressAsync(program, "/api/v1/forms"), ["mail"] = await AddressAsync(program, "/api/v1/mailboxes") };
        var sender = simulators.Services.GetRequiredService<CallSender>();
        var reports = await Task.WhenAll(sent.Select(async channel =>
        {
            var plan = new SendPlan(new Uri(app.Address, addresses.GetValueOrDefault(channel.Key, channel.Key)), MostAtOnce: atOnce);
            return await sender.SendAsync(channel.Value.RepeatAndShuffle(repeat, repeat > 1, seed: 7), plan, Stop);
        }));
        reports.ShouldAllBe(report => report.GivenUp == 0);
        await Eventually.BecomesTrueAsync(() => NothingWaitsAsync(database), TimeSpan.FromSeconds(180));
        return await LeadsAsync(database);
    }

    private static async Task<string> AddressAsync(HttpClient program, string sources)
    {
        using var made = await program.PostAsJsonAsync(sources, new { name = "Replay" }, Stop);
        made.EnsureSuccessStatusCode();
        return new Uri((await made.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("url").GetString()!).AbsolutePath;
    }

    private static async Task<bool> NothingWaitsAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        return !await context.InboundEvents.IgnoreQueryFilters().AnyAsync(row => row.State == InboundState.Received, Stop);
    }

    /// <summary>Everything but the order of arrival.</summary>
    private static async Task<List<string>> LeadsAsync(TestDatabase database)
    {
        await using var context = database.OpenAll();
        var leads = await context.Leads.IgnoreQueryFilters().Select(lead => new { lead.Channel, lead.Name, lead.Phone, lead.Email, lead.ExternalId, lead.MessageCount, lead.SubmissionCount }).ToListAsync(Stop);
        return [.. leads.Select(lead => lead.ToString()!).Order(StringComparer.Ordinal)];
    }
}
