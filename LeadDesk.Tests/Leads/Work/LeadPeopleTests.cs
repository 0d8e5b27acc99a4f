using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Notifications;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Work;

public sealed class LeadPeopleTests
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_helper_sees_the_lead_is_told_and_loses_it_again(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (owner, helper) = (world.Company.Salesperson, world.Company.OtherSalesperson);
        var id = await world.LeadAsync(owner);

        (await world.People.AddHelperAsync(owner, id, helper.UserId, null, CancellationToken.None)).Succeeded.ShouldBeTrue();

        (await world.Queries.CanSeeAsync(helper, id, CancellationToken.None)).ShouldBeTrue();
        (await world.Queries.GetAsync(owner, id, CancellationToken.None)).Value.ShouldNotBeNull().Helpers.Select(row => row.Name).ShouldBe([helper.Name]);
        var told = (await world.NoticesAsync(helper)).ShouldHaveSingleItem();
        (told.Kind, told.LeadName, told.ActorName, told.Read).ShouldBe((UserNoticeKind.Helper, "Ada", owner.Name, false));

        (await world.People.RemoveHelperAsync(helper, id, helper.UserId, null, CancellationToken.None)).Succeeded.ShouldBeTrue();

        (await world.Queries.CanSeeAsync(helper, id, CancellationToken.None)).ShouldBeFalse();
        (await world.TimelineAsync(id)).Take(2).Select(item => (item.Kind, item.Before, item.After))
            .ShouldBe([(TimelineKind.HelperRemoved, helper.Name, null), (TimelineKind.HelperAdded, null, helper.Name)]);
        var kept = (await world.NoticesAsync(helper)).ShouldHaveSingleItem();
        (kept.LeadName, kept.Href).ShouldBe((null, null));
    }

    [Fact]
    public async Task Only_the_owner_and_those_who_assign_ask_others_to_help()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        var (owner, helper) = (world.Company.Salesperson, world.Company.OtherSalesperson);
        var id = await world.LeadAsync(owner);
        await world.People.AddHelperAsync(world.Company.Manager, id, helper.UserId, null, CancellationToken.None);

        (await world.People.AddHelperAsync(helper, id, world.Company.Admin.UserId, null, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await world.People.AddHelperAsync(owner, id, owner.UserId, null, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        (await world.People.AddHelperAsync(owner, id, 999_999, null, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        var other = await world.AddOtherCompanyAsync();
        (await world.People.AddHelperAsync(other.Admin, id, other.Admin.UserId, null, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_note_tells_those_it_names_who_may_see_the_lead_and_says_who_may_not(DatabaseEngine engine)
    {
        await using var world = await WorkWorld.AddAsync(engine);
        var (owner, stranger) = (world.Company.Salesperson, world.Company.OtherSalesperson);
        var id = await world.LeadAsync(owner);

        var note = (await world.Leads.WriteNoteAsync(
            world.Company.Manager, id, new NewNote($"@{owner.Name.ToLowerInvariant()}, look; and @{stranger.Name}! mail@{owner.Name}x @nobody"), null, CancellationToken.None)).Value.ShouldNotBeNull();

        note.Mentions.Select(person => (person.Id, person.Told)).ShouldBe([(owner.UserId, true), (stranger.UserId, false)]);
        note.Item.Id.ShouldBeGreaterThan(0);
        (await world.NoticesAsync(owner)).ShouldHaveSingleItem().Kind.ShouldBe(UserNoticeKind.Mention);
        (await world.NoticesAsync(stranger)).ShouldBeEmpty();
        (await world.TimelineAsync(id, TimelineFilter.Notes)).ShouldHaveSingleItem().Details!.Mentions!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_gets_a_lead_from_somebody_else_is_told_and_marks_it_as_read()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        var (person, id) = (world.Company.Salesperson, await world.LeadAsync());
        var told = new List<long>();
        using var subscription = world.Feed.Signals.Subscribe(signal => told.Add(signal.UserId));

        await world.Leads.AssignAsync(world.Company.Manager, id, person.UserId, null, CancellationToken.None);
        await world.Leads.AssignAsync(world.Company.Manager, id, world.Company.Manager.UserId, null, CancellationToken.None);
        await world.Leads.AssignAsync(world.Company.Manager, id, person.UserId, null, CancellationToken.None);

        told.ShouldBe([person.UserId, person.UserId]);
        (await world.NoticesAsync(world.Company.Manager)).ShouldBeEmpty();
        (await world.Notices.CountAsync(person, world.Now, CancellationToken.None)).ShouldBe(2);
        await world.Reading.ReadAsync(world.Company.Manager, (await world.NoticesAsync(person))[0].Id, CancellationToken.None);
        (await world.Notices.CountAsync(person, world.Now, CancellationToken.None)).ShouldBe(2, "another one's notice");
        await world.Reading.ReadAsync(person, (await world.NoticesAsync(person))[0].Id, CancellationToken.None);
        (await world.Notices.CountAsync(person, world.Now, CancellationToken.None)).ShouldBe(1);
        await world.Reading.ReadAllAsync(person, CancellationToken.None);
        (await world.Notices.CountAsync(person, world.Now, CancellationToken.None)).ShouldBe(0);
    }
}
