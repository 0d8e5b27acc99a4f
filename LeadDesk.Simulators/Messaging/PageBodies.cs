using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Messaging;

/// <summary>Webhooks of Instagram (<c>object</c> is instagram) and Messenger (page): one messaging event in an entry.</summary>
/// <example><c>{"object":"instagram","entry":[{"id":"1784","time":1790848800000,"messaging":[{"sender":{"id":"9"},"recipient":{"id":"1784"},"timestamp":1790848800000,"message":{"mid":"m_1","text":"Hi"}}]}]}</c></example>
internal static class PageBodies
{
    public static JsonObject Body(string kindOfPage, string accountId, IReadOnlyList<(string Kind, ConversationStep Step)> events) => new()
    {
        ["object"] = kindOfPage,
        ["entry"] = new JsonArray([.. events.Select(JsonNode (item) => new JsonObject
        {
            ["id"] = accountId,
            ["time"] = item.Step.UnixMilliseconds,
            [item.Kind == "standby" ? "standby" : "messaging"] = new JsonArray(Event(item.Kind, item.Step, accountId)),
        })]),
    };

    private static JsonObject Event(string kind, ConversationStep step, string accountId)
    {
        var isEcho = kind == "echo";
        var happened = new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = isEcho ? accountId : step.ScopedId },
            ["recipient"] = new JsonObject { ["id"] = isEcho ? step.ScopedId : accountId },
            ["timestamp"] = step.UnixMilliseconds,
        };
        var (name, content) = kind switch
        {
            "read" => ("read", new JsonObject { ["mid"] = step.OriginalMid, ["watermark"] = step.UnixMilliseconds }),
            "delivery" => ("delivery", new JsonObject { ["mids"] = new JsonArray(step.OriginalMid), ["watermark"] = step.UnixMilliseconds }),
            "reaction" => ("reaction", new JsonObject { ["mid"] = step.OriginalMid, ["action"] = "react", ["reaction"] = "love", ["emoji"] = "❤️" }),
            "reaction_removed" => ("reaction", new JsonObject { ["mid"] = step.OriginalMid, ["action"] = "unreact" }),
            "referral" => ("referral", Referral()),
            "optin" => ("optin", new JsonObject { ["ref"] = "newsletter", ["type"] = "notification_messages" }),
            "edit" => ("message_edit", new JsonObject { ["mid"] = step.OriginalMid, ["text"] = step.Words + " (edited)", ["num_edit"] = 1 }),
            "postback" => ("postback", Postback(step)),
            "referral_postback" => ("postback", With(Postback(step), "referral", Referral())),
            _ => ("message", Message(kind, step)),
        };
        happened[name] = content;
        return happened;
    }

    private static JsonObject Message(string kind, ConversationStep step)
    {
        if (kind == "deleted") return new JsonObject { ["mid"] = step.OriginalMid, ["is_deleted"] = true };
        var message = new JsonObject { ["mid"] = step.Mid };
        switch (kind)
        {
            case "image" or "video" or "audio" or "file" or "share" or "reel" or "story_mention":
                message["attachments"] = new JsonArray(new JsonObject
                {
                    ["type"] = kind == "reel" ? "ig_reel" : kind,
                    ["payload"] = new JsonObject { ["url"] = $"https://lookaside.example/{kind}/{step.Number}" },
                });
                if (step.Text is not null) message["text"] = step.Text;
                return message;
            case "sticker":
                message["sticker_id"] = 369239263222822;
                message["attachments"] = new JsonArray(new JsonObject
                {
                    ["type"] = "image",
                    ["payload"] = new JsonObject { ["url"] = "https://lookaside.example/like.png", ["sticker_id"] = 369239263222822 },
                });
                return message;
            case "unsupported":
                return With(message, "is_unsupported", true);
        }

        message["text"] = step.Words;
        return kind switch
        {
            "echo" => With(With(message, "is_echo", true), "app_id", 550011223344),
            "reply" => With(message, "reply_to", new JsonObject { ["mid"] = step.OriginalMid }),
            "story_reply" => With(message, "reply_to", new JsonObject { ["story"] = new JsonObject { ["id"] = "17900011", ["url"] = "https://lookaside.example/story/1" } }),
            "quick_reply" => With(message, "quick_reply", new JsonObject { ["payload"] = "WANTS_PRICES" }),
            "referral_message" => With(message, "referral", Referral()),
            _ => message,
        };
    }

    private static JsonObject Postback(ConversationStep step) => new() { ["mid"] = step.Mid, ["title"] = "Get started", ["payload"] = "GET_STARTED" };

    private static JsonObject With(JsonObject json, string name, JsonNode value)
    {
        json[name] = value;
        return json;
    }

    private static JsonObject Referral() => new()
    {
        ["ref"] = "autumn",
        ["ad_id"] = "23853000000000002",
        ["source"] = "ADS",
        ["type"] = "OPEN_THREAD",
        ["ads_context_data"] = new JsonObject { ["ad_title"] = "Offices that fit", ["photo_url"] = "https://scontent.example/ad.jpg", ["post_id"] = "104857600012345_1" },
    };
}
