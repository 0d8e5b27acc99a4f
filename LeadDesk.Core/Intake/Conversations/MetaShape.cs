using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>What all bodies of Meta's webhooks have in common.</summary>
internal static class MetaShape
{
    public const string Page = "page";
    public const string Instagram = "instagram";
    public const string WhatsApp = "whatsapp_business_account";

    // Instagram's message ids begin with "ig_" in base64, Messenger's with "m_".
    private const string InstagramIdStart = "aWdf";

    /// <summary>The lists of an entry that hold events of conversations. Standby: while another program talks to the person.</summary>
    public static readonly IReadOnlyList<string> MessagingLists = ["messaging", "standby"];

    /// <summary>The word of <c>object</c>; guessed from what is in it when there is none; null when it is another or nothing tells.</summary>
    public static string? ObjectOf(JsonElement root)
    {
        var named = root.Get("object");
        if (named.Exists())
            return named.Word() switch { Page => Page, Instagram => Instagram, WhatsApp => WhatsApp, _ => null };
        var entry = Entries(root)?.FirstOrDefault() ?? default;
        foreach (var happened in MessagingEvents(entry))
            return happened.Get("message").Get("mid").Word()?.StartsWith(InstagramIdStart, StringComparison.Ordinal) == true ? Instagram : Page;
        foreach (var change in entry.Get("changes").Items())
        {
            var value = change.Get("value");
            if (value.Get("messaging_product").Word() is "whatsapp")
                return WhatsApp;
            if (value.Get("leadgen_id").Exists())
                return Page;
        }

        return null;
    }

    /// <summary>A body without the envelope is its own entry. Null: there is nothing like an entry.</summary>
    public static IEnumerable<JsonElement>? Entries(JsonElement root)
    {
        var entries = root.Get("entry");
        if (entries.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            return entries.Items();
        return root.Get("messaging").Exists() || root.Get("standby").Exists() || root.Get("changes").Exists() ? [root] : null;
    }

    public static IEnumerable<JsonElement> MessagingEvents(JsonElement entry) => MessagingLists.SelectMany(list => entry.Get(list).Items());

    /// <summary>
    /// The dashboard's "Test" button wraps an event of a conversation as a change:
    /// <c>{"field":"messages","value":{"sender":{"id":"12334"},"recipient":{"id":"23245"},"timestamp":"1527459824","message":{"mid":"random_mid","text":"random_text"}}}</c>.
    /// </summary>
    public static bool IsMessagingEvent(JsonElement value) => value.Get("sender").Get("id").Exists();
}
