using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Bulk;

public sealed class BulkUndoTests
{
    public static TheoryData<DatabaseEngine> Engine => Engines.All;

    [Theory, MemberData(nameof(Engine))]
    public async Task An_undo_restores_exactly_what_was(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(20, number => number % 3 is 0 ? desk.Company.Salesperson.UserId : null);
        var tag = await desk.AddTagAsync("VIP");
        await desk.Bulk.RunAsync(desk.Company.Admin, new BulkRequest(BulkAction.Tag) { Ids = ids[..5], TagId = tag.Id }, default);
        var manager = desk.Company.Manager;
        BulkRequest[] requests =
        [
            new(BulkAction.Status) { Ids = ids, StageId = desk.Company.Stages[7].Id },
            new(BulkAction.Assign) { Ids = ids, OwnerIds = [desk.Company.OtherSalesperson.UserId] },
            new(BulkAction.Assign) { Ids = ids },
            new(BulkAction.Tag) { Ids = ids, TagId = tag.Id },
            new(BulkAction.Untag) { Ids = ids, TagId = tag.Id },
            new(BulkAction.Helper) { Ids = ids, HelperId = desk.Company.OtherSalesperson.UserId },
            new(BulkAction.Field) { Ids = ids, Field = "interest", Value = "Two vans" },
            new(BulkAction.Field) { Ids = ids, Field = "name" },
            new(BulkAction.FollowUp) { Ids = ids, DueAt = desk.Time.GetUtcNow().UtcDateTime.AddDays(1), FollowUpKind = FollowUpKind.Call },
            new(BulkAction.Delete) { Ids = ids, Reason = "Old" },
        ];
        foreach (var request in requests)
        {
            desk.Time.Advance(TimeSpan.FromMinutes(1));
            var (leads, counters, tags) = (await SnapshotAsync(desk), await desk.CountersAsync(), await TagsAsync(desk));
            var done = await desk.Bulk.RunAsync(manager, request, default);
            done.Value!.Changed.ShouldBeGreaterThan(0, request.Action.ToString());
            (await SnapshotAsync(desk)).ShouldNotBe(leads, request.Action.ToString());

            var undone = await desk.Undo.UndoAsync(manager, done.Value.UndoToken, default);

            undone.Value!.Restored.ShouldBe(done.Value.Changed, request.Action.ToString());
            undone.Value.NotRestored.ShouldBeEmpty();
            (await SnapshotAsync(desk)).ShouldBe(leads, request.Action.ToString());
            (await desk.CountersAsync()).ShouldBe(counters);
            (await TagsAsync(desk)).ShouldBe(tags);
            (await desk.RowsAsync<FollowUp>()).ShouldBeEmpty();
            (await desk.RowsAsync<LeadHelper>()).ShouldBeEmpty();
            (await desk.RowsAsync<TimelineEntry>()).Count(entry => entry.Kind is TimelineKind.Undone).ShouldBeGreaterThan(0);
        }
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task What_was_changed_since_stays_and_is_listed_by_name(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(4);
        var (admin, stages) = (desk.Company.Admin, desk.Company.Stages);
        var done = await desk.Bulk.RunAsync(admin, new BulkRequest(BulkAction.Status) { Ids = ids, StageId = stages[2].Id }, default);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.Leads.ChangeStageAsync(admin, ids[0], stages[3].Id, null, default);
        await desk.Leads.DeleteAsync(admin, ids[1], null, null, default);
        // A change of something else does not stand in the way.
        await desk.Leads.AssignAsync(admin, ids[2], desk.Company.Salesperson.UserId, null, default);

        var undone = await desk.Undo.UndoAsync(admin, done.Value!.UndoToken, default);

        undone.Value!.Restored.ShouldBe(2);
        undone.Value.NotRestored.ShouldBe([new UndoLeft(ids[0], "Lead 0", "Its stage was changed since."), new UndoLeft(ids[1], "Lead 1", "It is in the trash.")]);
        var leads = await desk.LeadsAsync();
        leads[ids[0]].StageId.ShouldBe(stages[3].Id);
        leads[ids[2]].StageId.ShouldBe(stages[0].Id);
        leads[ids[2]].OwnerId.ShouldBe(desk.Company.Salesperson.UserId);
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task A_change_is_undone_once_within_a_day_by_who_may(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(2, _ => desk.Company.Salesperson.UserId);
        var request = new BulkRequest(BulkAction.Status) { Ids = ids, StageId = desk.Company.Stages[2].Id };
        var token = (await desk.Bulk.RunAsync(desk.Company.Salesperson, request, default)).Value!.UndoToken;

        (await desk.Undo.UndoAsync(desk.Company.Salesperson, "nonsense", default)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await desk.Undo.UndoAsync(desk.Company.OtherSalesperson, token, default)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await desk.Undo.UndoAsync(desk.Company.Salesperson with { CompanyId = desk.Company.Id + 1 }, token, default)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await desk.Undo.UndoAsync(desk.Company.Manager, token, default)).Value!.Restored.ShouldBe(2);
        var again = await desk.Undo.UndoAsync(desk.Company.Manager, token, default);
        (again.Refusal!.Kind, again.Refusal.Message).ShouldBe((RefusalKind.Conflict, "This change was undone already. Nothing was done now."));

        var late = (await desk.Bulk.RunAsync(desk.Company.Salesperson, request, default)).Value!;
        desk.Time.Advance(TimeSpan.FromHours(24));
        (await desk.Undo.UndoAsync(desk.Company.Manager, late.UndoToken, default)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await desk.Queries.GetAsync(desk.Company.Manager, late.Id, default)).Value!.CanUndo.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task A_follow_up_that_was_done_since_is_not_taken_away(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(2);
        var done = await desk.Bulk.RunAsync(desk.Company.Admin, new BulkRequest(BulkAction.FollowUp) { Ids = ids, DueAt = desk.Time.GetUtcNow().UtcDateTime.AddDays(1) }, default);
        await desk.Database.WriteAsync(desk.Company.Id, context =>
        {
            context.FollowUps.Single(row => row.LeadId == ids[0]).DoneAt = desk.Time.GetUtcNow().UtcDateTime;
            return Task.FromResult(true);
        }, default);

        var undone = await desk.Undo.UndoAsync(desk.Company.Admin, done.Value!.UndoToken, default);

        undone.Value!.NotRestored.ShouldBe([new UndoLeft(ids[0], "Lead 0", "The follow-up was done or removed since.")]);
        (await desk.RowsAsync<FollowUp>()).Select(row => row.LeadId).ShouldBe([ids[0]]);
    }

    /// <summary>Everything of the leads but what counts changes.</summary>
    private static async Task<string> SnapshotAsync(BulkDesk desk)
    {
        var leads = (await desk.LeadsAsync()).Values.OrderBy(lead => lead.Id).ToList();
        leads.ForEach(lead => lead.Version = 0);
        return JsonSerializer.Serialize(leads) + string.Join(',', await TagsAsync(desk)) + (await desk.RowsAsync<LeadHelper>()).Count;
    }

    private static async Task<List<long>> TagsAsync(BulkDesk desk) => [.. (await desk.RowsAsync<LeadTag>()).Select(row => row.LeadId).Order()];
}
