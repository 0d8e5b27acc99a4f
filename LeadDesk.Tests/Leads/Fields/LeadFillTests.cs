using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Setup;
using LeadDesk.Scoring;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Fields;

public sealed class LeadFillTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Metadata_under_a_fields_key_or_name_fills_it_and_a_lead_that_has_one_keeps_it(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await AddAsync(world, "Budget", CustomFieldType.Money);
        await AddAsync(world, "Move-in date", CustomFieldType.Date);
        await AddAsync(world, "Colours", CustomFieldType.MultiChoice, "Red", "Blue", "Green");

        var id = await ReceiveAsync(world, new Dictionary<string, string> { ["budget"] = "1,500", ["Move-in date?"] = "soon", ["colours"] = "blue" });
        (await ShownAsync(world, id)).ShouldBe(["budget=1500", "colours=Blue"]);
        (await ReceiveAsync(world, new Dictionary<string, string> { ["BUDGET"] = "9", ["Move-in date"] = "2026-04-01", ["colours"] = "red; green" })).ShouldBe(id);
        (await ShownAsync(world, id)).ShouldBe(["budget=1500", "move_in_date=2026-04-01", "colours=Blue"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_a_program_says_outright_is_checked_first_and_stored_with_the_lead(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await AddAsync(world, "Budget", CustomFieldType.Number);
        var (reader, admin) = (world.Get<LeadFillReader>(), world.Company.Admin);
        var wrong = LeadEdit.Of(LeadField.Value, "x") with { Custom = new Dictionary<string, string?> { ["budget"] = "much", ["size"] = "1" }, Tags = ["a;b"] };
        (await reader.ReadAsync(admin, wrong, Stop)).Refusal!.Errors!.Keys.ShouldBe(["value", "custom.budget", "custom.size", "tags"], ignoreOrder: true);

        var fill = (await reader.ReadAsync(admin, LeadEdit.Of(LeadField.Value, "250") with { Custom = new Dictionary<string, string?> { ["budget"] = "7" }, Tags = ["vip", "VIP", "new"] }, Stop)).Value!;
        var id = await ReceiveAsync(world, new Dictionary<string, string> { ["budget"] = "8" }, new LeadFill(fill.Values, fill.TagIds, fill.Worth));

        (await ShownAsync(world, id)).ShouldBe(["budget=7"]);
        (await world.Get<LeadExtrasQueries>().OfAsync(admin, id, Stop)).ShouldSatisfyAllConditions(extras => extras.Tags.Select(tag => tag.Name).ShouldBe(["new", "vip"]), extras => extras.Value.ShouldBe(25_000));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_that_asks_for_a_service_with_a_price_comes_in_with_that_value(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var catalogue = world.Get<ServiceCatalogue>();
        await catalogue.SaveAsync(world.Company.Admin, [new ServiceValue("Kitchen", 1, 500_000)], null, Stop);

        var id = await ReceiveAsync(world, new Dictionary<string, string> { ["interest"] = "A new kitchen" });
        (await world.LeadAsync(id)).Value.ShouldBe(500_000);
    }

    private static async Task AddAsync(LeadWorld world, string name, CustomFieldType type, params string[] options) =>
        (await world.Get<CustomFieldService>().AddAsync(world.Company.Admin, name, type, null, options, Stop)).Refusal.ShouldBeNull();

    private static async Task<long> ReceiveAsync(LeadWorld world, Dictionary<string, string> metadata, LeadFill? fill = null)
    {
        var incoming = new IncomingLead { Source = "webhook", Raw = [], Phone = "+447400123456", Channel = "website", Metadata = metadata, Fill = fill };
        return (await world.Get<LeadIntake>().ReceiveAsync(world.Company.Admin, incoming, null, Stop)).Value!.Answer!.LeadId;
    }

    private static async Task<IReadOnlyList<string>> ShownAsync(LeadWorld world, long id)
    {
        var extras = await world.Get<LeadExtrasQueries>().OfAsync(world.Company.Admin, id, Stop);
        var company = await world.Get<LeadDesk.Companies.CompanyDirectory>().GetAsync(world.Company.Id, Stop);
        return [.. company.Fields.Where(field => extras.Of(field).Count > 0).Select(field => $"{field.Key}={CustomFieldValues.Print(field, extras.Of(field))}")];
    }
}
