using System.Buffers.Text;

namespace LeadDesk.Bench.Live;

/// <summary>Hears what <c>POST /tell</c> of the floor's server sends: a number and filling.</summary>
internal sealed class FloorListener : Listener
{
    public static async Task<Listener> OpenAsync(Uri address)
    {
        var listener = new FloorListener();
        await listener.ConnectAsync(new Uri(address, "listen"));
        return listener;
    }

    protected override ValueTask HandleAsync(ReadOnlyMemory<byte> message, long at)
    {
        if (Utf8Parser.TryParse(message.Span, out long number, out _))
            Sightings.Enqueue(new Sighting(number, at));
        return ValueTask.CompletedTask;
    }
}
