using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>Finds the units of a body, entry by entry.</summary>
/// <param name="kind">The body's <c>object</c>.</param>
internal sealed class MetaPieces(string kind)
{
    // Longer ids are none of Meta's; an index takes keys of a few hundred characters.
    private const int LongestKey = 250;

    private readonly string conversations = kind switch
    {
        MetaShape.WhatsApp => InboundSources.WhatsApp,
        MetaShape.Instagram => InboundSources.Instagram,
        _ => InboundSources.Messenger,
    };

    public List<MetaPiece> Found { get; } = [];

    public void AddEntry(JsonElement entry)
    {
        foreach (var list in MetaShape.MessagingLists)
        {
            foreach (var happened in entry.Get(list).Items())
                Found.Add(MessagingPieces.Read(entry, list, happened, happened, conversations));
        }

        foreach (var change in entry.Get("changes").Items())
            AddChange(entry, change);
    }

    private void AddChange(JsonElement entry, JsonElement change)
    {
        var value = change.Get("value");
        if (value.ValueKind is not JsonValueKind.Object)
            Found.Add(Other(entry, change, kind is MetaShape.Page ? InboundSources.Meta : conversations, InboundState.Unreadable, "The change has no value."));
        else if (kind is MetaShape.WhatsApp)
            WhatsAppPieces.Add(Found, entry, change, value);
        else if (MetaShape.IsMessagingEvent(value))
            Found.Add(MessagingPieces.Read(entry, "changes", change, value, conversations));
        else if (kind is MetaShape.Page)
            Found.Add(PageChange(entry, change, value));
        else
            Found.Add(Other(entry, change, conversations, InboundState.Ignored, NotOurs(change)));
    }

    /// <summary>Field <c>leadgen</c>. Ids are strings, in older bodies numbers.</summary>
    private static MetaPiece PageChange(JsonElement entry, JsonElement change, JsonElement value)
    {
        var field = change.Get("field").Word();
        var leadId = value.Get("leadgen_id").Id();
        if (field is not "leadgen" && (field is not null || leadId is null))
            return Other(entry, change, InboundSources.Meta, InboundState.Ignored, NotOurs(change));
        // One sender in the wild puts the answers into the event; those are a lead even when it has no id.
        if (leadId is null && !value.Get("field_data").Exists())
            return Other(entry, change, InboundSources.Meta, InboundState.Unreadable, "The event names no lead: it has no leadgen_id.");
        return new MetaPiece(InboundSources.Meta, Key(leadId) ?? HashKey("leadgen", entry, change))
        {
            Entry = entry,
            List = "changes",
            Item = change,
            AccountId = value.Get("page_id").Id() ?? entry.Get("id").Id(),
            Origin = value.Get("form_id").Id(),
            ExternalId = leadId,
            OccurredAt = value.Get("created_time").Time() ?? entry.Get("time").Time(),
        };
    }

    /// <summary>A change that is kept for people to see, as a whole.</summary>
    public static MetaPiece Other(JsonElement entry, JsonElement change, string source, InboundState state, string reason) =>
        new(source, HashKey("other", entry, change))
        {
            Entry = entry,
            List = "changes",
            Item = change,
            AccountId = entry.Get("id").Id(),
            OccurredAt = entry.Get("time").Time(),
            State = state,
            Reason = reason,
        };

    public static string NotOurs(JsonElement change) =>
        change.Get("field").Word() is { } field ? $"“{MetaJson.Shorten(field, 60)}” makes no leads." : "The change does not say what it is about.";

    /// <summary>An id as a repeat key.</summary>
    public static string? Key(string? id) => id is null || id.Length <= LongestKey ? id : $"long:{MetaBody.Hash([], Encoding.UTF8.GetBytes(id))}";

    /// <summary>The repeat key of what has no id: the same thing about the same account is the same.</summary>
    public static string HashKey(string word, JsonElement entry, JsonElement item) =>
        $"{word}:{MetaBody.Hash(Encoding.UTF8.GetBytes(entry.Get("id").Word() ?? ""), JsonMarshal.GetRawUtf8Value(item))}";
}
