using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Graph;

/// <summary>What a call is answered with.</summary>
internal sealed record GraphAnswer(int Status, byte[] Body, string ContentType = MetaJson.ContentType)
{
    public static GraphAnswer Ok(JsonNode body) => new(StatusCodes.Status200OK, MetaJson.Write(body));

    public static GraphAnswer Success { get; } = Ok(new JsonObject { ["success"] = true });

    public static GraphAnswer Error(int status, int code, string message, int? subcode = null, string type = "OAuthException") =>
        Of(GraphFaults.Error("", status, code, subcode, message, type: type));

    public static GraphAnswer Of(GraphFault fault) => new(fault.Status, System.Text.Encoding.UTF8.GetBytes(fault.Body), fault.ContentType);

    /// <summary>Unknown and foreign objects look the same.</summary>
    public static GraphAnswer Missing(string id, string verb = "get") => Error(
        StatusCodes.Status400BadRequest, 100,
        $"Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
        33, "GraphMethodException");

    public static GraphAnswer BadParameter(string message) => Error(StatusCodes.Status400BadRequest, 100, "(#100) " + message);
}

/// <summary>A call with its parameters, wherever they stood: query, form or JSON body.</summary>
/// <param name="Segments">The path behind the version.</param>
/// <param name="Json">The body when it was a JSON object.</param>
internal sealed record GraphRequest(HttpContext Http, GraphSimulator Graph, string Version, string[] Segments, IReadOnlyDictionary<string, string> Parameters, JsonObject? Json)
{
    /// <summary>Set once the token was found good.</summary>
    public SimulatedToken? Token { get; set; }

    public bool IsGet => HttpMethods.IsGet(Http.Request.Method);

    public string? TokenText =>
        Http.Request.Headers.Authorization.ToString() is { Length: > 7 } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim()
            : Parameters.GetValueOrDefault("access_token");

    public string? this[string name] => Parameters.GetValueOrDefault(name);

    public string Address => $"{Http.Request.Scheme}://{Http.Request.Host}";

    public static async Task<GraphRequest> ReadAsync(HttpContext http, GraphSimulator graph, string version, string? path)
    {
        var parameters = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        JsonObject? json = null;
        if (http.Request.HasFormContentType)
        {
            foreach (var (key, value) in await http.Request.ReadFormAsync(http.RequestAborted)) parameters[key] = value.ToString();
        }
        else if (http.Request.HasJsonContentType())
        {
            json = await ReadJsonAsync(http);
            foreach (var (key, value) in json ?? []) parameters[key] = value is JsonValue ? value.ToString() : value?.ToJsonString() ?? "";
        }

        return new GraphRequest(http, graph, version, (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries), parameters, json);
    }

    /// <summary>The limit asked for; null when it is no number of 1 or more.</summary>
    public int? Limit(int preset)
    {
        if (this["limit"] is not { Length: > 0 } text) return preset;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : null;
    }

    public bool MaySee(string pageId) => Token?.PageId is not { } page || page == pageId;

    private static async Task<JsonObject?> ReadJsonAsync(HttpContext http)
    {
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
