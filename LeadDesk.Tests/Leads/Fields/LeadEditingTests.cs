using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Scoring;
using LeadDesk.Tests.Reports;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Fields;

public sealed class LeadEditingTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Custom_fields_are_set_changed_and_emptied_with_words_on_the_timeline(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await AddFieldsAsync(world);
        var id = await world.ReceiveAsync("+447400123456");

        await EditAsync(world, id, LeadEdit.None with { Custom = new Dictionary<string, string?> { ["budget"] = "1,500", ["colours"] = "blue; red" } });
        (await ExtrasAsync(world, id)).ShouldBe(["budget=1500", "colours=Red; Blue"]);
        await EditAsync(world, id, LeadEdit.None with { Custom = new Dictionary<string, string?> { ["BUDGET"] = "99.5", ["colours"] = "green" } });
        (await ExtrasAsync(world, id)).ShouldBe(["budget=99.5", "colours=Green"]);
        await EditAsync(world, id, LeadEdit.Of("budget", ""));
        (await ExtrasAsync(world, id)).ShouldBe(["colours=Green"]);

        var changes = (await world.Get<TimelineQueries>().ListAsync(world.Company.Admin, id, TimelineFilter.All, null, 50, Stop)).Value!.Items.Where(item => item.Kind is TimelineKind.FieldChanged).ToList();
        changes.Select(item => (item.Text, item.Before, item.After)).ShouldBe(
            [("Budget", "99.5 USD", null), ("Colours", "Red; Blue", "Green"), ("Budget", "1500 USD", "99.5 USD"), ("Colours", null, "Red; Blue"), ("Budget", null, "1500 USD")], ignoreOrder: true);
        (await world.LeadAsync(id)).Version.ShouldBe(4);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_wrong_field_is_named_and_nothing_is_changed(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        await AddFieldsAsync(world);
        var id = await world.ReceiveAsync("+447400123456");

        var outcome = await world.Leads.EditAsync(
            world.Company.Admin,
            id,
            new LeadEdit(new Dictionary<LeadField, string?> { [LeadField.City] = "Leeds", [LeadField.Email] = "nobody", [LeadField.Value] = "-5" })
            {
                Custom = new Dictionary<string, string?> { ["budget"] = "much", ["colours"] = "Old", ["shoe_size"] = "44" },
                AddTags = ["fresh"],
            },
            null,
            Stop);

        outcome.Refusal!.Errors!.Keys.ShouldBe(["email", "value", "custom.budget", "custom.colours", "custom.shoe_size"], ignoreOrder: true);
        (await world.LeadAsync(id)).ShouldSatisfyAllConditions(lead => lead.City.ShouldBeNull(), lead => lead.Version.ShouldBe(1));
        (await ExtrasAsync(world, id)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Tags_are_added_by_name_made_when_new_and_replaced(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var id = await world.ReceiveAsync("+447400123456");

        await EditAsync(world, id, LeadEdit.None with { AddTags = [" Big  deal", "Şehir", "big DEAL"] });
        (await TagsAsync(world, id)).ShouldBe(["Big deal", "Şehir"]);
        await EditAsync(world, id, LeadEdit.None with { AddTags = ["sehir", "third"], RemoveTags = ["BIG DEAL", "never there"] });
        (await TagsAsync(world, id)).ShouldBe(["Şehir", "third"]);
        await EditAsync(world, id, LeadEdit.None with { Tags = ["Big deal"] });
        (await TagsAsync(world, id)).ShouldBe(["Big deal"]);
        (await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Stop)).Tags.Count.ShouldBe(3);
        (await world.Leads.EditAsync(world.Company.Admin, id, LeadEdit.None with { AddTags = ["a,b"] }, null, Stop)).Refusal!.Errors!.Keys.ShouldBe(["tags"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_interest_with_a_price_fills_an_empty_value_and_leaves_a_set_one(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var profile = ScoringProfile.Default with { Services = [new ServiceValue("Kitchen", 1, 100_000), new ServiceValue("Kitchen repair", 0.5, 20_050), new ServiceValue("Bath", 1)] };
        (await world.Get<ScoringService>().SaveAsync(world.Company.Admin, profile, 0, Stop)).Succeeded.ShouldBeTrue();
        var id = await world.ReceiveAsync("+447400123456");

        await EditAsync(world, id, LeadEdit.Of(LeadField.Interest, "A bath"));
        (await world.LeadAsync(id)).Value.ShouldBeNull();
        await EditAsync(world, id, LeadEdit.Of(LeadField.Interest, "kitchen repair, soon"));
        (await world.LeadAsync(id)).Value.ShouldBe(20_050);
        await EditAsync(world, id, LeadEdit.Of(LeadField.Interest, "Kitchen"));
        (await world.LeadAsync(id)).Value.ShouldBe(20_050);
        await EditAsync(world, id, LeadEdit.Of(LeadField.Value, "1.250,75"));
        (await world.LeadAsync(id)).Value.ShouldBe(125_075);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_stage_asks_for_its_fields_each_by_name_and_takes_them_with_the_move(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var fields = await AddFieldsAsync(world);
        var (lost, proposal, id) = (world.Stage("Lost"), world.Stage("Proposal"), await world.ReceiveAsync("+447400123456"));
        var reason = await ChangeAsync(world, context =>
        {
            context.Stages.Single(stage => stage.Id == proposal).RequiredFields = """["email","value","custom.budget","custom.gone","phone"]""";
            context.Stages.Single(stage => stage.Id == lost).RequiredFields = """["lost_reason"]""";
            var row = new LostReason { Name = "Price", Position = 1 };
            context.LostReasons.Add(row);
            return row;
        });

        var bare = await world.Leads.ChangeStageAsync(world.Company.Admin, id, new StageMove(proposal), null, Stop);
        bare.Refusal!.Errors!.Keys.ShouldBe(["email", "value", "custom.budget"], ignoreOrder: true);
        bare.Refusal.Message.ShouldContain("Budget");
        var half = await world.Leads.ChangeStageAsync(world.Company.Admin, id, new StageMove(proposal) { Edit = LeadEdit.Of("budget", "5") with { AddTags = ["kept?"] } }, null, Stop);
        half.Refusal!.Errors!.Keys.ShouldBe(["email", "value"], ignoreOrder: true);
        (await ExtrasAsync(world, id)).ShouldBeEmpty();
        (await TagsAsync(world, id)).ShouldBeEmpty();

        var full = new LeadEdit(new Dictionary<LeadField, string?> { [LeadField.Email] = "ada@example.com", [LeadField.Value] = "20" }) { Custom = new Dictionary<string, string?> { [fields[0].Key] = "5" } };
        (await world.Leads.ChangeStageAsync(world.Company.Admin, id, new StageMove(proposal) { Edit = full }, null, Stop)).Value!.StageId.ShouldBe(proposal);

        (await world.Leads.ChangeStageAsync(world.Company.Admin, id, new StageMove(lost), null, Stop)).Refusal!.Errors!.Keys.ShouldBe(["lost_reason"]);
        var closed = await world.Leads.ChangeStageAsync(world.Company.Admin, id, new StageMove(lost, reason.Id, "Too dear"), null, Stop);
        closed.Value.ShouldNotBeNull().ShouldSatisfyAllConditions(lead => lead.LostReasonId.ShouldBe(reason.Id), lead => lead.Outcome.ShouldBe(LeadOutcome.Lost));
        (await world.Leads.ChangeStageAsync(world.Company.Admin, id, world.Stage("New"), null, Stop)).Value!.LostReasonId.ShouldBeNull();
        var (kept, recounted) = await world.CountersAsync();
        kept.ShouldBe(recounted, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_goes_only_where_its_stage_lets_it_but_always_to_other_pipelines(DatabaseEngine engine)
    {
        await using var world = await LeadWorld.CreateAsync(await databases.OnAsync(engine));
        var id = await world.ReceiveAsync("+447400123456");
        var elsewhere = await ChangeAsync(world, context =>
        {
            context.Stages.Single(stage => stage.Id == world.Stage("New")).AllowedMoves = $"[{world.Stage("Contacted")}]";
            var pipeline = new Pipeline { Name = "Partners", Position = 2 };
            context.Pipelines.Add(pipeline);
            context.SaveChanges();
            var stage = new Stage { PipelineId = pipeline.Id, Name = "New partner", Position = 1 };
            context.Stages.Add(stage);
            return stage;
        });

        var refused = await world.Leads.ChangeStageAsync(world.Company.Admin, id, world.Stage("Won"), null, Stop);
        refused.Refusal!.Message.ShouldContain("Contacted");
        (await world.Leads.ChangeStageAsync(world.Company.Admin, id, world.Stage("Contacted"), null, Stop)).Succeeded.ShouldBeTrue();
        (await world.Leads.ChangeStageAsync(world.Company.Admin, id, world.Stage("New"), null, Stop)).Succeeded.ShouldBeTrue();
        (await world.Leads.ChangeStageAsync(world.Company.Admin, id, elsewhere.Id, null, Stop)).Succeeded.ShouldBeTrue();
    }

    private static async Task<IReadOnlyList<CustomField>> AddFieldsAsync(LeadWorld world) => await ChangeAsync(world, context =>
    {
        CustomField[] fields =
        [
            new() { Key = "budget", Name = "Budget", Type = CustomFieldType.Money, Position = 1 },
            new() { Key = "colours", Name = "Colours", Type = CustomFieldType.MultiChoice, Position = 2, Options = """[{"Id":1,"Name":"Red"},{"Id":2,"Name":"Blue"},{"Id":3,"Name":"Green"},{"Id":4,"Name":"Old","Archived":true}]""" },
        ];
        context.CustomFields.AddRange(fields);
        return fields;
    });

    private static async Task<T> ChangeAsync<T>(LeadWorld world, Func<AppDbContext, T> change)
    {
        var result = await world.Database.WriteAsync(world.Company.Id, context => Task.FromResult(change(context)), Stop);
        world.Get<CompanyDirectory>().Forget(world.Company.Id);
        return result;
    }

    private static async Task EditAsync(LeadWorld world, long id, LeadEdit edit) =>
        (await world.Leads.EditAsync(world.Company.Admin, id, edit, null, Stop)).Refusal.ShouldBeNull();

    private static async Task<IReadOnlyList<string>> ExtrasAsync(LeadWorld world, long id)
    {
        var extras = await world.Get<LeadExtrasQueries>().OfAsync(world.Company.Admin, id, Stop);
        var company = await world.Get<CompanyDirectory>().GetAsync(world.Company.Id, Stop);
        return [.. company.Fields.Where(field => extras.Of(field).Count > 0).Select(field => $"{field.Key}={CustomFieldValues.Print(field, extras.Of(field))}")];
    }

    private static async Task<IReadOnlyList<string>> TagsAsync(LeadWorld world, long id) =>
        [.. (await world.Get<LeadExtrasQueries>().OfAsync(world.Company.Admin, id, Stop)).Tags.Select(tag => tag.Name)];
}
