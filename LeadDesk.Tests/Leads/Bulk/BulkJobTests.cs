using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Bulk;

public sealed class BulkJobTests
{
    private const int Many = BulkRequest.AtOnce + 1;

    public static TheoryData<DatabaseEngine> Engine => Engines.All;

    [Theory, MemberData(nameof(Engine))]
    public async Task Very_many_leads_are_changed_and_restored_in_steps(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        await desk.AddLeadsAsync(Many);
        var (manager, stages) = (desk.Company.Manager, desk.Company.Stages);

        var started = (await desk.Bulk.RunAsync(manager, new BulkRequest(BulkAction.Status) { Filter = new LeadFilter(), StageId = stages[2].Id }, default)).Value!;

        (started.Running, started.Total, started.Changed).ShouldBe((true, Many, 0));
        (await desk.Queries.UnderWayAsync(manager, default)).Single().Id.ShouldBe(started.Id);
        await desk.WorkAsync(started.Id);
        var view = (await desk.Queries.GetAsync(manager, started.Id, default)).Value!;
        (view.State, view.Changed, view.CanUndo).ShouldBe((BulkState.Done, Many, true));
        (await desk.LeadsAsync()).Values.ShouldAllBe(lead => lead.StageId == stages[2].Id);
        await desk.CountersShouldBeTrueAsync();

        (await desk.Undo.UndoAsync(manager, started.UndoToken, default)).Value!.BulkId.ShouldBe(started.Id);
        await desk.WorkAsync(started.Id);
        view = (await desk.Queries.GetAsync(manager, started.Id, default)).Value!;
        (view.State, view.Restored, view.CanUndo).ShouldBe((BulkState.Undone, Many, false));
        (await desk.LeadsAsync()).Values.ShouldAllBe(lead => lead.StageId == stages[0].Id && lead.FirstResponseAt == null);
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task A_cancelled_change_keeps_what_is_done_and_can_be_undone(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        await desk.AddLeadsAsync(Many);
        var (manager, stages) = (desk.Company.Manager, desk.Company.Stages);
        var started = (await desk.Bulk.RunAsync(manager, new BulkRequest(BulkAction.Status) { Filter = new LeadFilter(), StageId = stages[2].Id }, default)).Value!;
        await desk.WorkAsync(started.Id, mostSteps: 3);
        (await desk.Bulk.CancelAsync(desk.Company.Salesperson, started.Id, default)).Succeeded.ShouldBeFalse();
        (await desk.Bulk.CancelAsync(manager, started.Id, default)).Succeeded.ShouldBeTrue();
        await desk.WorkAsync(started.Id);

        var view = (await desk.Queries.GetAsync(manager, started.Id, default)).Value!;
        (view.State, view.Changed).ShouldBe((BulkState.Cancelled, 2 * BulkJob.StepSize));
        (await desk.Undo.UndoAsync(manager, started.UndoToken, default)).Value!.Restored.ShouldBe(2 * BulkJob.StepSize);
        (await desk.LeadsAsync()).Values.ShouldAllBe(lead => lead.StageId == stages[0].Id);
        await desk.CountersShouldBeTrueAsync();
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task An_undo_of_a_change_that_goes_on_stops_it_first(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        await desk.AddLeadsAsync(Many);
        var (manager, stages) = (desk.Company.Manager, desk.Company.Stages);
        var started = (await desk.Bulk.RunAsync(manager, new BulkRequest(BulkAction.Status) { Filter = new LeadFilter(), StageId = stages[2].Id }, default)).Value!;
        await desk.WorkAsync(started.Id, mostSteps: 2);

        (await desk.Undo.UndoAsync(manager, started.UndoToken, default)).Value!.BulkId.ShouldBe(started.Id);
        await desk.WorkAsync(started.Id);

        var view = (await desk.Queries.GetAsync(manager, started.Id, default)).Value!;
        (view.State, view.Changed, view.Restored).ShouldBe((BulkState.Undone, BulkJob.StepSize, BulkJob.StepSize));
        (await desk.LeadsAsync()).Values.ShouldAllBe(lead => lead.StageId == stages[0].Id);
    }

    [Fact]
    public void A_million_ids_are_packed_small_and_come_back()
    {
        List<long> ids = [1, 2, 3, 130, 131, 100_000, 9_000_000_000, .. Enumerable.Range(0, 1_000_000).Select(number => 10_000_000_000L + (number * 3))];
        var packed = PackedIds.Pack(ids);
        packed.Length.ShouldBeLessThan(1_400_000);
        PackedIds.Unpack(packed).ShouldBe(ids);
    }
}
