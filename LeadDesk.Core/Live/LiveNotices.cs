using LeadDesk.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeadDesk.Live;

/// <summary>
/// Carries the feed between the nodes of a PostgreSQL installation (LISTEN and NOTIFY). SQLite has one process and needs none of it.
/// A node that could not send or hear for a while makes up for it with a reload.
/// </summary>
internal sealed partial class LiveNotices : BackgroundService
{
    /// <summary>Beyond this they are forgotten; heartbeats and the next look make up for them.</summary>
    private const int MostUnsentSignals = 2000;

    private static readonly TimeSpan SendInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>How long silence is believed before the connection is tried; a dead one says nothing either.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource? _source;
    private readonly LiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveNotices> _logger;
    private readonly string _node = Guid.NewGuid().ToString("N")[..8];
    private readonly Lock _gate = new();
    private readonly EventBuffer _unsent = new(LiveFeed.WaitingPerCompany);
    private readonly Throttle _send;
    private readonly ITimer _sendAgain;
    private List<LiveSignal> _unsentSignals = [];

    public LiveNotices(Database database, LiveFeed feed, TimeProvider time, ILogger<LiveNotices> logger)
    {
        (_source, _feed, _time, _logger) = (database.Source, feed, time, logger);
        _send = new Throttle(SendInterval, SendAsync, exception => LogSendFailed(logger, exception), time);
        _sendAgain = time.CreateTimer(_ => _send.Request(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_source is null)
            return;
        feed.SendTo(Send);
        feed.Signals.SendTo(Send);
    }

    public override void Dispose()
    {
        _sendAgain.Dispose();
        _send.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_source is null)
            return;
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(_source, () => pause = FirstPause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
            {
                LogLost(_logger, exception, pause.TotalSeconds);
            }

            using var timer = new PeriodicTimer(pause, _time);
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ListenAsync(NpgsqlDataSource source, Action connected, CancellationToken stoppingToken)
    {
        await using var connection = await source.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notice) =>
        {
            var (events, signals) = LiveNotice.Read(notice.Payload, _node);
            if (events.Count > 0)
                _feed.Receive(events);
            foreach (var signal in signals)
                _feed.Signals.Receive(signal);
        };
        await ExecuteAsync(connection, $"LISTEN {LiveNotice.Channel}", stoppingToken);
        connected();
        LogListening(_logger, _node);
        // What other nodes said before this moment was not heard.
        _feed.ReloadAll();
        while (true)
        {
            if (!await connection.WaitAsync(Silence, stoppingToken))
                await ExecuteAsync(connection, "SELECT 1", stoppingToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Send(IReadOnlyList<LeadEvent> events)
    {
        lock (_gate)
            _unsent.Add(events);
        _send.Request();
    }

    private void Send(LiveSignal signal)
    {
        lock (_gate)
        {
            if (_unsentSignals.Count < MostUnsentSignals)
                _unsentSignals.Add(signal);
        }

        _send.Request();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, List<LeadEvent>> changes;
        List<LiveSignal> signals;
        lock (_gate)
        {
            changes = _unsent.Take();
            (signals, _unsentSignals) = (_unsentSignals, []);
        }

        if (changes.Count is 0 && signals.Count is 0)
            return;
        try
        {
            await using var batch = _source!.CreateBatch();
            foreach (var notice in LiveNotice.Write(_node, changes.Values.SelectMany(events => events)).Concat(LiveNotice.Write(_node, signals)))
            {
                var command = new NpgsqlBatchCommand("SELECT pg_notify($1, $2)");
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = LiveNotice.Channel });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = notice });
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception)
        {
            // Whether they were sent is unknown and their order is lost: the other nodes read again when this node can speak.
            lock (_gate)
                _unsent.Add([.. changes.Keys.Select(LeadEvent.Reload)]);
            _sendAgain.Change(LongestPause / 10, Timeout.InfiniteTimeSpan);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "Node {Node} listens for live events of other nodes.")]
    private static partial void LogListening(ILogger logger, string node);

    [LoggerMessage(LogLevel.Warning, "The connection for live events was lost; trying again in {Seconds} s.")]
    private static partial void LogLost(ILogger logger, Exception exception, double seconds);

    [LoggerMessage(LogLevel.Warning, "Live events could not be sent to the other nodes; they will read again.")]
    private static partial void LogSendFailed(ILogger logger, Exception exception);
}
