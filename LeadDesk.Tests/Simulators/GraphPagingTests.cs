using System.Net;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Simulators.Graph;

namespace LeadDesk.Tests.Simulators;

public sealed class GraphPagingTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    private static readonly DateTime s_start = new(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Leads share their second with up to two others, and some arrive while somebody reads.</summary>
    [Fact]
    public void Pages_of_any_size_give_each_lead_once_newest_first_while_new_ones_arrive()
    {
        var run = 0;
        Prop.ForAll(Gen.Choose(0, 90).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), (count, limit, arriving) =>
        {
            var form = host.Graph.AddForm($"7000{run++}", "Any");
            var before = Enumerable.Range(0, count).Select(index => host.Graph.AddLead(form.Id, s_start.AddSeconds(index / 3)).Id).ToArray();
            var read = new List<string>();
            for (var path = $"{form.Id}/leads?fields=id&limit={limit}"; path is not null;)
            {
                var page = host.GetAsync(path).GetAwaiter().GetResult().Body;
                read.AddRange(Ids(page));
                for (var i = 0; i < arriving; i++) host.Graph.AddLead(form.Id, s_start.AddDays(1));
                path = page["paging"]?["next"]?.ToString();
            }

            read.ShouldBe(before.Reverse());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Without_a_limit_a_page_has_25_leads()
    {
        var form = host.Graph.AddForm("71", "Default limit");
        host.Graph.AddLeads(form.Id, 30, s_start, s_start.AddHours(1));
        var (_, page) = await host.GetAsync("71/leads");
        Ids(page).Count.ShouldBe(25);
        page["paging"]!["next"]!.ToString().ShouldContain("access_token=" + GraphSimulator.DefaultToken);
    }

    [Fact]
    public async Task The_last_page_has_cursors_but_no_next_and_an_empty_one_has_no_paging()
    {
        var form = host.Graph.AddForm("72", "Last page");
        (await host.GetAsync("72/leads")).Body["paging"].ShouldBeNull();
        host.Graph.AddLead(form.Id, s_start);
        var (_, page) = await host.GetAsync("72/leads");
        page["paging"]!["next"].ShouldBeNull();
        var after = page["paging"]!["cursors"]!["after"]!.ToString();
        Ids((await host.GetAsync($"72/leads?after={after}")).Body).ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_goes_back_to_the_page_one_came_from()
    {
        var form = host.Graph.AddForm("73", "Back");
        host.Graph.AddLeads(form.Id, 9, s_start, s_start.AddHours(1));
        var first = (await host.GetAsync("73/leads?limit=4")).Body;
        var second = (await host.GetAsync(first["paging"]!["next"]!.ToString())).Body;
        var back = (await host.GetAsync(second["paging"]!["previous"]!.ToString())).Body;
        Ids(back).ShouldBe(Ids(first));
    }

    [Theory]
    [InlineData("GREATER_THAN", 2)]
    [InlineData("GREATER_THAN_OR_EQUAL", 3)]
    [InlineData("LESS_THAN", 2)]
    public async Task Each_operator_filters_by_the_second(string comparison, int expected)
    {
        var form = host.Graph.AddForm("74" + comparison.Length, "Filter");
        for (var i = 0; i < 5; i++) host.Graph.AddLead(form.Id, s_start.AddSeconds(i));
        var value = new DateTimeOffset(s_start).ToUnixTimeSeconds() + 2;
        Ids((await host.GetAsync($"{form.Id}/leads?limit=1&filtering={Filter("time_created", comparison, value)}")).Body).Count.ShouldBe(1);
        Ids((await host.GetAsync($"{form.Id}/leads?filtering={Filter("time_created", comparison, value)}")).Body).Count.ShouldBe(expected);
    }

    [Fact]
    public async Task Conditions_add_up()
    {
        var form = host.Graph.AddForm("75", "Window");
        for (var i = 0; i < 10; i++) host.Graph.AddLead(form.Id, s_start.AddSeconds(i));
        var start = new DateTimeOffset(s_start).ToUnixTimeSeconds();
        var filter = Uri.EscapeDataString($$"""[{"field":"time_created","operator":"GREATER_THAN_OR_EQUAL","value":{{start + 2}}},{"field":"time_created","operator":"LESS_THAN","value":"{{start + 6}}"}]""");
        Ids((await host.GetAsync($"75/leads?filtering={filter}")).Body).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-5")]
    [InlineData("after=nonsense")]
    [InlineData("after=QVFIUbm8")]
    [InlineData("fields=id,shoe_size")]
    [InlineData("filtering=nonsense")]
    [InlineData("filtering=[{\"field\":\"created_time\",\"operator\":\"GREATER_THAN\",\"value\":1}]")]
    [InlineData("filtering=[{\"field\":\"time_created\",\"operator\":\"EQUAL\",\"value\":1}]")]
    public async Task What_cannot_be_understood_is_a_bad_parameter(string query)
    {
        var (status, body) = await host.GetAsync($"{SampleForms.QuoteFormId}/leads?{query}");
        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!["code"]!.GetValue<int>().ShouldBe(100);
    }

    [Fact]
    public async Task Too_great_a_limit_is_asked_to_be_reduced()
    {
        var (status, body) = await host.GetAsync($"{SampleForms.QuoteFormId}/leads?limit=501");
        status.ShouldBe(HttpStatusCode.InternalServerError);
        body["error"]!["code"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Forms_are_paged_too()
    {
        host.Graph.AddPage("760", "Many forms", "TOKEN760");
        for (var i = 0; i < 7; i++) host.Graph.AddForm($"76{i}1", $"Form {i}", "760");
        var names = new List<string>();
        for (var path = "760/leadgen_forms?fields=name&limit=3"; path is not null;)
        {
            var (_, page) = await host.GetAsync(path, "TOKEN760");
            names.AddRange(page["data"]!.AsArray().Select(form => form!["name"]!.ToString()));
            path = page["paging"]?["next"]?.ToString();
        }

        names.Order().ShouldBe(Enumerable.Range(0, 7).Select(i => $"Form {i}"));
    }

    private static string Filter(string field, string comparison, long value) =>
        Uri.EscapeDataString($$"""[{"field":"{{field}}","operator":"{{comparison}}","value":{{value}}}]""");

    private static List<string> Ids(JsonNode page) => [.. page["data"]!.AsArray().Select(lead => lead!["id"]!.ToString())];
}
