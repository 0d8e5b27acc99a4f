using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>The units of one change of a WhatsApp business account.</summary>
internal static class WhatsAppPieces
{
    public const string Messages = "messages";
    public const string Echoes = "message_echoes";
    public const string Statuses = "statuses";
    public const string Preferences = "user_preferences";

    /// <summary>The lists of a change's value that hold units.</summary>
    public static IReadOnlyList<string> Lists { get; } = [Messages, Echoes, Statuses, Preferences];

    public static void Add(List<MetaPiece> found, JsonElement entry, JsonElement change, JsonElement value)
    {
        var before = found.Count;
        var contacts = new WhatsAppContacts(value);
        foreach (var list in Lists)
        {
            foreach (var item in value.Get(list).Items())
                found.Add(Piece(entry, change, value, list, item, contacts));
        }

        if (found.Count > before)
            return;
        var error = WhatsAppContent.ErrorText(value.Get("errors"));
        var reason = error is null ? MetaPieces.NotOurs(change) : $"WhatsApp reports: {error}";
        found.Add(MetaPieces.Other(entry, change, InboundSources.WhatsApp, InboundState.Ignored, reason) with { AccountId = Account(entry, value) });
    }

    private static MetaPiece Piece(JsonElement entry, JsonElement change, JsonElement value, string list, JsonElement item, WhatsAppContacts contacts)
    {
        var id = item.Get("id").Id();
        var kind = item.Get("type").Word();
        var (state, reason) = item.ValueKind is not JsonValueKind.Object ? (InboundState.Unreadable, "An element of the list is no object.")
            : list is Messages && kind is "reaction" ? (InboundState.Ignored, "A reaction.")
            : (InboundState.Received, null);
        var account = Account(entry, value);
        return new MetaPiece(InboundSources.WhatsApp, MetaPieces.Key(RepeatKey(list, kind, id, item)) ?? MetaPieces.HashKey(list, entry, item))
        {
            Entry = entry,
            Change = change,
            List = list,
            Item = item,
            Contact = contacts.Of(item),
            AccountId = account,
            Origin = account,
            ExternalId = id,
            OccurredAt = item.Get("timestamp").Time(),
            State = state,
            Reason = reason,
        };
    }

    /// <summary>A message's id is unique in the world; a status, an edit, a deletion and a reaction come with ids of their own beside it.</summary>
    private static string? RepeatKey(string list, string? kind, string? id, JsonElement item) => (list, kind) switch
    {
        (Statuses, _) => id is not null && item.Get("status").Word() is { } status ? $"status:{id}:{status}" : null,
        (Preferences, _) => null,
        (Messages, "edit" or "revoke" or "reaction" or "system") => id is null ? null : $"{kind}:{id}",
        _ => id,
    };

    private static string? Account(JsonElement entry, JsonElement value) => value.Get("metadata").Get("phone_number_id").Id() ?? entry.Get("id").Id();
}
