using System.Globalization;

namespace LeadDesk.Simulators.Graph;

/// <summary>One way for a call to go wrong, as it comes over the wire.</summary>
/// <param name="Name">The word of the control address.</param>
public sealed record GraphFault(string Name, int Status, string Body, string ContentType = Wire.MetaJson.ContentType)
{
    /// <summary>Minutes that <c>X-Business-Use-Case-Usage</c> gives until access is regained; null leaves the header out.</summary>
    public int? Minutes { get; init; }

    /// <summary>Closes the connection without an answer.</summary>
    public bool Drops { get; init; }

    /// <summary>Keeps the connection open without an answer, until the caller gives up.</summary>
    public bool Hangs { get; init; }
}

/// <summary>The ways a Graph call can fail: all that PROTOCOLS 1.3 and 2 list, and what stands between Graph and the caller.</summary>
public static class GraphFaults
{
    private const string Html = "<!DOCTYPE html><html lang=\"en\"><head><title>Facebook | Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>";

    public static IReadOnlyList<GraphFault> All { get; } =
    [
        // 190 and 102: the token is of no more use.
        Error("expired", 400, 190, 463, "Error validating access token: Session has expired on Friday, 20-Nov-26 00:00:00 PST."),
        Error("app_removed", 400, 190, 458, "Error validating access token: The user has not authorized application 1."),
        Error("checkpoint", 400, 190, 459, "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given."),
        Error("password_changed", 400, 190, 460, "Error validating access token: The session has been invalidated because the user changed the password."),
        Error("unconfirmed", 400, 190, 464, "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user."),
        Error("invalid_token", 400, 190, 467, "Error validating access token: This may be because the user logged out or may be due to a system error."),
        Error("session", 400, 102, null, "Session key invalid or no longer valid"),

        // Worth another try.
        Error("unknown", 500, 1, null, "An unknown error occurred"),
        Error("reduce_data", 500, 1, null, "Please reduce the amount of data you're asking for, then retry your request"),
        Error("service", 500, 2, null, "An unexpected error has occurred. Please retry your request later.", "\"is_transient\":true,"),
        Error("transient", 503, 960, null, "Request aborted. This could happen if a dependent request failed.", "\"is_transient\":true,"),

        // Limits.
        Error("app_limit", 400, 4, null, "(#4) Application request limit reached"),
        Error("user_limit", 400, 17, 2446079, "(#17) User request limit reached"),
        Error("page_limit", 400, 32, null, "(#32) Page request limit reached"),
        Error("rate_limit", 400, 341, null, "(#341) Application limit reached"),
        Error("custom_limit", 400, 613, null, "(#613) Calls to this api have exceeded the rate limit."),
        Error("insights_limit", 400, 80001, null, "(#80001) There have been too many calls to this Page account.") with { Minutes = 5 },
        Error("instagram_limit", 400, 80002, null, "(#80002) There have been too many calls to this Instagram account.") with { Minutes = 5 },
        Error("leadgen_limit", 400, 80005, 2446079, "(#80005) There have been too many leadgen api calls to this Page account. Wait a bit and try again.") with { Minutes = 7 },
        Error("blocked", 400, 368, null, "The action attempted has been deemed abusive or is otherwise disallowed"),

        // A person has to give a permission.
        Error("permission", 403, 10, null, "(#10) Application does not have permission for this action"),
        Error("permission_200", 403, 200, null, "(#200) Requires leads_retrieval permission to manage the object"),
        Error("permission_leads_access", 403, 294, null, "(#294) Managing advertisements requires an access token with the extended permission for ads_management"),
        Error("capability", 400, 3, null, "(#3) Application does not have the capability to make this API call."),

        // This one object.
        Error("bad_parameter", 400, 100, null, "(#100) Invalid parameter"),
        Error("missing", 400, 100, 33, "Unsupported get request. Object with ID '1' does not exist, cannot be loaded due to missing permissions, or does not support this operation", type: "GraphMethodException"),

        // WhatsApp's sending.
        Error("wa_throttled", 400, 130429, null, "(#130429) Rate limit hit"),
        Error("wa_pair_limit", 400, 131056, null, "(#131056) (Business Account, Consumer Account) pair rate limit hit"),
        Error("wa_undeliverable", 400, 131026, null, "(#131026) Message undeliverable"),
        Error("wa_not_allowed", 400, 131030, null, "(#131030) Recipient phone number not in allowed list"),
        Error("wa_window", 400, 131047, null, "(#131047) Re-engagement message"),
        Error("wa_stopped", 400, 131050, null, "(#131050) User has stopped marketing messages"),
        Error("wa_unavailable", 500, 131016, null, "(#131016) Service unavailable"),
        Error("wa_template_missing", 404, 132001, null, "(#132001) Template name does not exist in the translation"),

        // Bodies without a code.
        new("html", 502, Html, "text/html; charset=utf-8"),
        new("html_200", 200, Html, "text/html; charset=utf-8"),
        new("empty_object", 500, "{}"),
        new("empty_object_200", 200, "{}"),
        new("empty_body", 503, ""),
        new("null_error", 400, """{"error":null}"""),
        new("string_error", 400, """{"error":"Something went wrong"}"""),
        new("plain_string", 500, "\"Service temporarily unavailable\""),
        new("plain_text", 503, "upstream connect error or disconnect/reset before headers", "text/plain"),
        new("no_code", 400, """{"error":{"message":"Unsupported request","type":"OAuthException","fbtrace_id":"AxyzTest"}}"""),
        new("no_code_401", 401, """{"error":{"message":"Unauthorized"}}"""),
        new("no_code_429", 429, """{"error":{"message":"Too many requests","type":"OAuthException"}}"""),
        new("string_code", 400, """{"error":{"message":"(#4) Application request limit reached","type":"OAuthException","code":"4"}}"""),
        new("null_data", 200, """{"data":null}"""),
        new("cut_off", 200, """{"data":[{"created_time":"2026-10-01T10:00:00+0000","id":"1","field_da"""),
        new("drop", 0, "") { Drops = true },
        new("hang", 0, "") { Hangs = true },
    ];

    /// <returns>Null when nothing is called so.</returns>
    public static GraphFault? Find(string name) => All.FirstOrDefault(fault => fault.Name == name);

    internal static GraphFault Error(string name, int status, int code, int? subcode, string message, string more = "", string type = "OAuthException")
    {
        var subcodePart = subcode is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\"error_subcode\":{subcode},");
        var error = string.Create(CultureInfo.InvariantCulture, $"\"message\":{Quote(message)},\"type\":\"{type}\",{more}\"code\":{code},{subcodePart}\"fbtrace_id\":\"AxyzTest\"");
        return new GraphFault(name, status, $"{{\"error\":{{{error}}}}}");
    }

    private static string Quote(string text) => System.Text.Encoding.ASCII.GetString(Wire.MetaJson.Write(System.Text.Json.Nodes.JsonValue.Create(text)));
}
