using System.Net;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Graph;

namespace LeadDesk.Tests.Simulators;

public sealed class ConversionsTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    private const string Hash = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b";

    [Fact]
    public async Task A_good_batch_is_remembered_in_order()
    {
        host.Graph.Reset();
        var (status, body) = await SendAsync(Event("Qualified", "e1"), Event("Won", "e2"));
        status.ShouldBe(HttpStatusCode.OK);
        body["events_received"]!.GetValue<int>().ShouldBe(2);
        host.Graph.Events.Select(happened => (happened.Name, happened.EventId, happened.LeadId)).ShouldBe([("Qualified", "e1", "1200000000000000"), ("Won", "e2", "1200000000000000")]);
    }

    [Theory]
    [InlineData("event_name", null)]
    [InlineData("event_time", 1)]
    [InlineData("event_time", 1790848800000)]
    [InlineData("action_source", "shop")]
    [InlineData("user_data", null)]
    public async Task One_bad_event_refuses_the_batch(string name, object? value)
    {
        host.Graph.Reset();
        var bad = Event("Won", "e2");
        bad[name] = value is null ? null : JsonValue.Create(value);
        var (status, body) = await SendAsync(Event("Qualified", "e1"), bad);
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!["code"]!.GetValue<int>().ShouldBe(100);
        host.Graph.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Contact_fields_must_be_hashed()
    {
        var plain = Event("Won", "e1");
        plain["user_data"]!["em"] = new JsonArray("ayse@ornek.example");
        (await SendAsync(plain)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_batch_has_at_most_1000_events()
    {
        (await SendAsync([.. Enumerable.Range(0, 1000).Select(index => Event("Won", $"e{index}"))])).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync([.. Enumerable.Range(0, 1001).Select(index => Event("Won", $"e{index}"))])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync()).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private JsonObject Event(string name, string id) => new()
    {
        ["event_name"] = name,
        ["event_time"] = new DateTimeOffset(host.Time.UtcNow).ToUnixTimeSeconds(),
        ["event_id"] = id,
        ["action_source"] = "system_generated",
        ["user_data"] = new JsonObject { ["lead_id"] = 1200000000000000, ["em"] = new JsonArray(Hash) },
    };

    private Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(params JsonNode[] events) =>
        host.PostAsync($"{GraphSimulator.DatasetId}/events", new JsonObject { ["data"] = new JsonArray(events) });
}
