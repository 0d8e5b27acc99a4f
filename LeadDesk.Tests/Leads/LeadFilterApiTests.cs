using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads;

/// <summary>Filters and orders of <c>/api/v1/leads</c>, and the same leads as a file.</summary>
public sealed class LeadFilterApiTests(ApiApps apps)
{
    private const string Leads = "/api/v1/leads";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_filter_and_single_fields_find_the_same_leads(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        await AddAsync(caller, "Ann", "İzmir");
        await AddAsync(caller, "Bob", "Ankara");
        await AddAsync(caller, "Cem", "izmir");

        foreach (var query in (string[])["filter=city+is+izmir", "city=Izmir", "city=Izmir&created=7d", "filter=city+is+izmir&name=Ann&name=Cem", "filter=city+contains+zmi+and+created+in+last+2+days"])
            (await NamesAsync(caller, $"{query}&sort=name")).ShouldBe("Ann Cem", query);
        (await NamesAsync(caller, "city=&sort=name")).ShouldBe("");
        // The order by city is noted by the indexer, right behind the answer.
        await Eventually.BecomesTrueAsync(async () => (await NamesAsync(caller, "sort=city")).StartsWith("Bob", StringComparison.Ordinal));
        (await NamesAsync(caller, "city=izmir&sort=name&order=desc")).ShouldBe("Cem Ann");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_in_one_answer()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var wrong = await caller.GetAsync($"{Leads}?colour=red&sort=shoe&tag=gone&filter=score%3E%3D5");
        wrong.Status.ShouldBe(422);
        wrong.Error("colour").ShouldBe("There is no field “colour”.");
        wrong.Error("tag").ShouldBe("There is no tag “gone”.");
        wrong.Error("sort").ShouldStartWith("Use one of: created");
        (await caller.GetAsync($"{Leads}?filter=score+contains+5")).Error("filter").ShouldStartWith("The field score cannot be asked “contains”.");
        (await caller.GetAsync($"{Leads}?city=%00")).Status.ShouldBe(422);
        (await caller.GetAsync($"{Leads}?filter=city+is+%22{new string('x', 5000)}%22")).Error("filter").ShouldBe("A filter has at most 4000 characters.");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_same_leads_come_as_a_file_and_are_marked(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        await AddAsync(caller, "Ann", "İzmir");
        await AddAsync(caller, "Bob", "Ankara");

        var csv = await caller.GetAsync($"{Leads}/export?city=izmir&columns=name,city&separator=%3B");
        (csv.Status, csv.MediaType, csv.Text).ShouldBe((200, "text/csv", "Name;City\r\nAnn;İzmir\r\n"));
        (await NamesAsync(caller, "exported=yes")).ShouldBe("Ann");
        var json = await caller.GetAsync($"{Leads}/export?format=json&columns=name&sort=name");
        json.Text.ShouldBe("[{\"name\":\"Ann\"},{\"name\":\"Bob\"}]");
        (await caller.GetAsync($"{Leads}/export?format=xlsx")).MediaType.ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }

    [Fact]
    public async Task An_export_is_refused_before_its_first_byte()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);

        (await (await app.AsAsync(company.Salesperson)).GetAsync($"{Leads}/export")).Status.ShouldBe(403);
        (await app.WithKey(null).GetAsync($"{Leads}/export")).Status.ShouldBe(401);
        foreach (var (query, field) in ((string, string)[])[("format=pdf", "format"), ("columns=name,shoe", "columns"), ("separator=x", "separator"), ("bom=perhaps", "bom"), ("filter=score", "filter"), ("tag=gone", "tag")])
        {
            var refused = await caller.GetAsync($"{Leads}/export?{query}");
            (refused.Status, refused.MediaType).ShouldBe((422, "application/problem+json"), query);
            refused.Error(field).ShouldNotBeEmpty(query);
        }
    }

    private static async Task AddAsync(ApiCaller caller, string name, string city)
    {
        var answer = await caller.PostAsync(Leads, new { name, city, email = $"{Guid.NewGuid():N}@example.org", message = "How much is it?" });
        answer.Status.ShouldBe(201, answer.Text);
    }

    private static async Task<string> NamesAsync(ApiCaller caller, string query)
    {
        var answer = await caller.GetAsync($"{Leads}?{query}");
        answer.Status.ShouldBe(200, answer.Text);
        return string.Join(' ', answer["leads"].EnumerateArray().Select(lead => lead.GetProperty("name").GetString()));
    }
}
