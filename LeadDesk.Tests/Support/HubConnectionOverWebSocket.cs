using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace LeadDesk.Tests.Support;

/// <summary>
/// A SignalR client that speaks the hub protocol's JSON form over a bare WebSocket, so that tests see what is really sent.
/// Records end with the byte 0x1E:
/// <code>
/// → {"protocol":"json","version":1}            ← {}
/// → {"type":1,"invocationId":"1","target":"join_lead","arguments":["7"]}
/// ← {"type":3,"invocationId":"1","result":null}  or  {"type":3,"invocationId":"1","error":"…"}
/// ← {"type":1,"target":"lead_created","arguments":[{…}]}
/// ⇄ {"type":6} ping      ← {"type":7,"error":"…"} close
/// </code>
/// </summary>
public sealed class HubConnectionOverWebSocket : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1E;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly WebSocket _socket;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement?>> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Channel<IReadOnlyList<JsonElement>>> _received = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private int _lastId;

    private HubConnectionOverWebSocket(WebSocket socket)
    {
        _socket = socket;
        _reading = ReadAllAsync();
    }

    /// <summary>Connects to a hub that listens on a port.</summary>
    /// <param name="hub">Its http address.</param>
    /// <param name="headers">Sent with the upgrade request: <c>X-Api-Key</c>, <c>Cookie</c>, …</param>
    /// <exception cref="WebSocketException">The server refused the upgrade.</exception>
    public static async Task<HubConnectionOverWebSocket> ConnectAsync(Uri hub, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        using var deadline = new CancellationTokenSource(Deadline);
        await socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws" }.Uri, deadline.Token);
        return await OverAsync(socket);
    }

    /// <summary>Speaks over an open socket, such as the one a test server's <c>CreateWebSocketClient()</c> gives.</summary>
    public static async Task<HubConnectionOverWebSocket> OverAsync(WebSocket socket)
    {
        var connection = new HubConnectionOverWebSocket(socket);
        await connection.SendAsync(new { protocol = "json", version = 1 });
        await connection._handshake.Task.WaitAsync(Deadline);
        return connection;
    }

    /// <summary>Calls a method of the hub and waits for its result; null when it has none.</summary>
    /// <exception cref="HubException">The hub answered with an error.</exception>
    public async Task<JsonElement?> InvokeAsync(string target, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        await SendAsync(new { type = 1, invocationId = id, target, arguments });
        return await answer.Task.WaitAsync(Deadline);
    }

    /// <summary>The arguments of the next event of that name, in the order they came; waits up to 60 seconds.</summary>
    public async Task<IReadOnlyList<JsonElement>> NextAsync(string target)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await Received(target).Reader.ReadAsync(deadline.Token);
    }

    /// <summary>How many events of that name have come and were not taken yet.</summary>
    public int Waiting(string target) => Received(target).Reader.Count;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _closing.Dispose();
    }

    private Channel<IReadOnlyList<JsonElement>> Received(string target) =>
        _received.GetOrAdd(target, _ => Channel.CreateUnbounded<IReadOnlyList<JsonElement>>());

    private async Task SendAsync<T>(T message)
    {
        byte[] record = [.. JsonSerializer.SerializeToUtf8Bytes(message), RecordSeparator];
        await _sending.WaitAsync(_closing.Token);
        try
        {
            await _socket.SendAsync(record.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, _closing.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAllAsync()
    {
        Exception end = new WebSocketException("The hub closed the connection.");
        try
        {
            var unread = new ArrayBufferWriter<byte>();
            while (_socket.State is WebSocketState.Open)
            {
                var read = await _socket.ReceiveAsync(unread.GetMemory(4096), _closing.Token);
                unread.Advance(read.Count);
                await HandleRecordsAsync(unread);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException or HubException or JsonException)
        {
            end = problem;
        }

        // Whoever still waits learns why nothing comes any more.
        _handshake.TrySetException(end);
        foreach (var call in _calls.Values)
            call.TrySetException(end);
        foreach (var events in _received.Values)
            events.Writer.TryComplete(end);
    }

    private async Task HandleRecordsAsync(ArrayBufferWriter<byte> unread)
    {
        var bytes = unread.WrittenMemory.ToArray().AsMemory();
        while (bytes.Span.IndexOf(RecordSeparator) is >= 0 and var length)
        {
            await HandleAsync(JsonSerializer.Deserialize<JsonElement>(bytes.Span[..length]));
            bytes = bytes[(length + 1)..];
        }

        unread.Clear();
        unread.Write(bytes.Span);
    }

    private async Task HandleAsync(JsonElement message)
    {
        var error = message.TryGetProperty("error", out var words) ? new HubException(words.GetString()) : null;
        switch (message.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 0 when error is null: // the answer to the handshake has no type
                _handshake.TrySetResult();
                break;
            case 1:
                var arguments = message.GetProperty("arguments").EnumerateArray().ToList();
                await Received(message.GetProperty("target").GetString()!).Writer.WriteAsync(arguments);
                break;
            case 3:
                Complete(message, error);
                break;
            case 6:
                await SendAsync(new { type = 6 });
                break;
            default:
                throw error ?? new HubException($"The hub sent {message}");
        }
    }

    private void Complete(JsonElement message, HubException? error)
    {
        if (!_calls.TryRemove(message.GetProperty("invocationId").GetString()!, out var call))
            return;
        if (error is not null)
            call.TrySetException(error);
        else
            call.TrySetResult(message.TryGetProperty("result", out var result) ? result : null);
    }
}
