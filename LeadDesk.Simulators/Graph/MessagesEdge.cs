using System.Globalization;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary><c>POST /{sender}/messages</c> of WhatsApp (a phone number id sends) and of Messenger and Instagram (a page or account sends).</summary>
internal static class MessagesEdge
{
    private const int MostTextLetters = 4096;

    public static GraphAnswer Send(GraphRequest request, string senderId)
    {
        if (request.Json is not { } json) return GraphAnswer.BadParameter("The parameter messaging_product is required.");
        return senderId == GraphSimulator.PhoneNumberId ? SendWhatsApp(request, senderId, json) : SendFromPage(request, senderId, json);
    }

    private static GraphAnswer SendWhatsApp(GraphRequest request, string senderId, JsonObject json)
    {
        if (GraphInbox.Text(json["messaging_product"]) != "whatsapp") return GraphAnswer.BadParameter("The parameter messaging_product is required.");
        if (GraphInbox.Text(json["status"]) == "read")
            return GraphInbox.Text(json["message_id"]) is { Length: > 0 } ? GraphAnswer.Success : GraphAnswer.BadParameter("The parameter message_id is required.");

        var to = GraphInbox.Text(json["to"]) ?? GraphInbox.Text(json["recipient"]);
        if (string.IsNullOrEmpty(to)) return GraphAnswer.BadParameter("The parameter to is required.");
        var type = GraphInbox.Text(json["type"]) ?? "text";
        if (json[type] is not JsonObject content) return GraphAnswer.Error(StatusCodes.Status400BadRequest, 131008, $"(#131008) Required parameter is missing: {type}");
        if (type == "text" && GraphInbox.Text(content["body"]) is not { Length: > 0 and <= MostTextLetters })
            return GraphAnswer.Error(StatusCodes.Status400BadRequest, 131009, "(#131009) Parameter value is not valid: text.body");

        var sent = request.Graph.Inbox.Add(number => new SentMessage(
            "wamid.HBgM" + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(number.ToString("D9", CultureInfo.InvariantCulture))), senderId, to, json.ToJsonString()));
        return GraphAnswer.Ok(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject { ["input"] = to, ["wa_id"] = to.TrimStart('+') }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = sent.Id }),
        });
    }

    private static GraphAnswer SendFromPage(GraphRequest request, string senderId, JsonObject json)
    {
        if (json["recipient"] is not JsonObject recipient || GraphInbox.Text(recipient["id"]) is not { Length: > 0 } to)
            return GraphAnswer.BadParameter("The parameter recipient is required.");
        if (json["message"] is not JsonObject && json["sender_action"] is null) return GraphAnswer.BadParameter("The parameter message is required.");
        var sent = request.Graph.Inbox.Add(number => new SentMessage(
            string.Create(CultureInfo.InvariantCulture, $"m_simulated{number:D9}"), senderId, to, json.ToJsonString()));
        return GraphAnswer.Ok(new JsonObject { ["recipient_id"] = to, ["message_id"] = sent.Id });
    }
}
