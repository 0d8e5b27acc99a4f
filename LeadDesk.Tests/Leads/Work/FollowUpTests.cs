using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Work;

public sealed class FollowUpTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_next_follow_up_of_a_lead_follows_what_is_set_moved_ended_and_deleted(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (user, id) = (world.Company.Manager, await world.LeadAsync());
        var (soon, later) = (world.Now.AddHours(1), world.Now.AddDays(3));

        var first = (await world.FollowUps.AddAsync(user, id, new NewFollowUp(FollowUpKind.Call, later), CancellationToken.None)).Value.ShouldNotBeNull().FollowUp;
        var second = (await world.FollowUps.AddAsync(user, id, new NewFollowUp(FollowUpKind.Email, soon, Text: "Offer"), CancellationToken.None)).Value.ShouldNotBeNull().FollowUp;
        (await world.ReadAsync(id)).NextFollowUpAt.ShouldBe(soon);

        await world.FollowUps.ChangeAsync(user, second.Id, new FollowUpChange(Done: true), CancellationToken.None);
        (await world.ReadAsync(id)).NextFollowUpAt.ShouldBe(later);
        await world.FollowUps.ChangeAsync(user, first.Id, new FollowUpChange(DueAt: later.AddDays(1)), CancellationToken.None);
        (await world.ReadAsync(id)).NextFollowUpAt.ShouldBe(later.AddDays(1));
        await world.FollowUps.ChangeAsync(user, second.Id, new FollowUpChange(Done: false), CancellationToken.None);
        (await world.ReadAsync(id)).NextFollowUpAt.ShouldBe(soon);
        await world.FollowUps.DeleteAsync(user, second.Id, CancellationToken.None);
        (await world.ReadAsync(id)).NextFollowUpAt.ShouldBe(later.AddDays(1));
        await world.FollowUps.DeleteAsync(user, first.Id, CancellationToken.None);

        (await world.ReadAsync(id)).NextFollowUpAt.ShouldBeNull();
        (await world.TimelineAsync(id, TimelineFilter.FollowUps)).Select(item => item.Kind).ShouldBe(
            [TimelineKind.FollowUpSet, TimelineKind.FollowUpSet, TimelineKind.FollowUpSet, TimelineKind.FollowUpSet, TimelineKind.FollowUpDone, TimelineKind.FollowUpSet, TimelineKind.FollowUpSet]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Everybody_sees_the_follow_ups_of_the_leads_he_sees_in_pages_and_counted_by_day(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (owner, manager) = (world.Company.Salesperson, world.Company.Manager);
        var (mine, others) = (await world.LeadAsync(owner), await world.LeadAsync(world.Company.OtherSalesperson));
        foreach (var hours in (int[])[-2, -1, 3, 50, 400])
            await world.FollowUps.AddAsync(owner, mine, new NewFollowUp(FollowUpKind.Call, world.Now.AddHours(hours)), CancellationToken.None);
        await world.FollowUps.AddAsync(manager, others, new NewFollowUp(FollowUpKind.Task, world.Now.AddHours(1)), CancellationToken.None);

        var (today, week) = (world.Now.AddHours(14), world.Now.AddDays(6));
        (await world.FollowUpLists.CountsAsync(owner, owner.UserId, world.Now, today, week, CancellationToken.None)).ShouldBe(new FollowUpCounts(2, 1, 1, 1));
        (await world.FollowUpLists.CountsAsync(manager, null, world.Now, today, week, CancellationToken.None)).ShouldBe(new FollowUpCounts(2, 2, 1, 1));
        (await world.FollowUpLists.CountDueAsync(owner, world.Now, CancellationToken.None)).ShouldBe(2);

        var seen = new List<DateTime>();
        string? cursor = null;
        do
        {
            var page = (await world.FollowUpLists.ListAsync(owner, new FollowUpFilter(), cursor, 2, CancellationToken.None)).Value.ShouldNotBeNull();
            seen.AddRange(page.Items.Select(row => row.DueAt));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        seen.Count.ShouldBe(5);
        seen.ShouldBeInOrder();
        (await world.FollowUpLists.OfLeadAsync(owner, others, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_follow_up_goes_only_to_somebody_who_sees_the_lead()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        var (owner, stranger) = (world.Company.Salesperson, world.Company.OtherSalesperson);
        var id = await world.LeadAsync(owner);

        var refused = await world.FollowUps.AddAsync(owner, id, new NewFollowUp(FollowUpKind.Call, world.Now, stranger.UserId), CancellationToken.None);
        refused.Refusal!.Errors!.Keys.ShouldBe(["user_id"]);
        (await world.ReadAsync(id)).NextFollowUpAt.ShouldBeNull();
        var added = (await world.FollowUps.AddAsync(owner, id, new NewFollowUp(FollowUpKind.Call, world.Now.AddHours(1)), CancellationToken.None)).Value.ShouldNotBeNull();
        (await world.FollowUps.ChangeAsync(stranger, added.FollowUp.Id, new FollowUpChange(Done: true), CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await world.FollowUps.AddAsync(owner, id, new NewFollowUp(FollowUpKind.Call, world.Now.AddYears(40)), CancellationToken.None)).Refusal!.Errors!.Keys.ShouldBe(["due_at"]);
    }

    [Fact]
    public async Task A_call_and_what_comes_next_are_written_in_one_step_or_not_at_all()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        var (owner, id) = (world.Company.Salesperson, await world.LeadAsync(world.Company.Salesperson));
        var next = new NewFollowUp(FollowUpKind.Call, world.Now.AddDays(1));

        (await world.FollowUps.LogCallAsync(owner, id, new CallLog(CallOutcome.NoAnswer, -1), next, null, CancellationToken.None)).Refusal!.Errors!.Keys.ShouldBe(["seconds"]);
        (await world.FollowUps.LogCallAsync(owner, id, new CallLog(CallOutcome.NoAnswer), next with { UserId = 999_999 }, null, CancellationToken.None)).Succeeded.ShouldBeFalse();
        (await world.TimelineAsync(id)).ShouldBeEmpty();

        (await world.FollowUps.LogCallAsync(owner, id, new CallLog(CallOutcome.CallbackAsked, 75, "After five"), next, null, CancellationToken.None)).Succeeded.ShouldBeTrue();

        var call = (await world.TimelineAsync(id, TimelineFilter.Calls)).ShouldHaveSingleItem();
        (call.Text, call.Details!.Outcome, call.Details.Seconds).ShouldBe(("After five", CallOutcome.CallbackAsked, 75));
        var lead = await world.ReadAsync(id);
        lead.NextFollowUpAt.ShouldBe(world.Now.AddDays(1));
        lead.FirstResponseAt.ShouldNotBeNull();
    }
}
