using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LeadDesk.Simulators.Graph;

/// <summary><c>POST /{dataset}/events</c>: checks as the Conversions API does, and remembers. One bad event refuses the whole batch.</summary>
internal static partial class ConversionsEdge
{
    private const int MostEvents = 1000;

    private static readonly TimeSpan s_oldest = TimeSpan.FromDays(7);

    public static GraphAnswer Receive(GraphRequest request, string datasetId)
    {
        if (Data(request) is not { } data) return GraphAnswer.BadParameter("The parameter data is required");
        if (data.Count is 0 or > MostEvents) return Invalid($"The batch has {data.Count} events; 1 to {MostEvents} are allowed.");
        var events = new List<ConversionEvent>(data.Count);
        for (var i = 0; i < data.Count; i++)
        {
            if (data[i] is not JsonObject node) return Invalid($"data[{i}] is not an object.");
            if (Fault(node, request.Graph.Now) is { } fault) return Invalid($"data[{i}]: {fault}");
            events.Add(new ConversionEvent(
                datasetId, node["event_name"]!.ToString(), Seconds(node)!.Value, GraphInbox.Text(node["event_id"]),
                GraphInbox.Text(node["user_data"]!["lead_id"]), node.ToJsonString()));
        }

        request.Graph.Inbox.Add(events);
        return GraphAnswer.Ok(new JsonObject { ["events_received"] = events.Count, ["messages"] = new JsonArray(), ["fbtrace_id"] = "AxyzTest" });
    }

    /// <summary>The batch, which clients of form posts send as text.</summary>
    private static JsonArray? Data(GraphRequest request)
    {
        if (request.Json?["data"] is JsonArray array) return array;
        try
        {
            return request["data"] is { Length: > 0 } text ? JsonNode.Parse(text) as JsonArray : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Fault(JsonObject node, DateTime now)
    {
        if (GraphInbox.Text(node["event_name"]) is not { Length: > 0 }) return "event_name is missing.";
        if (Seconds(node) is not { } seconds) return "event_time is not a Unix time in seconds.";
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        if (at < now - s_oldest || at > now.AddMinutes(10)) return "event_time is more than seven days old or in the future.";
        if (GraphInbox.Text(node["action_source"]) is not ("system_generated" or "website" or "phone_call" or "chat" or "email" or "other" or "app" or "physical_store" or "business_messaging"))
            return "action_source is missing or unknown.";
        if (node["user_data"] is not JsonObject { Count: > 0 } user) return "user_data is missing.";
        if (user["lead_id"] is { } leadId && !DigitsPattern().IsMatch(leadId.ToString())) return "lead_id is not a lead's id.";
        return user.Where(pair => pair.Key is "em" or "ph" or "fn" or "ln" or "external_id" && pair.Value is not null)
            .FirstOrDefault(pair => pair.Key != "external_id" && !IsHashed(pair.Value!)).Key is { } plain
            ? $"user_data.{plain} is not a SHA-256 in lower-case hex."
            : null;
    }

    private static bool IsHashed(JsonNode value) =>
        value is JsonArray list ? list.Count > 0 && list.All(item => item is not null && HashPattern().IsMatch(item.ToString())) : HashPattern().IsMatch(value.ToString());

    private static long? Seconds(JsonObject node) =>
        long.TryParse(GraphInbox.Text(node["event_time"]), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000 ? seconds : null;

    private static GraphAnswer Invalid(string message) => GraphAnswer.Error(StatusCodes.Status400BadRequest, 100, "Invalid parameter: " + message, 2804003);

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HashPattern();

    [GeneratedRegex("^[0-9]{15,17}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DigitsPattern();
}
