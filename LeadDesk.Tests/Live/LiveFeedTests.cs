using System.Collections.Concurrent;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Live;

public sealed class LiveFeedTests : IDisposable
{
    private readonly LiveFeed _feed = new(TimeProvider.System, NullLogger<LiveFeed>.Instance);

    [Fact]
    public async Task Everybody_of_the_company_hears_of_a_change_and_nobody_else()
    {
        var (ours, theirs) = (new ConcurrentQueue<LeadEvent>(), new ConcurrentQueue<LeadEvent>());
        var readers = Enumerable.Range(0, 1000).Select(_ => _feed.Subscribe(1, events => Collect(ours, events))).ToArray();
        using var other = _feed.Subscribe(2, events => Collect(theirs, events));

        _feed.Publish([Changed(1, lead: 10)]);
        _feed.Publish([Changed(2, lead: 20)]);

        await Eventually.BecomesTrueAsync(() => ours.Count is 1000 && !theirs.IsEmpty);
        ours.ShouldAllBe(change => change.LeadId == 10);
        theirs.ShouldHaveSingleItem().LeadId.ShouldBe(20);
        foreach (var reader in readers)
            reader.Dispose();
    }

    [Fact]
    public async Task Changes_come_in_the_order_they_were_published()
    {
        var heard = new ConcurrentQueue<LeadEvent>();
        using var reader = _feed.Subscribe(1, events => Collect(heard, events));

        for (var lead = 1; lead <= 500; lead++)
            _feed.Publish([Changed(1, lead)]);

        await Eventually.BecomesTrueAsync(() => heard.Count is 500);
        heard.Select(change => change.LeadId).ShouldBe(Enumerable.Range(1, 500).Select(lead => (long)lead));
    }

    [Fact]
    public async Task More_than_anybody_can_take_becomes_a_reload_instead_of_being_dropped()
    {
        var heard = new ConcurrentQueue<LeadEvent>();
        using var release = new ManualResetEventSlim();
        using var reader = _feed.Subscribe(1, events =>
        {
            Collect(heard, events);
            release.Wait(TestContext.Current.CancellationToken);
        });
        _feed.Publish([Changed(1, lead: 1)]);
        await Eventually.BecomesTrueAsync(() => heard.Count is 1);

        for (var lead = 2; lead <= LiveFeed.WaitingPerCompany * 3; lead++)
            _feed.Publish([Changed(1, lead)]);
        release.Set();

        await Eventually.BecomesTrueAsync(() => heard.Any(change => change.IsReload));
    }

    [Fact]
    public async Task A_reader_that_hangs_or_throws_does_not_keep_the_news_from_others()
    {
        var heard = new ConcurrentQueue<LeadEvent>();
        using var release = new ManualResetEventSlim();
        using var hanging = _feed.Subscribe(1, _ => release.Wait(TestContext.Current.CancellationToken));
        using var throwing = _feed.Subscribe(1, _ => throw new FormatException("a defect"));
        using var reader = _feed.Subscribe(1, events => Collect(heard, events));

        _feed.Publish([Changed(1, lead: 1)]);
        await Eventually.BecomesTrueAsync(() => heard.Count is 1);
        _feed.Publish([Changed(1, lead: 2)]);
        await Eventually.BecomesTrueAsync(() => heard.Count is 2);
        release.Set();
    }

    [Fact]
    public async Task A_reader_that_left_hears_nothing_more()
    {
        var (gone, stays) = (new ConcurrentQueue<LeadEvent>(), new ConcurrentQueue<LeadEvent>());
        var left = _feed.Subscribe(1, events => Collect(gone, events));
        using var reader = _feed.Subscribe(1, events => Collect(stays, events));

        left.Dispose();
        _feed.Publish([Changed(1, lead: 1)]);

        await Eventually.BecomesTrueAsync(() => stays.Count is 1);
        gone.ShouldBeEmpty();
    }

    public void Dispose() => _feed.Dispose();

    private static void Collect(ConcurrentQueue<LeadEvent> heard, IReadOnlyList<LeadEvent> events)
    {
        foreach (var change in events)
            heard.Enqueue(change);
    }

    private static LeadEvent Changed(long company, long lead) => new(company, lead, LeadEventKind.Updated, null, null);
}
