namespace LeadDesk.Simulators.Messaging;

/// <summary>What can come from WhatsApp, as the words of the control address.</summary>
public static class WhatsAppKinds
{
    /// <summary>Somebody wrote or chose something.</summary>
    public static IReadOnlyList<string> Messages { get; } =
    [
        "text", "image", "video", "document", "audio", "voice", "sticker", "location", "contacts", "order", "button", "button_reply", "list_reply", "flow_reply",
        "referral", "reply", "forwarded", "product_question", "unsupported", "broken_interactive", "username_only", "no_profile", "no_contacts",
    ];

    /// <summary>Something happened to an earlier message or to the person.</summary>
    public static IReadOnlyList<string> Changes { get; } = ["reaction", "reaction_removed", "edit", "revoke", "number_changed", "identity_changed", "echo"];

    public static IReadOnlyList<string> Statuses { get; } = ["sent", "delivered", "read", "played", "failed"];

    /// <summary>Other fields of the same subscription.</summary>
    public static IReadOnlyList<string> Others { get; } = ["marketing_stop", "marketing_resume", "template_rejected", "account_update", "call"];

    public static IReadOnlyList<string> All { get; } = [.. Messages, .. Changes, .. Statuses, .. Others];
}
