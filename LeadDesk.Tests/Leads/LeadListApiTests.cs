using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads;

/// <summary>Lists of <c>/api/v1/leads</c> of the running app: who sees what, pages and filters.</summary>
public sealed class LeadListApiTests(ApiApps apps)
{
    private const string Leads = "/api/v1/leads";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_salesperson_sees_own_leads_only_and_counts_only_those(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var admin = await app.AsAsync(company.Admin);
        var sales = await app.AsAsync(company.Salesperson);
        for (var i = 0; i < 4; i++)
            await admin.NewLeadAsync();

        var list = await sales.GetAsync(Leads);
        var stats = await sales.GetAsync("/api/v1/stats");

        // The round-robin gave every second one to each of the two.
        list["leads"].EnumerateArray().Select(lead => lead.GetProperty("owner").GetProperty("id").GetInt64()).ShouldBe([company.Salesperson.UserId, company.Salesperson.UserId]);
        stats["total_leads"].GetInt64().ShouldBe(2);
        (await sales.PostAsync($"{Leads}/{list["leads"][0].GetProperty("id")}/assign", new { owner_id = company.OtherSalesperson.UserId })).Status.ShouldBe(403);
        (await sales.DeleteAsync($"{Leads}/{list["leads"][0].GetProperty("id")}")).Status.ShouldBe(403);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Paging_shows_each_lead_once_while_new_ones_come_in(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var before = new List<long>();
        for (var i = 0; i < 25; i++)
            before.Add(await caller.NewLeadAsync());

        foreach (var sort in (string[])["created", "score", "name", "activity", "response"])
        {
            var seen = new List<long>();
            string? cursor = null;
            do
            {
                var page = await caller.GetAsync($"{Leads}?limit=4&sort={sort}{(cursor is null ? "" : "&cursor=" + cursor)}");
                seen.AddRange(page["leads"].EnumerateArray().Select(lead => lead.GetProperty("id").GetInt64()));
                cursor = page["next_cursor"].GetString();
                await caller.NewLeadAsync();
            }
            while (cursor is not null && seen.Count < 200);

            seen.ShouldBeUnique();
            before.Except(seen).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_wrong_words_are_all_named_at_once()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var id = await caller.NewLeadAsync();
        await caller.PostAsync($"{Leads}/{id}/assign", new { owner_id = "me" });
        await caller.NewLeadAsync();

        (await IdsAsync(caller, "owner=me")).ShouldBe([id]);
        (await IdsAsync(caller, "owner=none")).ShouldBeEmpty();
        var intent = (await caller.GetAsync($"{Leads}/{id}"))["intent"].GetString();
        (await IdsAsync(caller, $"intent={intent}&waiting=false&created_from=2026-01-01")).Count.ShouldBe(2);
        (await IdsAsync(caller, "intent=spam")).ShouldBeEmpty();
        (await IdsAsync(caller, "created_before=2020-01-01T00:00:00Z")).ShouldBeEmpty();
        (await IdsAsync(caller, "overdue=true")).ShouldBeEmpty();
        var wrong = await caller.GetAsync($"{Leads}?quality=FOO&owner=you&intent=1&waiting=maybe&created_from=yesterday&sort=luck&order=up&limit=0");

        wrong.Status.ShouldBe(422);
        wrong["errors"].EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)
            .ShouldBe(["created_from", "intent", "limit", "order", "owner", "quality", "sort", "waiting"]);
    }

    private static async Task<List<long>> IdsAsync(ApiCaller caller, string query)
    {
        var answer = await caller.GetAsync($"{Leads}?{query}");
        answer.Status.ShouldBe(200, answer.Text);
        return [.. answer["leads"].EnumerateArray().Select(lead => lead.GetProperty("id").GetInt64())];
    }
}
