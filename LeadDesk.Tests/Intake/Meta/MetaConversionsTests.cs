using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Intake.Meta;
using LeadDesk.Leads;
using LeadDesk.Simulators.Graph;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class MetaConversionsTests : IAsyncDisposable
{
    private const string Form = MetaWorld.Form;

    private MetaWorld world = null!;
    private MetaConnection connection = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Qualified_and_won_stages_of_Metas_leads_are_told_once(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var ann = await LeadAsync("ann@example.com", "+447400123456");
        var bob = await LeadAsync("bob@example.com", "+447400123457");
        await MoveAsync(ann.LeadId, "Contacted", "Qualified", "Won");
        await MoveAsync(bob.LeadId, "Lost");

        await world.RunAsync<MetaConversions>();
        await world.RunAsync<MetaConversions>();
        world.Time.Advance(TimeSpan.FromMinutes(10));
        await world.RunAsync<MetaConversions>();

        var events = world.Graph.Events;
        events.Select(told => (told.Name, told.LeadId)).ShouldBe([("Qualified", ann.MetaId), ("Won", ann.MetaId)]);
        var body = JsonElement.Parse(events[0].Json);
        body.GetProperty("action_source").GetString().ShouldBe("system_generated");
        body.GetProperty("custom_data").GetProperty("event_source").GetString().ShouldBe("crm");
        body.GetProperty("user_data").GetProperty("em")[0].GetString().ShouldBe(Hash("ann@example.com"));
        body.GetProperty("user_data").GetProperty("ph")[0].GetString().ShouldBe(Hash("447400123456"));
        (await RowsAsync()).ShouldAllBe(row => row.SentAt != null && row.Error == null);
        (await world.ConnectionAsync(connection)).ConversionsUpTo.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_cannot_be_sent_now_is_sent_later_and_what_Meta_refuses_does_not_stop_the_others(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var leads = new List<(long LeadId, string MetaId)>();
        for (var i = 0; i < 5; i++)
            leads.Add(await LeadAsync($"p{i}@example.com", $"+44740012340{i}", i is 2 ? "4567890123456789123456" : null));
        foreach (var lead in leads)
            await MoveAsync(lead.LeadId, "Qualified");
        world.Graph.FailNext("service", on: "/events");

        await world.RunAsync<MetaConversions>();
        world.Graph.Events.ShouldBeEmpty();
        (await RowsAsync()).Count(row => row.SentAt == null && row.Error == null).ShouldBe(5);

        await world.RunAsync<MetaConversions>();
        world.Graph.Events.Count.ShouldBe(4);
        (await RowsAsync()).Single(row => row.SentAt == null).Error.ShouldNotBeNull();
        (await world.NoticesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_data_set_is_told_and_nothing_is_given_up()
    {
        await OpenAsync(DatabaseEngine.Sqlite, "999");
        var lead = await LeadAsync("ann@example.com", "+447400123456");
        await MoveAsync(lead.LeadId, "Won");

        await world.RunAsync<MetaConversions>();

        (await RowsAsync()).ShouldHaveSingleItem().Error.ShouldBeNull();
        (await world.NoticesAsync()).ShouldHaveSingleItem().Kind.ShouldBe(MetaNotices.Conversions);
        (await world.ConnectionAsync(connection)).State.ShouldBe(MetaConnectionState.Active);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private async Task OpenAsync(DatabaseEngine engine, string dataset = GraphSimulator.DatasetId)
    {
        world = await MetaWorld.OpenAsync(engine);
        connection = await world.ConnectAsync(Form);
        await world.Database.Database.WriteAsync(world.Company.Id, context => context.MetaConnections.ExecuteUpdateAsync(set => set.SetProperty(row => row.ConversionsDatasetId, dataset), Stop), Stop);
    }

    private async Task<(long LeadId, string MetaId)> LeadAsync(string email, string phone, string? id = null)
    {
        SimulatedAnswer[] answers = [new("email", [email]), new("phone_number", [phone])];
        var made = id is null
            ? world.Graph.AddLeadWith(Form, world.Time.UtcNow, answers)
            : world.Graph.AddLead(new SimulatedLead { Id = id, FormId = Form, CreatedAt = world.Time.UtcNow, Answers = answers });
        await world.SyncAsync(connection);
        return (await world.ReadAsync(context => context.Leads.Where(lead => lead.Email == email).Select(lead => lead.Id).SingleAsync(Stop)), made.Id);
    }

    private async Task MoveAsync(long leadId, params string[] stages)
    {
        foreach (var name in stages)
        {
            var stage = world.Company.Stages.Single(row => row.Name == name);
            (await world.Services.GetRequiredService<LeadService>().ChangeStageAsync(world.Company.Admin, leadId, stage.Id, null, Stop)).Succeeded.ShouldBeTrue();
        }
    }

    private Task<List<MetaConversion>> RowsAsync() => world.ReadAsync(context => context.MetaConversions.OrderBy(row => row.Id).ToListAsync(Stop));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
