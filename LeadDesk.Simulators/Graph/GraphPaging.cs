using System.Globalization;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary>Paging of short lists, by offset, and the links of all lists.</summary>
internal static class GraphPaging
{
    private const string CursorPrefix = "MTAxNT";

    /// <summary>The link Graph puts into <c>paging</c>: all parameters again, and the token in the open.</summary>
    public static string Link(GraphRequest request, string cursorName, string cursor)
    {
        var parameters = request.Parameters
            .Where(pair => pair.Key is not ("access_token" or "after" or "before" or "appsecret_proof"))
            .Prepend(new("access_token", request.Token!.Value))
            .Append(new(cursorName, cursor));
        return $"{request.Address}/{request.Version}/{string.Join('/', request.Segments)}?"
            + string.Join('&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
    }

    public static GraphAnswer List<T>(GraphRequest request, IReadOnlyList<T> all, Func<T, JsonNode> write)
    {
        if (request.Limit(25) is not { } limit) return GraphAnswer.BadParameter("param limit must be a positive integer.");
        var start = 0;
        if (request["after"] is { Length: > 0 } after)
        {
            if (!after.StartsWith(CursorPrefix, StringComparison.Ordinal) || !int.TryParse(after[CursorPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out start))
                return GraphAnswer.BadParameter("Invalid cursors values in the request");
        }

        var page = all.Skip(start).Take(limit).ToArray();
        var body = new JsonObject { ["data"] = new JsonArray([.. page.Select(write)]) };
        if (page.Length == 0) return GraphAnswer.Ok(body);
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(start), ["after"] = Cursor(start + page.Length) } };
        if (start + page.Length < all.Count) paging["next"] = Link(request, "after", Cursor(start + page.Length));
        body["paging"] = paging;
        return GraphAnswer.Ok(body);
    }

    private static string Cursor(int index) => CursorPrefix + index.ToString(CultureInfo.InvariantCulture);
}
