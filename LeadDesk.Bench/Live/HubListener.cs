using System.Net.WebSockets;
using System.Text.Json;
using LeadDesk.Bench.Running;

namespace LeadDesk.Bench.Live;

/// <summary>
/// A SignalR client of <c>/hubs/leads</c> over the JSON protocol; records end with the byte 0x1E.
/// <code>
/// → {"protocol":"json","version":1}     ← {}
/// ← {"type":1,"target":"lead_created","arguments":[{"lead_id":7,"kind":"created","owner_id":1}]}
/// ⇄ {"type":6}
/// </code>
/// </summary>
internal sealed class HubListener : Listener
{
    private const byte EndOfRecord = 0x1E;

    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override byte[] Ping { get; } = [.. "{\"type\":6}"u8, EndOfRecord];

    public static async Task<Listener> OpenAsync(Uri address)
    {
        var listener = new HubListener();
        await listener.ConnectAsync(new Uri(address, "hubs/leads"), ("X-Api-Key", LeadDeskApp.ApiKey));
        await listener.SendAsync([.. "{\"protocol\":\"json\",\"version\":1}"u8, EndOfRecord], WebSocketMessageType.Text);
        await listener.connected.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return listener;
    }

    protected override ValueTask HandleAsync(ReadOnlyMemory<byte> message, long at)
    {
        for (var rest = message.Span; rest.IndexOf(EndOfRecord) is >= 0 and var length; rest = rest[(length + 1)..])
        {
            using var record = JsonDocument.Parse(rest[..length].ToArray());
            if (!record.RootElement.TryGetProperty("type", out var type))
                connected.TrySetResult();
            else if (type.GetInt32() is 1 && record.RootElement.GetProperty("target").GetString() is "lead_created")
                Sightings.Enqueue(new Sighting(record.RootElement.GetProperty("arguments")[0].GetProperty("lead_id").GetInt64(), at));
        }

        return ValueTask.CompletedTask;
    }
}
