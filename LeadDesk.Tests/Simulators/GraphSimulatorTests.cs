using System.Net;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Graph;

namespace LeadDesk.Tests.Simulators;

public sealed class GraphSimulatorTests : IAsyncLifetime
{
    private const string Form = SampleForms.QuoteFormId;

    private readonly SimulatorHost _host = new();

    private GraphSimulator Graph => _host.Graph;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_lead_has_the_fields_asked_for_in_Metas_shape()
    {
        var lead = Enumerable.Range(0, 20).Select(_ => Graph.AddLead()).First(made => made.HasAd);
        var (_, body) = await _host.GetAsync($"{lead.Id}?fields=created_time,ad_id,campaign_name,platform,is_organic,field_data,custom_disclaimer_responses");
        body["id"]!.ToString().ShouldBe(lead.Id);
        body["created_time"]!.ToString().ShouldBe("2026-10-01T10:00:00+0000");
        body["ad_id"]!.ToString().ShouldStartWith("2385");
        body["platform"]!.ToString().ShouldBeOneOf("fb", "ig");
        body["field_data"]![0]!["name"]!.ToString().ShouldBe("full_name");
        body["field_data"]![0]!["values"]![0]!.ToString().ShouldNotBeEmpty();
        body["custom_disclaimer_responses"]![0]!["is_checked"]!.ToString().ShouldBe("1");
        body["form_id"].ShouldBeNull();
    }

    [Fact]
    public async Task An_organic_lead_names_no_ad()
    {
        var lead = Graph.AddLead(new SimulatedLead { Id = "42", FormId = Form, CreatedAt = _host.Time.UtcNow, IsOrganic = true });
        var (_, body) = await _host.GetAsync($"{lead.Id}?fields=ad_id,adset_name,campaign_id,is_organic");
        body.ToJsonString().ShouldBe("""{"is_organic":true,"id":"42"}""");
    }

    [Fact]
    public async Task Answers_may_lack_their_values_or_be_missing_altogether()
    {
        Graph.AddLead(new SimulatedLead { Id = "1", FormId = Form, CreatedAt = _host.Time.UtcNow, Answers = [new("email", null), new("phone", [])] });
        Graph.AddLead(new SimulatedLead { Id = "2", FormId = Form, CreatedAt = _host.Time.UtcNow, HasNoFieldData = true });
        (await _host.GetAsync("1?fields=field_data")).Body["field_data"]!.ToJsonString().ShouldBe("""[{"name":"email"},{"name":"phone","values":[]}]""");
        (await _host.GetAsync("2")).Body["field_data"].ShouldBeNull();
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_leads()
    {
        var first = Graph.AddLead();
        var told = (await _host.GetAsync(first.Id)).Body.ToJsonString();
        Graph.Reset();
        var again = Graph.AddLead();
        (await _host.GetAsync(again.Id)).Body.ToJsonString().ShouldBe(told);
        Graph.Seed = 2;
        (await _host.GetAsync(again.Id)).Body.ToJsonString().ShouldNotBe(told);
    }

    [Fact]
    public async Task Several_leads_are_read_by_their_ids_at_once()
    {
        string[] ids = [Graph.AddLead().Id, Graph.AddLead().Id];
        var (_, body) = await _host.GetAsync($"?ids={string.Join(',', ids)}&fields=id");
        body.AsObject().Select(pair => pair.Key).ShouldBe(ids);
        (await _host.GetAsync($"?ids={ids[0]},99")).Body["error"]!["error_subcode"]!.GetValue<int>().ShouldBe(33);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("99/leads")]
    [InlineData("99/leadgen_forms")]
    [InlineData(Form + "/shoes")]
    public async Task Unknown_objects_are_100_33(string path)
    {
        var (status, body) = await _host.GetAsync(path);
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!["code"]!.GetValue<int>().ShouldBe(100);
        body["error"]!["error_subcode"]!.GetValue<int>().ShouldBe(33);
    }

    [Fact]
    public async Task A_page_token_does_not_see_another_pages_leads()
    {
        Graph.AddPage("5", "Others", "TOKEN5");
        var lead = Graph.AddLead();
        (await _host.GetAsync(lead.Id, "TOKEN5")).Body["error"]!["code"]!.GetValue<int>().ShouldBe(100);
        (await _host.GetAsync($"{Form}/leads", "TOKEN5")).Body["error"]!["code"]!.GetValue<int>().ShouldBe(100);
    }

    [Fact]
    public async Task A_token_that_is_unknown_missing_or_expired_is_190()
    {
        Graph.SetToken(new SimulatedToken("OLD", SampleForms.PageId, SimulatedToken.AllScopes, _host.Time.UtcNow.AddHours(1)));
        (await _host.GetAsync("me", "OLD")).Status.ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromHours(1));
        (await _host.GetAsync("me", "OLD")).Body["error"]!["error_subcode"]!.GetValue<int>().ShouldBe(463);
        (await _host.GetAsync("me", "WRONG")).Body["error"]!["code"]!.GetValue<int>().ShouldBe(190);
        JsonNode.Parse(await (await _host.Http.GetAsync($"{_host.Address}/v25.0/me", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!["code"]!.GetValue<int>().ShouldBe(190);
        (await _host.GetAsync("debug_token?input_token=OLD")).Body["data"]!["is_valid"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_without_the_permission_is_200()
    {
        Graph.SetToken(new SimulatedToken("POOR", SampleForms.PageId, ["pages_show_list"]));
        (await _host.GetAsync($"{Form}/leads", "POOR")).Body["error"]!["code"]!.GetValue<int>().ShouldBe(200);
        (await _host.GetAsync("me/permissions", "POOR")).Body["data"]!.AsArray().Single(row => row!["permission"]!.ToString() == "leads_retrieval")!["status"]!.ToString().ShouldBe("declined");
    }

    [Fact]
    public async Task A_wrong_proof_is_refused_and_a_right_one_taken()
    {
        Graph.RequiresProof = true;
        Graph.AppSecret = "test_app_secret";
        Graph.SetToken(new SimulatedToken("EAAB_test_token", SampleForms.PageId, SimulatedToken.AllScopes));
        (await _host.GetAsync("me", "EAAB_test_token")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _host.GetAsync("me?appsecret_proof=00", "EAAB_test_token")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _host.GetAsync("me?appsecret_proof=e9d107fd0932dca1e0bad1e5d56be07ff87824d7ed79aaddcb06139adfcad459", "EAAB_test_token")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_has_one_test_lead_until_it_is_deleted()
    {
        var id = (await _host.PostAsync($"{Form}/test_leads")).Body["id"]!.ToString();
        (await _host.PostAsync($"{Form}/test_leads")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var (_, lead) = await _host.GetAsync(id);
        lead["field_data"]![0]!["values"]![0]!.ToString().ShouldBe("<test lead: dummy data for full_name>");
        Graph.RemoveLead(id).ShouldBeTrue();
        (await _host.PostAsync($"{Form}/test_leads")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_subscription_is_remembered()
    {
        (await _host.GetAsync($"{SampleForms.PageId}/subscribed_apps")).Body["data"]!.AsArray().ShouldBeEmpty();
        await _host.PostAsync($"{SampleForms.PageId}/subscribed_apps?subscribed_fields=leadgen,feed");
        (await _host.GetAsync($"{SampleForms.PageId}/subscribed_apps")).Body["data"]![0]!["subscribed_fields"]!.AsArray().Select(field => field!.ToString()).ShouldBe(["leadgen", "feed"]);
    }

    [Fact]
    public async Task Leads_past_their_retention_are_counted_as_expired_and_listed_no_more()
    {
        Graph.Retention = TimeSpan.FromDays(90);
        Graph.AddLead(Form, _host.Time.UtcNow.AddDays(-91));
        var young = Graph.AddLead(Form, _host.Time.UtcNow.AddDays(-89));
        (await _host.GetAsync($"{Form}/leads?fields=id")).Body["data"]!.AsArray().Single()!["id"]!.ToString().ShouldBe(young.Id);
        (await _host.GetAsync($"{Form}?fields=expired_leads_count,leads_count")).Body["expired_leads_count"]!.GetValue<int>().ShouldBe(1);
    }
}
