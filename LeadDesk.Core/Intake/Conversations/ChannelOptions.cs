namespace LeadDesk.Intake.Conversations;

/// <summary>A channel of messages that is set by configuration instead of on its page. All may be null.</summary>
/// <param name="AccountId">The phone number id or Instagram account id.</param>
/// <param name="AccessToken">For media and profiles.</param>
/// <param name="AppSecret">Signs what Meta sends; null means that of Meta.</param>
/// <param name="VerifyToken">Answers Meta's handshake.</param>
/// <param name="GraphUrl">Null means that of Meta.</param>
public sealed record ChannelOptions(string? AccountId, string? AccessToken, string? AppSecret, string? VerifyToken, Uri? GraphUrl)
{
    public static ChannelOptions Off { get; } = new(null, null, null, null, null);
}

/// <summary>What is set for each channel.</summary>
public sealed record ConversationOptions(ChannelOptions WhatsApp, ChannelOptions Instagram);
