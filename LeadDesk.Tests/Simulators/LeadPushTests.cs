using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LeadDesk.Tests.Simulators;

public sealed class LeadPushTests : IAsyncLifetime
{
    private const string Secret = "s3cret";

    private readonly SimulatorHost _host = new();
    private readonly ConcurrentQueue<(byte[] Body, string? Signature)> _received = [];
    private readonly WebApplication _receiver;
    private int _refusals;

    public LeadPushTests()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Logging:LogLevel:Default", "Warning"]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.MapPost("/hook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, Ct);
            if (Interlocked.Decrement(ref _refusals) >= 0) return Results.StatusCode(503);
            _received.Enqueue((body.ToArray(), request.Headers["X-Hub-Signature-256"]));
            return Results.Ok();
        });
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Uri Hook => new(_receiver.Urls.Single() + "/hook");

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _receiver.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(250, 1000)]
    [InlineData(25, 7)]
    public async Task Every_lead_is_told_once_in_signed_bodies(int count, int perBody)
    {
        var report = await PushAsync(new PushPlan(Hook, Secret) { Count = count, PerBody = perBody });
        var bodies = (count + perBody - 1) / perBody;
        report.Statuses.ShouldBe(new Dictionary<int, int> { [200] = bodies });
        _received.Count.ShouldBe(bodies);
        foreach (var (body, signature) in _received) signature.ShouldBe("sha256=" + Hmac(Secret, body));
        var ids = _received.SelectMany(call => Changes(call.Body)).Select(change => change["value"]!["leadgen_id"]!.ToString()).ToArray();
        ids.Distinct().Count().ShouldBe(count);
        foreach (var id in ids) (await _host.GetAsync(id)).Body["id"]!.ToString().ShouldBe(id);
    }

    [Fact]
    public async Task A_wrong_signature_does_not_fit_and_none_is_left_out()
    {
        await PushAsync(new PushPlan(Hook, Secret) { WrongSignature = true });
        await PushAsync(new PushPlan(Hook, null));
        _received.First().Signature.ShouldNotBe("sha256=" + Hmac(Secret, _received.First().Body));
        _received.Last().Signature.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_not_taken_is_sent_again_unchanged()
    {
        _refusals = 3;
        var report = await PushAsync(new PushPlan(Hook, Secret) { Count = 2, RetrySeconds = 0 });
        report.Statuses.ShouldBe(new Dictionary<int, int> { [200] = 2, [503] = 3 });
        report.GivenUp.ShouldBe(0);
        _received.Select(call => Hmac(Secret, call.Body)).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Repeats_come_shuffled_the_same_way_for_the_same_seed()
    {
        var first = await OrderAsync();
        _host.Graph.Reset();
        var second = await OrderAsync();
        first.Count.ShouldBe(60);
        first.ShouldBe(second);
        first.SequenceEqual(first.Order()).ShouldBeFalse();
        first.GroupBy(id => id).ShouldAllBe(group => group.Count() == 3);
    }

    [Fact]
    public async Task A_callback_that_is_not_there_is_reported_as_no_answer()
    {
        var report = await PushAsync(new PushPlan(new Uri("http://127.0.0.1:1/"), Secret) { Retries = 1, RetrySeconds = 0 });
        report.Statuses.ShouldBe(new Dictionary<int, int> { [0] = 2 });
        report.GivenUp.ShouldBe(1);
    }

    [Fact]
    public void Bodies_are_written_as_Meta_writes_them()
    {
        var body = MetaJson.Write(new JsonObject { ["name"] = "أحمد é 🌸 \"x\" a/b <&> \u001f" });
        Encoding.ASCII.GetString(body).ShouldBe("""{"name":"\u0623\u062d\u0645\u062f \u00e9 \ud83c\udf38 \"x\" a\/b <&> \u001f"}""");
        JsonNode.Parse(body)!["name"]!.ToString().ShouldBe("أحمد é 🌸 \"x\" a/b <&> \u001f");
    }

    private async Task<List<string>> OrderAsync()
    {
        _received.Clear();
        await PushAsync(new PushPlan(Hook, Secret) { Count = 20, Repeat = 3, Shuffle = true, MostAtOnce = 1, NumericIds = true });
        return [.. _received.SelectMany(call => Changes(call.Body)).Select(change => change["value"]!["leadgen_id"]!.GetValue<long>().ToString(CultureInfo.InvariantCulture))];
    }

    private Task<SendReport> PushAsync(PushPlan plan) => LeadPush.SendAsync(_host.Sender, _host.Graph, plan, Ct);

    private static IEnumerable<JsonNode> Changes(byte[] body) => JsonNode.Parse(body)!["entry"]!.AsArray().SelectMany(entry => entry!["changes"]!.AsArray())!;

    private static string Hmac(string secret, byte[] body)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        return Convert.ToHexString(hmac.ComputeHash(body)).ToLower(CultureInfo.InvariantCulture);
    }
}
