using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace LeadDesk.Bench.Live;

/// <param name="Key">Which change it was.</param>
/// <param name="At">A timestamp of <see cref="Stopwatch"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sighting(long Key, long At);

/// <summary>One WebSocket that hears of changes and notes when. What it is told, and what it has to answer, the kinds know.</summary>
internal abstract class Listener : IAsyncDisposable
{
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private Task reading = Task.CompletedTask;
    private Task pinging = Task.CompletedTask;

    public ConcurrentQueue<Sighting> Sightings { get; } = new();

    /// <summary>When the server last said something; a timestamp of <see cref="Stopwatch"/>.</summary>
    public long LastHeard { get; private set; }

    /// <summary>What says that this end is alive; empty where the server does not ask for it.</summary>
    protected virtual byte[] Ping => [];

    protected virtual WebSocketMessageType Kind => WebSocketMessageType.Text;

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await Task.WhenAll(reading, pinging);
        socket.Dispose();
        closing.Dispose();
        sending.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <exception cref="InvalidOperationException">It does not listen any more.</exception>
    public void CheckAlive()
    {
        if (reading.IsCompleted)
            throw new InvalidOperationException("A connection ended while it was needed.", reading.Exception);
    }

    protected async Task ConnectAsync(Uri http, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        await socket.ConnectAsync(new UriBuilder(http) { Scheme = "ws" }.Uri, closing.Token);
        reading = ReadAsync();
        if (Ping.Length > 0)
            pinging = PingAsync();
    }

    protected async Task SendAsync(byte[] message, WebSocketMessageType kind)
    {
        await sending.WaitAsync(closing.Token);
        try
        {
            await socket.SendAsync(message.AsMemory(), kind, endOfMessage: true, closing.Token);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <param name="message">One message of the WebSocket.</param>
    /// <param name="at">When its end was received.</param>
    protected abstract ValueTask HandleAsync(ReadOnlyMemory<byte> message, long at);

    private async Task ReadAsync()
    {
        var message = new ArrayBufferWriter<byte>(8192);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(message.GetMemory(4096), closing.Token);
                if (part.MessageType is WebSocketMessageType.Close)
                    throw new WebSocketException($"The server closed the connection: {socket.CloseStatusDescription}");
                message.Advance(part.Count);
                if (!part.EndOfMessage)
                    continue;
                LastHeard = Stopwatch.GetTimestamp();
                await HandleAsync(message.WrittenMemory, LastHeard);
                message.ResetWrittenCount();
            }
        }
        catch (Exception) when (closing.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(BetweenPings);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
                await SendAsync(Ping, Kind);
        }
        catch (Exception) when (closing.IsCancellationRequested || reading.IsCompleted)
        {
            // Disposed, or ended by the server, which whoever needs the connection learns from CheckAlive.
        }
    }
}
