using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Setup;
using LeadDesk.Scoring;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads.Setup;

public sealed class CustomFieldServiceTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Budget", "budget")]
    [InlineData("Taşınma Tarihi!", "tasinma_tarihi")]
    [InlineData("  2nd  choice ", "field_2nd_choice")]
    [InlineData("City", "city_2")]
    [InlineData("Taken", "taken_2")]
    [InlineData("预算", "field")]
    public void A_key_is_made_from_the_name(string name, string key) => FieldKeys.FromName(name, ["taken"]).ShouldBe(key);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Options_keep_their_ids_when_they_are_renamed_moved_or_left_out(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (fields, admin) = (world.Get<CustomFieldService>(), world.Company.Admin);
        var field = (await fields.AddAsync(admin, "Size", CustomFieldType.Choice, null, ["Small", "Large"], Stop)).Value!;

        var changed = (await fields.ChangeAsync(admin, field.Id, new CustomFieldChange { Options = [new(null, "Huge"), new(2, "Big")], Version = field.Version }, Stop)).Value!;
        changed.Options.ShouldBe([new CustomFieldOption(3, "Huge"), new CustomFieldOption(2, "Big"), new CustomFieldOption(1, "Small", Archived: true)]);
        (await fields.ChangeAsync(admin, field.Id, new CustomFieldChange { Name = "X", Version = field.Version }, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        (await fields.ChangeAsync(admin, field.Id, new CustomFieldChange { Options = [new(null, "big"), new(2, "Big")] }, Stop)).Refusal!.Errors!.Keys.ShouldBe(["options"]);
        (await fields.AddAsync(admin, "size", CustomFieldType.Text, "SIZE", ["a"], Stop)).Refusal!.Errors!.Keys.ShouldBe(["name", "key", "options"], ignoreOrder: true);
        (await fields.AddAsync(world.Company.Salesperson, "Other", CustomFieldType.Text, null, [], Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Merged_options_leave_every_lead_with_the_other_one_once(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (fields, admin) = (world.Get<CustomFieldService>(), world.Company.Admin);
        var field = (await fields.AddAsync(admin, "Colours", CustomFieldType.MultiChoice, null, ["Red", "Crimson", "Blue"], Stop)).Value!;
        var both = await LeadWithAsync(world, "+447400123401", "Red; Crimson; Blue");
        var one = await LeadWithAsync(world, "+447400123402", "Crimson");

        (await fields.MergeOptionAsync(admin, field.Id, 2, 2, Stop)).Refusal!.Errors!.Keys.ShouldBe(["into"]);
        (await fields.MergeOptionAsync(admin, field.Id, 2, 1, Stop)).Value.ShouldBe(2);

        (await ShownAsync(world, both)).ShouldBe("Red; Blue");
        (await ShownAsync(world, one)).ShouldBe("Red");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_deleted_field_is_gone_at_once_and_its_values_by_the_job(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (fields, admin) = (world.Get<CustomFieldService>(), world.Company.Admin);
        var field = (await fields.AddAsync(admin, "Colours", CustomFieldType.MultiChoice, null, ["Red", "Blue"], Stop)).Value!;
        await LeadWithAsync(world, "+447400123401", "Red; Blue");

        (await fields.CountAsync(admin, field.Id, Stop)).Value.ShouldBe(1);
        (await fields.DeleteAsync(admin, field.Id, Stop)).Succeeded.ShouldBeTrue();
        (await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Stop)).Fields.ShouldBeEmpty();
        await world.RunJobAsync(new JobRun(1, world.Company.Id, $"{field.Id}", 1), DeleteFieldValues.JobKind);

        await using var context = world.Database.Open(world.Company.Id);
        context.CustomFieldValues.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Tags_are_renamed_merged_and_deleted_with_their_leads(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (tags, admin) = (world.Get<TagService>(), world.Company.Admin);
        var first = await world.ReceiveAsync("+447400123401");
        var second = await world.ReceiveAsync("+447400123402");
        await world.Leads.EditAsync(admin, first, LeadEdit.None with { AddTags = ["VIP", "v.i.p."] }, null, Stop);
        await world.Leads.EditAsync(admin, second, LeadEdit.None with { AddTags = ["v.i.p."] }, null, Stop);
        var list = await tags.ListAsync(admin, Stop);
        var (dotted, plain) = (list.Single(tag => tag.Name is "v.i.p."), list.Single(tag => tag.Name is "VIP"));
        dotted.Leads.ShouldBe(2);

        (await tags.ChangeAsync(admin, dotted.Id, "vip", null, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await tags.MergeAsync(admin, dotted.Id, plain.Id, Stop)).Value.ShouldBe(2);
        (await tags.ChangeAsync(admin, plain.Id, null, "amber", Stop)).Value!.Colour.ShouldBe("amber");
        (await tags.ListAsync(admin, Stop)).ShouldBe([new TagView(plain.Id, "VIP", "amber", 2)]);
        (await tags.ListAsync(world.Company.Salesperson, Stop))[0].Leads.ShouldBeNull();
        (await tags.DeleteAsync(admin, plain.Id, Stop)).Value.ShouldBe(2);
        (await world.Get<LeadExtrasQueries>().OfAsync(admin, first, Stop)).Tags.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_becomes_of_a_tag_or_an_option_stands_on_the_timeline_of_every_lead_that_has_it(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (fields, tags, admin) = (world.Get<CustomFieldService>(), world.Get<TagService>(), world.Company.Admin);
        var field = (await fields.AddAsync(admin, "Colours", CustomFieldType.MultiChoice, null, ["Red", "Crimson", "Blue"], Stop)).Value!;
        var lead = await LeadWithAsync(world, "+447400123401", "Crimson; Blue");
        var other = await LeadWithAsync(world, "+447400123402", "Blue");
        await world.Leads.EditAsync(admin, lead, LeadEdit.None with { AddTags = ["VIP", "v.i.p."] }, null, Stop);
        var ids = (await tags.ListAsync(admin, Stop)).ToDictionary(tag => tag.Name, tag => tag.Id);
        world.Clock.Advance(TimeSpan.FromMinutes(1));

        await fields.ChangeAsync(admin, field.Id, new CustomFieldChange { Options = [new(1, "Red"), new(2, "Crimson"), new(3, "Navy")] }, Stop);
        await fields.MergeOptionAsync(admin, field.Id, 2, 1, Stop);
        await tags.MergeAsync(admin, ids["v.i.p."], ids["VIP"], Stop);
        await tags.ChangeAsync(admin, ids["VIP"], "Gold", "amber", Stop);
        await tags.ChangeAsync(admin, ids["VIP"], null, "red", Stop);
        await tags.DeleteAsync(admin, ids["VIP"], Stop);

        (await LastAsync(world, lead)).ShouldBe([
            (TimelineKind.FieldChanged, "Colours", "Blue", "Navy"),
            (TimelineKind.FieldChanged, "Colours", "Crimson", "Red"),
            (TimelineKind.Tagged, null, "v.i.p.", "VIP"),
            (TimelineKind.Tagged, null, "VIP", "Gold"),
            (TimelineKind.Untagged, null, "Gold", null)]);
        (await LastAsync(world, other)).ShouldBe([(TimelineKind.FieldChanged, "Colours", "Blue", "Navy")]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Lost_reasons_are_ordered_archived_and_brought_back(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (reasons, admin) = (world.Get<LostReasonService>(), world.Company.Admin);
        var price = (await reasons.AddAsync(admin, "Price", Stop)).Value!;
        var time = (await reasons.AddAsync(admin, "Timing", Stop)).Value!;

        (await reasons.AddAsync(admin, "PRICE", Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await reasons.OrderAsync(admin, [time.Id, price.Id], Stop)).Succeeded.ShouldBeTrue();
        (await reasons.ChangeAsync(admin, time.Id, "Bad timing", archived: true, Stop)).Succeeded.ShouldBeTrue();
        (await reasons.ListAsync(admin, Stop)).ShouldBe([new LostReasonView(price.Id, "Price", false), new LostReasonView(time.Id, "Bad timing", true)]);
        var lead = await world.ReceiveAsync("+447400123401");
        (await world.Leads.ChangeStageAsync(admin, lead, new StageMove(world.Stage("Lost"), time.Id), null, Stop)).Refusal!.Errors!.Keys.ShouldBe(["lost_reason"]);
        (await world.Leads.ChangeStageAsync(admin, lead, new StageMove(world.Stage("Lost"), price.Id), null, Stop)).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Services_are_saved_beside_the_weights_and_wrong_ones_named(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var (catalogue, admin) = (world.Get<ServiceCatalogue>(), world.Company.Admin);
        var read = await catalogue.GetAsync(admin, Stop);

        var wrong = await catalogue.SaveAsync(admin, [new ServiceValue("", 2, -1), new ServiceValue("Bath", 1), new ServiceValue("BATH", 0.5)], read.Version, Stop);
        wrong.Refusal!.Errors!.Keys.ShouldBe(["services[0].name", "services[0].value", "services[0].price", "services[2].name"], ignoreOrder: true);
        (await catalogue.SaveAsync(admin, [new ServiceValue("Bath", 0.5, 99_900)], read.Version, Stop)).Succeeded.ShouldBeTrue();
        (await catalogue.SaveAsync(admin, [], read.Version, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        (await catalogue.GetAsync(world.Company.Salesperson, Stop)).Services.ShouldHaveSingleItem().Price.ShouldBe(99_900);
        (await world.Get<ScoringService>().GetAsync(admin, Stop)).Value!.Profile.Form.ShouldBe(ScoringProfile.Default.Form);
    }

    /// <summary>What the admin did this minute.</summary>
    private static async Task<List<(TimelineKind Kind, string? Text, string? Before, string? After)>> LastAsync(LeadWorld world, long lead)
    {
        await using var context = world.Database.Open(world.Company.Id);
        var now = world.Clock.GetUtcNow().UtcDateTime;
        var entries = await context.TimelineEntries.Where(entry => entry.LeadId == lead && entry.At == now && entry.ActorId == world.Company.Admin.UserId).OrderBy(entry => entry.Id).ToListAsync(Stop);
        return entries.ConvertAll(entry => (entry.Kind, entry.Text, entry.Before, entry.After));
    }

    private static async Task<long> LeadWithAsync(LeadWorld world, string phone, string colours)
    {
        var id = await world.ReceiveAsync(phone);
        (await world.Leads.EditAsync(world.Company.Admin, id, LeadEdit.Of("colours", colours), null, Stop)).Refusal.ShouldBeNull();
        return id;
    }

    private static async Task<string> ShownAsync(LeadWorld world, long id)
    {
        var field = (await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Stop)).Field("colours")!;
        return CustomFieldValues.Print(field, (await world.Get<LeadExtrasQueries>().OfAsync(world.Company.Admin, id, Stop)).Of(field));
    }
}
