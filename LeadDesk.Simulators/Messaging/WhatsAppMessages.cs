using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Messaging;

/// <summary>One item of <c>value.messages[]</c>.</summary>
internal static class WhatsAppMessages
{
    public static JsonObject Write(string kind, ConversationStep step)
    {
        var message = new JsonObject();
        if (step.HasPhone) message["from"] = step.WaId;
        message["from_user_id"] = step.BusinessScopedId;
        message["id"] = step.WhatsAppId;
        message["timestamp"] = step.UnixSeconds;
        var (type, content) = Content(kind, step);
        if (content is not null) message[type] = content;
        message["type"] = type;
        switch (kind)
        {
            case "referral":
                message["referral"] = Referral();
                break;
            case "reply":
                message["context"] = new JsonObject { ["from"] = WhatsAppBodies.DisplayPhone, ["id"] = step.OriginalWhatsAppId };
                break;
            case "forwarded":
                message["context"] = new JsonObject { ["forwarded"] = true, ["frequently_forwarded"] = true };
                break;
            case "product_question":
                message["context"] = new JsonObject { ["referred_product"] = new JsonObject { ["catalog_id"] = "354160437058781", ["product_retailer_id"] = "DESK-160" } };
                break;
        }

        return message;
    }

    public static JsonObject Error(int code) => new()
    {
        ["code"] = code,
        ["title"] = code == 131051 ? "Message type unknown" : "Something went wrong",
        ["message"] = "Something went wrong",
        ["error_data"] = new JsonObject { ["details"] = "Unsupported webhook payload" },
    };

    private static (string Type, JsonNode? Content) Content(string kind, ConversationStep step) => kind switch
    {
        "image" => ("image", Media(step, "image/jpeg", step.Text)),
        "video" => ("video", Media(step, "video/mp4", step.Text)),
        "audio" => ("audio", Media(step, "audio/mpeg", null)),
        "voice" => ("audio", With(Media(step, "audio/ogg; codecs=opus", null), "voice", true)),
        "sticker" => ("sticker", With(Media(step, "image/webp", null), "animated", false)),
        "document" => ("document", With(Media(step, "application/pdf", step.Words), "filename", "floor plan – teklif.pdf")),
        "reaction" => ("reaction", new JsonObject { ["message_id"] = step.OriginalWhatsAppId, ["emoji"] = "😮" }),
        "reaction_removed" => ("reaction", new JsonObject { ["message_id"] = step.OriginalWhatsAppId }),
        "location" => ("location", new JsonObject { ["latitude"] = 41.0369, ["longitude"] = 28.985, ["name"] = "Atlas Ofis", ["address"] = step.Person.City }),
        "contacts" => ("contacts", new JsonArray(Card(step))),
        "order" => ("order", Order(step)),
        "button" => ("button", new JsonObject { ["payload"] = "CALL_ME", ["text"] = "Call me" }),
        "button_reply" => Reply("button_reply", new JsonObject { ["id"] = "yes", ["title"] = "Yes, please" }),
        "list_reply" => Reply("list_reply", new JsonObject { ["id"] = "desk-160", ["title"] = "Desk 160 cm", ["description"] = "Height adjustable" }),
        "flow_reply" => Reply("nfm_reply", new JsonObject { ["name"] = "flow", ["body"] = "Sent", ["response_json"] = Flow(step) }),
        "broken_interactive" => ("interactive", null),
        "unsupported" => ("unsupported", null),
        "number_changed" => ("system", new JsonObject
        {
            ["body"] = $"User A changed from {step.WaId} to {step.NewWaId}",
            ["wa_id"] = step.NewWaId,
            ["type"] = "user_changed_number",
        }),
        "identity_changed" => ("system", new JsonObject { ["body"] = "User identity changed", ["identity"] = "a1b2c3", ["type"] = "customer_identity_changed", ["customer"] = step.WaId }),
        "edit" => ("edit", new JsonObject
        {
            ["original_message_id"] = step.OriginalWhatsAppId,
            ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = step.Words + " (edited)" } },
        }),
        "revoke" => ("revoke", new JsonObject { ["original_message_id"] = step.OriginalWhatsAppId }),
        _ => ("text", new JsonObject { ["body"] = step.Words }),
    };

    private static (string Type, JsonNode? Content) Reply(string name, JsonObject reply) => ("interactive", new JsonObject { ["type"] = name, [name] = reply });

    /// <summary>A JSON text inside JSON, as the flow's last screen sends it.</summary>
    private static string Flow(ConversationStep step) => new JsonObject
    {
        ["full_name"] = step.Person.FullName,
        ["email"] = step.Person.Email,
        ["message"] = step.Words,
        ["flow_token"] = "unused",
    }.ToJsonString();

    private static JsonObject Media(ConversationStep step, string contentType, string? caption)
    {
        var media = new JsonObject { ["mime_type"] = contentType, ["sha256"] = "4654+8g=", ["id"] = step.MediaId };
        if (caption is not null) media["caption"] = caption;
        return media;
    }

    private static JsonObject With(JsonObject json, string name, JsonNode value)
    {
        json[name] = value;
        return json;
    }

    private static JsonObject Card(ConversationStep step) => new()
    {
        ["name"] = new JsonObject { ["formatted_name"] = step.Person.FullName, ["first_name"] = step.Person.FirstName, ["last_name"] = step.Person.LastName },
        ["phones"] = new JsonArray(new JsonObject { ["phone"] = step.Person.Phone, ["type"] = "CELL", ["wa_id"] = step.WaId }),
        ["emails"] = new JsonArray(new JsonObject { ["email"] = step.Person.Email, ["type"] = "WORK" }),
    };

    private static JsonObject Order(ConversationStep step) => new()
    {
        ["catalog_id"] = "354160437058781",
        ["text"] = step.Text ?? "",
        ["product_items"] = new JsonArray(
            new JsonObject { ["product_retailer_id"] = "DESK-160", ["quantity"] = 4, ["item_price"] = 320.5, ["currency"] = "EUR" },
            new JsonObject { ["product_retailer_id"] = "CHAIR-ERGO", ["quantity"] = 4, ["item_price"] = 189, ["currency"] = "EUR" }),
    };

    private static JsonObject Referral() => new()
    {
        ["source_url"] = "https://fb.me/2XyZ",
        ["source_id"] = "23853000000000001",
        ["source_type"] = "ad",
        ["headline"] = "Offices that fit",
        ["body"] = "Desks and chairs within ten days",
        ["media_type"] = "image",
        ["image_url"] = "https://scontent.example/ad.jpg",
        ["ctwa_clid"] = "ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LEkR7JwFF4",
        ["welcome_message"] = new JsonObject { ["text"] = "Hello! How can we help?" },
    };
}
