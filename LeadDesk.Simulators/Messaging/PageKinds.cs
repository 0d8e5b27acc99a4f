namespace LeadDesk.Simulators.Messaging;

/// <summary>What can come from Instagram and Messenger, as the words of the control addresses.</summary>
public static class PageKinds
{
    /// <summary>Somebody wrote, sent or chose something.</summary>
    public static IReadOnlyList<string> Messages { get; } =
    [
        "text", "image", "video", "audio", "file", "share", "reel", "story_mention", "story_reply", "reply", "quick_reply", "postback", "referral_message",
        "referral_postback", "sticker", "unsupported",
    ];

    /// <summary>Nothing new was said.</summary>
    public static IReadOnlyList<string> Changes { get; } = ["referral", "echo", "deleted", "edit", "read", "delivery", "reaction", "reaction_removed", "standby", "optin"];

    public static IReadOnlyList<string> All { get; } = [.. Messages, .. Changes];
}
