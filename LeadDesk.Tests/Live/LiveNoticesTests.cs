using System.Collections.Concurrent;
using System.Text;
using LeadDesk.Data;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Live;

public sealed class LiveNoticesTests
{
    [Fact]
    public async Task A_change_on_one_node_is_heard_on_the_other_and_once_on_its_own()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Postgres);
        await using var here = await Node.StartAsync(database);
        await using var there = await Node.StartAsync(database);
        var change = new LeadEvent(1, 10, LeadEventKind.Created, 7, null);

        here.Feed.Publish([change]);

        await Eventually.BecomesTrueAsync(() => there.Heard.Contains(change));
        there.Feed.Publish([change with { LeadId = 11 }]);
        await Eventually.BecomesTrueAsync(() => here.Heard.Any(heard => heard.LeadId is 11));
        here.Heard.Count(heard => heard == change).ShouldBe(1);
    }

    [Fact]
    public async Task After_a_lost_connection_everything_is_read_again()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Postgres);
        await using var node = await Node.StartAsync(database);
        var before = node.Heard.Count(change => change.IsReload);

        await PostgresServer.ExecuteAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Database}' AND query LIKE 'LISTEN%'");

        await Eventually.BecomesTrueAsync(() => node.Heard.Count(change => change.IsReload) > before);
    }

    [Fact]
    public void A_notice_comes_back_as_it_was_and_is_skipped_by_its_sender()
    {
        LeadEvent[] events = [new(1, 2, LeadEventKind.Deleted, 3, 4), new(1, 5, LeadEventKind.Updated, null, null)];

        var notice = LiveNotice.Write("aaaa", events).ShouldHaveSingleItem();

        LiveNotice.Read(notice, "bbbb").Events.ShouldBe(events);
        LiveNotice.Read(notice, "aaaa").Events.ShouldBeEmpty();
    }

    [Fact]
    public void Any_number_of_events_fits_into_notices_of_8000_bytes()
    {
        var events = Enumerable.Range(0, 1000).Select(_ => new LeadEvent(long.MaxValue, long.MaxValue, LeadEventKind.Deleted, long.MaxValue, long.MaxValue)).ToArray();

        var notices = LiveNotice.Write("aaaaaaaa", events).ToArray();

        notices.ShouldAllBe(notice => Encoding.UTF8.GetByteCount(notice) < 8000);
        notices.Sum(notice => LiveNotice.Read(notice, "").Events.Count).ShouldBe(1000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"n":"x"}""")]
    [InlineData("""{"n":"x","e":"many"}""")]
    public void What_is_no_notice_is_left_alone(string payload) => LiveNotice.Read(payload, "own").Events.ShouldBeEmpty();

    /// <summary>A node that is connected and has one reader of company 1.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly Database _database;
        private readonly LiveNotices _notices;

        private Node(TestDatabase database)
        {
            _database = database.OpenAnother();
            Feed = new LiveFeed(TimeProvider.System, NullLogger<LiveFeed>.Instance);
            _notices = new LiveNotices(_database, Feed, TimeProvider.System, NullLogger<LiveNotices>.Instance);
            Feed.Subscribe(1, events =>
            {
                foreach (var change in events)
                    Heard.Enqueue(change);
            });
        }

        public LiveFeed Feed { get; }

        public ConcurrentQueue<LeadEvent> Heard { get; } = new();

        public static async Task<Node> StartAsync(TestDatabase database)
        {
            var node = new Node(database);
            await node._notices.StartAsync(CancellationToken.None);
            // It says so with a reload when it begins to listen.
            await Eventually.BecomesTrueAsync(() => node.Heard.Any(change => change.IsReload));
            return node;
        }

        public async ValueTask DisposeAsync()
        {
            await _notices.StopAsync(CancellationToken.None);
            _notices.Dispose();
            Feed.Dispose();
            await _database.DisposeAsync();
        }
    }
}
