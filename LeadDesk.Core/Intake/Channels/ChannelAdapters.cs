using System.Collections.Frozen;

namespace LeadDesk.Intake.Channels;

/// <summary>A message after its channel's habits are undone; still as written.</summary>
/// <param name="Telling">The part of the message that says something new; null when that is all of it.</param>
/// <param name="ChannelId">How the channel names the person.</param>
internal readonly record struct ChannelReading(string? Name, string? Phone, string? Email, string? Message, string? Telling, string? ChannelId);

/// <summary>How one channel writes names, numbers and messages.</summary>
internal interface IChannelAdapter
{
    ChannelReading Read(IncomingLead incoming);
}

internal static class ChannelAdapters
{
    public const string Other = "other";

    private static readonly GenericChannel Generic = new();

    private static readonly FrozenDictionary<string, IChannelAdapter> Known = new Dictionary<string, IChannelAdapter>(StringComparer.Ordinal)
    {
        ["whatsapp"] = new WhatsAppChannel(),
        ["instagram"] = new SocialChannel("igsid", "instagram_id"),
        ["messenger"] = new SocialChannel("psid", "messenger_id"),
        ["website"] = Generic,
        ["email"] = new EmailChannel(),
        ["meta"] = Generic,
        ["google"] = Generic,
        ["linkedin"] = Generic,
        ["tiktok"] = Generic,
        ["import"] = Generic,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IChannelAdapter For(string channel) => Known.GetValueOrDefault(channel, Generic);

    public static bool IsKnown(string channel) => Known.ContainsKey(channel);

    /// <summary>The channels that have an adapter, for menus.</summary>
    public static IReadOnlyList<string> Words { get; } = ["whatsapp", "instagram", "messenger", "website", "email", "meta", "google", "linkedin", "tiktok"];
}

/// <summary>Any source without habits of its own: an external id names the person only where nothing better does.</summary>
internal sealed class GenericChannel : IChannelAdapter
{
    public ChannelReading Read(IncomingLead incoming) =>
        new(incoming.Name, incoming.Phone, incoming.Email, incoming.Message, null, incoming.ExternalId);
}
