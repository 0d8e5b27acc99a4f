using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Messaging;

/// <summary>WhatsApp's webhooks: an entry's change for each event.</summary>
/// <example><c>{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",...}}]}]}</c></example>
internal static class WhatsAppBodies
{
    public const string AccountId = "102290129340398";
    public const string DisplayPhone = "15550783881";

    public static JsonObject Body(IEnumerable<JsonObject> changes) => new()
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject { ["id"] = AccountId, ["changes"] = new JsonArray([.. changes]) }),
    };

    public static JsonObject Change(string kind, ConversationStep step, string phoneNumberId)
    {
        if (WhatsAppKinds.Statuses.Contains(kind)) return Change("messages", phoneNumberId, With(Value(step), "statuses", Status(kind, step)));
        switch (kind)
        {
            case "marketing_stop" or "marketing_resume":
                return Change("user_preferences", phoneNumberId, With(Value(step), "user_preferences", new JsonObject
                {
                    ["wa_id"] = step.WaId,
                    ["detail"] = "User changed marketing preferences",
                    ["category"] = "marketing_messages",
                    ["value"] = kind == "marketing_stop" ? "stop" : "resume",
                    ["timestamp"] = long.Parse(step.UnixSeconds, System.Globalization.CultureInfo.InvariantCulture),
                }));
            case "template_rejected":
                return new JsonObject
                {
                    ["value"] = new JsonObject
                    {
                        ["event"] = "REJECTED",
                        ["message_template_id"] = 1689556908129835,
                        ["message_template_name"] = "abandoned_cart",
                        ["message_template_language"] = "en",
                        ["reason"] = "INVALID_FORMAT",
                    },
                    ["field"] = "message_template_status_update",
                };
            case "account_update":
                return new JsonObject { ["value"] = new JsonObject { ["phone_number"] = DisplayPhone, ["event"] = "VERIFIED_ACCOUNT" }, ["field"] = "account_update" };
            case "call":
                return Change("calls", phoneNumberId, With(Value(step), "calls", new JsonObject
                {
                    ["id"] = "wacid." + step.Number,
                    ["from"] = step.WaId,
                    ["to"] = DisplayPhone,
                    ["event"] = "connect",
                    ["direction"] = "USER_INITIATED",
                    ["timestamp"] = step.UnixSeconds,
                }));
            case "echo":
                return Change("smb_message_echoes", phoneNumberId, With(Value(step, contacts: false), "message_echoes", Echo(step)));
        }

        var value = With(Value(step, contacts: kind is not ("no_contacts" or "number_changed" or "identity_changed"), profile: kind != "no_profile"), "messages", WhatsAppMessages.Write(kind, step));
        if (kind is "broken_interactive" or "unsupported") value["errors"] = new JsonArray(WhatsAppMessages.Error(kind == "unsupported" ? 131051 : 131000));
        return Change("messages", phoneNumberId, value);
    }

    private static JsonObject Change(string field, string phoneNumberId, JsonObject value)
    {
        value.Insert(1, "metadata", new JsonObject { ["display_phone_number"] = DisplayPhone, ["phone_number_id"] = phoneNumberId });
        return new JsonObject { ["value"] = value, ["field"] = field };
    }

    private static JsonObject Value(ConversationStep step, bool contacts = true, bool profile = true)
    {
        var value = new JsonObject { ["messaging_product"] = "whatsapp" };
        if (!contacts) return value;
        var contact = new JsonObject();
        if (profile) contact["profile"] = new JsonObject { ["name"] = step.Person.FullName };
        if (step.HasPhone) contact["wa_id"] = step.WaId;
        else if (contact["profile"] is { } named) named["username"] = step.Person.Email.Split('@')[0];
        contact["user_id"] = step.BusinessScopedId;
        value["contacts"] = new JsonArray(contact);
        return value;
    }

    private static JsonObject With(JsonObject value, string list, JsonObject item)
    {
        value[list] = new JsonArray(item);
        return value;
    }

    private static JsonObject Echo(ConversationStep step) => new()
    {
        ["from"] = DisplayPhone,
        ["to"] = step.WaId,
        ["id"] = step.WhatsAppId,
        ["timestamp"] = step.UnixSeconds,
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = step.Text ?? "Thank you, we will call you back." },
    };

    /// <summary>About the message whose number is the original's.</summary>
    private static JsonObject Status(string kind, ConversationStep step)
    {
        var status = new JsonObject
        {
            ["id"] = step.Text ?? step.OriginalWhatsAppId,
            ["status"] = kind,
            ["timestamp"] = step.UnixSeconds,
            ["recipient_id"] = step.WaId,
            ["recipient_user_id"] = step.BusinessScopedId,
        };
        if (kind == "failed") status["errors"] = new JsonArray(WhatsAppMessages.Error(131047));
        else
        {
            status["conversation"] = new JsonObject { ["id"] = "7270432eae37498234f4444b35ffc5", ["origin"] = new JsonObject { ["type"] = "service" } };
            status["pricing"] = new JsonObject { ["billable"] = true, ["pricing_model"] = "CBP", ["category"] = "service" };
        }

        return status;
    }
}
