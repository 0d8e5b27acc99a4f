using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Graph;

namespace LeadDesk.Tests.Simulators;

public sealed class GraphFaultTests : IAsyncLifetime
{
    private readonly SimulatorHost _host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string> AnsweredFaults => [.. GraphFaults.All.Where(fault => !fault.Drops && !fault.Hangs).Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(AnsweredFaults))]
    public async Task Each_fault_comes_as_often_as_told_and_then_never_again(string name)
    {
        var fault = GraphFaults.Find(name)!;
        _host.Graph.FailNext(name, times: 2, after: 1);
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 2; i++)
        {
            using var response = await AskAsync("me");
            ((int)response.StatusCode).ShouldBe(fault.Status);
            (await response.Content.ReadAsStringAsync(Ct)).ShouldBe(fault.Body);
            response.Headers.Contains("X-Business-Use-Case-Usage").ShouldBe(fault.Minutes is not null);
        }

        (await StatusAsync("me")).ShouldBe(HttpStatusCode.OK);
        _host.Graph.FailedCallCount.ShouldBe(2);
    }

    [Fact]
    public void Each_error_with_a_code_is_an_error_object()
    {
        foreach (var fault in GraphFaults.All.Where(fault => fault.Body.Contains("\"code\":", StringComparison.Ordinal)))
            JsonNode.Parse(fault.Body)!["error"]!["message"]!.GetValueKind().ShouldBe(JsonValueKind.String, fault.Name);
    }

    [Fact]
    public async Task A_fault_can_be_meant_for_one_address()
    {
        var (spared, hit) = (_host.Graph.AddLead(), _host.Graph.AddLead());
        _host.Graph.FailNext("missing", on: hit.Id);
        (await StatusAsync(spared.Id)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(hit.Id)).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(hit.Id)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_dropped_call_has_no_answer()
    {
        _host.Graph.FailNext("drop");
        await Should.ThrowAsync<HttpRequestException>(() => StatusAsync("me"));
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_outage_ends_when_its_time_is_over()
    {
        _host.Graph.GoDown(TimeSpan.FromHours(1));
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _host.Time.Advance(TimeSpan.FromMinutes(59));
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Usage_headers_appear_when_they_are_set()
    {
        (await AskAsync("me")).Headers.Contains("X-App-Usage").ShouldBeFalse();
        _host.Graph.Usage = new GraphUsage(AppPercent: 28, PagePercent: 81, Minutes: 3);
        using var response = await AskAsync("me");
        JsonNode.Parse(response.Headers.GetValues("X-App-Usage").Single())!["call_count"]!.GetValue<int>().ShouldBe(28);
        var usage = JsonNode.Parse(response.Headers.GetValues("X-Business-Use-Case-Usage").Single())!.AsObject().Single().Value![0]!;
        usage["call_count"]!.GetValue<int>().ShouldBe(81);
        usage["estimated_time_to_regain_access"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task Calls_are_kept_without_tokens()
    {
        (await _host.Http.GetAsync($"{_host.Address}/v25.0/me?fields=id&access_token={GraphSimulator.DefaultToken}&appsecret_proof=1", Ct)).Dispose();
        var call = _host.Graph.Calls.Single();
        call.Path.ShouldBe("/v25.0/me");
        call.Query.ShouldBe("fields=id");
    }

    [Fact]
    public async Task The_control_addresses_do_the_same()
    {
        await _host.ControlAsync("graph/leads", JsonNode.Parse("""{"count":3,"from":"2026-09-30T00:00:00Z"}""")!);
        _host.Graph.LeadCount.ShouldBe(3);
        await _host.ControlAsync("graph/fail", JsonNode.Parse("""{"fault":"html","times":1}""")!);
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.BadGateway);
        await _host.ControlAsync("graph/fail", JsonNode.Parse("""{"status":418,"body":"{\"odd\":1}"}""")!);
        ((int)await StatusAsync("me")).ShouldBe(418);
        await _host.ControlAsync("graph/down", JsonNode.Parse("""{"seconds":60,"fault":"html"}""")!);
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.BadGateway);
        await _host.ControlAsync("graph/up", new JsonObject());
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.OK);
        await _host.ControlAsync("graph/token", JsonNode.Parse("""{"valid":false}""")!);
        (await StatusAsync("me")).ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await AskAsync(path);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_host.Address}/v25.0/{path}");
        request.Headers.Authorization = new("Bearer", GraphSimulator.DefaultToken);
        return await _host.Http.SendAsync(request, Ct);
    }
}
