using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Bulk;

public sealed class BulkServiceTests
{
    public static TheoryData<DatabaseEngine> Engine => Engines.All;

    [Theory, MemberData(nameof(Engine))]
    public async Task Leads_go_to_another_stage_together_with_timeline_and_counters(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(50, number => number % 2 is 0 ? desk.Company.Salesperson.UserId : null);
        var stage = desk.Company.Stages[2];

        var result = await desk.Bulk.RunAsync(desk.Company.Manager, new BulkRequest(BulkAction.Status) { Ids = ids, StageId = stage.Id, Comment = "At the fair" }, default);

        result.Value!.Changed.ShouldBe(50);
        result.Value.Skipped.ShouldBeEmpty();
        result.Value.UndoToken.ShouldNotBeNull();
        foreach (var lead in (await desk.LeadsAsync()).Values)
        {
            lead.StageId.ShouldBe(stage.Id);
            lead.Version.ShouldBe(2);
            lead.FirstResponseAt.ShouldNotBeNull();
        }

        var entries = await desk.RowsAsync<TimelineEntry>();
        entries.Count.ShouldBe(50);
        entries[0].ShouldSatisfyAllConditions(
            entry => entry.Kind.ShouldBe(TimelineKind.StageChanged), entry => entry.Before.ShouldBe("New"), entry => entry.After.ShouldBe("Contacted"),
            entry => entry.Text.ShouldBe("At the fair"), entry => entry.ActorId.ShouldBe(desk.Company.Manager.UserId));
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task Each_lead_that_is_left_out_is_listed_with_its_reason(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var sales = desk.Company.Salesperson;
        var ids = await desk.AddLeadsAsync(5, number => number is 0 ? desk.Company.OtherSalesperson.UserId : sales.UserId);
        var stage = desk.Company.Stages[3].Id;
        await desk.Leads.ChangeStageAsync(sales, ids[1], stage, null, default);
        await desk.Leads.DeleteAsync(desk.Company.Manager, ids[2], "twice", null, default);

        var result = await desk.Bulk.RunAsync(sales, new BulkRequest(BulkAction.Status) { Ids = [.. ids, 999_999], StageId = stage }, default);

        result.Value!.Changed.ShouldBe(2);
        result.Value.Skipped.ShouldBe(
        [
            new BulkSkip(ids[0], "There is no such lead, or it is not yours."), new BulkSkip(ids[1], "It is in this stage already."),
            new BulkSkip(ids[2], "It is in the trash."), new BulkSkip(999_999, "There is no such lead, or it is not yours."),
        ]);
        var left = await desk.Queries.LeftAsync(sales, result.Value.Id, notRestored: false, null, 2, default);
        left.Value!.Items.Select(item => item.Name).ShouldBe([null, "Lead 1"]);
        left.Value.NextCursor.ShouldNotBeNull();
        (await desk.Queries.LeftAsync(sales, result.Value.Id, notRestored: false, left.Value.NextCursor, 2, default)).Value!.Items.Count.ShouldBe(2);
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task Several_people_get_the_leads_in_turn(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(10);
        var (one, other) = (desk.Company.Salesperson.UserId, desk.Company.OtherSalesperson.UserId);

        await desk.Bulk.RunAsync(desk.Company.Admin, new BulkRequest(BulkAction.Assign) { Ids = ids, OwnerIds = [one, other] }, default);

        (await desk.LeadsAsync()).Values.OrderBy(lead => lead.Id).Select(lead => lead.OwnerId).ShouldBe(Enumerable.Range(0, 10).Select(number => (long?)(number % 2 is 0 ? one : other)));
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task Leads_are_chosen_by_a_filter_but_for_some(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(700, number => number < 600 ? desk.Company.Salesperson.UserId : null);
        var request = new BulkRequest(BulkAction.Assign) { Filter = new LeadFilter { Owner = new OwnerFilter(desk.Company.Salesperson.UserId) }, Except = [ids[0], ids[1]] };

        var result = await desk.Bulk.RunAsync(desk.Company.Admin, request, default);

        result.Value!.Changed.ShouldBe(598);
        (await desk.LeadsAsync()).Values.Count(lead => lead.OwnerId is not null).ShouldBe(2);
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task Tags_helpers_facts_and_follow_ups_are_given_to_many(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(3, _ => desk.Company.Salesperson.UserId);
        var tag = await desk.AddTagAsync("VIP");
        var admin = desk.Company.Admin;
        var due = desk.Time.GetUtcNow().UtcDateTime.AddDays(2);

        (await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Tag) { Ids = ids[..2], TagId = tag.Id }, default)).Value!.Changed.ShouldBe(2);
        var again = await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Tag) { Ids = ids, TagId = tag.Id }, default);
        again.Value!.Changed.ShouldBe(1);
        again.Value.Skipped[0].Reason.ShouldBe("It has this tag already.");
        (await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Untag) { Ids = ids[..1], TagId = tag.Id }, default)).Value!.Changed.ShouldBe(1);
        (await desk.RowsAsync<LeadTag>()).Select(row => row.LeadId).Order().ShouldBe(ids[1..]);

        (await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Helper) { Ids = ids, HelperId = desk.Company.OtherSalesperson.UserId }, default)).Value!.Changed.ShouldBe(3);
        (await desk.RowsAsync<LeadHelper>()).Count.ShouldBe(3);

        (await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Field) { Ids = ids, Field = "city", Value = " Izmir " }, default)).Value!.Changed.ShouldBe(3);
        (await desk.LeadsAsync()).Values.ShouldAllBe(lead => lead.City == "Izmir");
        (await desk.RowsAsync<SearchQueueEntry>()).Count.ShouldBe(3);

        (await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.FollowUp) { Ids = ids, FollowUpKind = FollowUpKind.Call, DueAt = due, Text = "Ask again" }, default)).Value!.Changed.ShouldBe(3);
        (await desk.RowsAsync<FollowUp>()).ShouldAllBe(row => row.UserId == desk.Company.Salesperson.UserId && row.DueAt == due);
        (await desk.LeadsAsync()).Values.ShouldAllBe(lead => lead.NextFollowUpAt == due);
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task Leads_go_into_the_trash_and_come_back(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(4);
        var before = await desk.CountersAsync();

        (await desk.Bulk.RunAsync(desk.Company.Manager, new BulkRequest(BulkAction.Delete) { Ids = ids, Reason = "Test data" }, default)).Value!.Changed.ShouldBe(4);
        (await desk.LeadsAsync()).Values.ShouldAllBe(lead => lead.DeletedBecause == "Test data");
        var audit = (await desk.RowsAsync<LeadDesk.Access.AuditEntry>()).Single();
        (audit.Action, audit.Subject, audit.Details).ShouldBe(("lead.deleted", "4 leads", "Test data"));

        (await desk.Bulk.RunAsync(desk.Company.Manager, new BulkRequest(BulkAction.Restore) { Ids = ids }, default)).Value!.Changed.ShouldBe(4);
        (await desk.CountersAsync()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task A_lead_without_what_its_new_stage_asks_for_is_skipped_with_that_reason(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(3);
        var budget = await desk.AddAsync(new CustomField { CompanyId = desk.Company.Id, Key = "budget", Name = "Budget", Type = CustomFieldType.Money, Position = 1 });
        var stage = desk.Company.Stages[5];
        await desk.Database.WriteAsync(desk.Company.Id, context =>
        {
            context.Stages.Single(row => row.Id == stage.Id).RequiredFields = """["custom.budget"]""";
            context.CustomFieldValues.Add(new CustomFieldValue { CompanyId = desk.Company.Id, LeadId = ids[1], FieldId = budget.Id, Number = 10_000 });
            return Task.FromResult(true);
        }, default);
        desk.Forget();

        var result = await desk.Bulk.RunAsync(desk.Company.Admin, new BulkRequest(BulkAction.Status) { Ids = ids, StageId = stage.Id }, default);

        result.Value!.Changed.ShouldBe(1);
        result.Value.Skipped.ShouldBe([new BulkSkip(ids[0], "Fill in Budget before the lead goes to Proposal."), new BulkSkip(ids[2], "Fill in Budget before the lead goes to Proposal.")]);
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task A_custom_field_is_set_and_taken_back(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(3);
        await desk.AddAsync(new CustomField
        {
            CompanyId = desk.Company.Id, Key = "colours", Name = "Colours", Type = CustomFieldType.MultiChoice, Position = 1,
            Options = """[{"Id":1,"Name":"Red"},{"Id":2,"Name":"Blue"},{"Id":3,"Name":"Green"}]""",
        });
        var admin = desk.Company.Admin;
        await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Field) { Ids = ids[..1], Field = "colours", Value = "Red; Green" }, default);
        var before = await ValuesAsync(desk);

        var done = await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Field) { Ids = ids, Field = "custom.colours", Value = "Blue" }, default);

        done.Value!.Changed.ShouldBe(3);
        (await ValuesAsync(desk)).ShouldBe([.. ids.Select(id => $"{id} 0 2")]);
        // Somebody changes one of them before the undo.
        await desk.Leads.EditAsync(admin, ids[2], LeadEdit.Of("colours", "Red"), null, default);
        var undone = await desk.Undo.UndoAsync(admin, done.Value.UndoToken, default);
        undone.Value!.Restored.ShouldBe(2);
        undone.Value.NotRestored.ShouldBe([new UndoLeft(ids[2], "Lead 2", "Its Colours was changed since.")]);
        (await ValuesAsync(desk)).ShouldBe([.. before, $"{ids[2]} 0 1"]);
        (await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Field) { Ids = ids, Field = "colours", Value = "Pink" }, default)).Refusal!.Errors!.Keys.ShouldBe(["value"]);
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task Who_gets_many_leads_is_told_once(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(5);
        await desk.Bulk.RunAsync(desk.Company.Admin, new BulkRequest(BulkAction.Assign) { Ids = ids, OwnerIds = [desk.Company.Salesperson.UserId, desk.Company.OtherSalesperson.UserId] }, default);
        (await desk.RowsAsync<LeadDesk.Notifications.UserNotice>()).Select(notice => (notice.UserId, notice.Text))
            .ShouldBe([(desk.Company.Salesperson.UserId, "3 leads"), (desk.Company.OtherSalesperson.UserId, "2 leads")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_request_that_is_wrong_as_a_whole_is_refused_and_names_the_field()
    {
        await using var desk = await BulkDesk.CreateAsync(DatabaseEngine.Sqlite);
        var ids = await desk.AddLeadsAsync(1);
        var admin = desk.Company.Admin;
        (BulkRequest Request, string Field)[] wrong =
        [
            (new(BulkAction.Status) { StageId = desk.Company.Stages[1].Id }, "ids"),
            (new(BulkAction.Status) { Ids = [], StageId = desk.Company.Stages[1].Id }, "ids"),
            (new(BulkAction.Status) { Ids = ids, Filter = new LeadFilter(), StageId = desk.Company.Stages[1].Id }, "filter"),
            (new(BulkAction.Status) { Ids = [-4], StageId = desk.Company.Stages[1].Id }, "ids"),
            (new(BulkAction.Status) { Ids = ids, StageId = 777 }, "value"),
            (new(BulkAction.Status) { Ids = ids, StageId = desk.Company.Stages[1].Id, LostReasonId = 5 }, "lost_reason"),
            (new(BulkAction.Assign) { Ids = ids, OwnerIds = [777] }, "value"),
            (new(BulkAction.Tag) { Ids = ids, TagId = 777 }, "value"),
            (new(BulkAction.Field) { Ids = ids, Field = "shoe_size", Value = "44" }, "field"),
            (new(BulkAction.Field) { Ids = ids, Field = "phone", Value = "+442079460958" }, "field"),
            (new(BulkAction.FollowUp) { Ids = ids }, "due_at"),
            (new(BulkAction.Helper) { Ids = ids, HelperId = 777 }, "value"),
            (new(BulkAction.Restore) { Filter = new LeadFilter() }, "filter"),
        ];
        foreach (var (request, field) in wrong)
            (await desk.Bulk.RunAsync(admin, request, default)).Refusal!.Errors!.Keys.ShouldBe([field]);
        (await desk.RowsAsync<BulkChange>()).ShouldBeEmpty();
        (await desk.Bulk.RunAsync(desk.Company.Salesperson, new BulkRequest(BulkAction.Assign) { Ids = ids }, default)).Refusal!.Kind.ShouldBe(LeadDesk.Common.RefusalKind.Forbidden);
        (await desk.Bulk.RunAsync(desk.Company.Salesperson, new BulkRequest(BulkAction.Delete) { Ids = ids }, default)).Refusal!.Kind.ShouldBe(LeadDesk.Common.RefusalKind.Forbidden);
    }

    private static async Task<List<string>> ValuesAsync(BulkDesk desk) =>
        [.. (await desk.RowsAsync<CustomFieldValue>()).OrderBy(value => value.LeadId).ThenBy(value => value.Position).Select(value => $"{value.LeadId} {value.Position} {value.Number}")];
}
