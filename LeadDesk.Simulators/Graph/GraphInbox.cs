using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary>One event as the Conversions API got it.</summary>
/// <param name="Json">The event's own JSON.</param>
public sealed record ConversionEvent(string DatasetId, string Name, long EventTime, string? EventId, string? LeadId, string Json);

/// <summary>One outgoing message.</summary>
/// <param name="From">The phone number id, page id or Instagram account it was sent from.</param>
/// <param name="Json">The request's body.</param>
public sealed record SentMessage(string Id, string From, string? To, string Json);

/// <summary>A file that somebody attached to a message.</summary>
public sealed record SimulatedMedia(string Id, string ContentType, byte[] Content);

/// <summary>A Messenger or Instagram person.</summary>
public sealed record SimulatedProfile(string Id, string Name, string? UserName);

/// <summary>What Graph was told and what it can look up beside leads. Safe for concurrent use.</summary>
internal sealed class GraphInbox
{
    private readonly Lock _lock = new();
    private readonly List<ConversionEvent> _events = [];
    private readonly List<SentMessage> _messages = [];
    private readonly Dictionary<string, SimulatedMedia> _media = [];
    private readonly Dictionary<string, SimulatedProfile> _profiles = [];

    public IReadOnlyList<ConversionEvent> Events { get { lock (_lock) return [.. _events]; } }

    public IReadOnlyList<SentMessage> Messages { get { lock (_lock) return [.. _messages]; } }

    public void Add(IEnumerable<ConversionEvent> events)
    {
        lock (_lock) _events.AddRange(events);
    }

    /// <param name="make">Makes the message from its number, counted from 1.</param>
    public SentMessage Add(Func<int, SentMessage> make)
    {
        lock (_lock)
        {
            var message = make(_messages.Count + 1);
            _messages.Add(message);
            return message;
        }
    }

    public void Add(SimulatedMedia media)
    {
        lock (_lock) _media[media.Id] = media;
    }

    public void Add(SimulatedProfile profile)
    {
        lock (_lock) _profiles[profile.Id] = profile;
    }

    public SimulatedMedia? Media(string id)
    {
        lock (_lock) return _media.GetValueOrDefault(id);
    }

    public SimulatedProfile? Profile(string id)
    {
        lock (_lock) return _profiles.GetValueOrDefault(id);
    }

    public void Clear()
    {
        lock (_lock)
        {
            _events.Clear();
            _messages.Clear();
            _media.Clear();
            _profiles.Clear();
        }
    }

    /// <summary>A JSON value as a string, whether it is a string or a number.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value ? value.ToString() : null;
}
