using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Leads.Work;

public sealed class LeadPresenceTests
{
    [Fact]
    public async Task People_on_one_lead_see_one_another_and_nobody_else()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        using var presence = new LeadPresence(world.Queries, world.Feed, world.Time);
        var (ann, bob, id) = (world.Company.Admin, world.Company.Manager, await world.LeadAsync());
        var told = 0;

        using var anns = (await presence.EnterAsync(ann, id, () => told++, CancellationToken.None)).ShouldNotBeNull();
        using var annsOther = await presence.EnterAsync(ann, id, () => { }, CancellationToken.None);
        told = 0;
        var bobs = (await presence.EnterAsync(bob, id, () => { }, CancellationToken.None)).ShouldNotBeNull();

        told.ShouldBe(1);
        presence.Others(ann, id).ShouldBe([bob.UserId]);
        presence.Others(bob, id).ShouldBe([ann.UserId]);
        bobs.Dispose();
        bobs.Dispose();
        told.ShouldBe(2);
        presence.Others(ann, id).ShouldBeEmpty();
        (await presence.EnterAsync(world.Company.Salesperson, id, () => { }, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Nodes_hear_of_one_another_and_forget_a_node_that_falls_silent()
    {
        await using var world = await WorkWorld.AddAsync(DatabaseEngine.Sqlite);
        using var otherFeed = new LiveFeed(world.Time, NullLogger<LiveFeed>.Instance);
        var connected = true;
        world.Feed.Signals.SendTo(signal => Pass(otherFeed, signal));
        otherFeed.Signals.SendTo(signal => Pass(world.Feed, signal));
        using var here = new LeadPresence(world.Queries, world.Feed, world.Time);
        using var there = new LeadPresence(world.Queries, otherFeed, world.Time);
        var (ann, bob, id) = (world.Company.Admin, world.Company.Manager, await world.LeadAsync());

        using var anns = await here.EnterAsync(ann, id, () => { }, CancellationToken.None);
        var bobs = (await there.EnterAsync(bob, id, () => { }, CancellationToken.None)).ShouldNotBeNull();
        here.Others(ann, id).ShouldBe([bob.UserId]);
        there.Others(bob, id).ShouldBe([ann.UserId], "the newcomer hears who is here already");

        world.Time.Advance(TimeSpan.FromMinutes(1));
        here.Others(ann, id).ShouldBe([bob.UserId], "the other node goes on saying so");
        connected = false;
        for (var beat = 0; beat < 4; beat++)
            world.Time.Advance(TimeSpan.FromSeconds(8));
        here.Others(ann, id).ShouldBeEmpty();
        connected = true;
        bobs.Dispose();
        here.Others(ann, id).ShouldBeEmpty();

        void Pass(LiveFeed feed, LiveSignal signal)
        {
            if (connected)
                feed.Signals.Receive(signal);
        }
    }
}
