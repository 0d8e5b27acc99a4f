using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary><c>GET /{form}/leads</c>: filters, limits and cursors.</summary>
internal static class LeadListing
{
    private const int DefaultLimit = 25;

    public static GraphAnswer List(GraphRequest request, SimulatedForm form, bool tests = false)
    {
        if (LeadJson.ReadFields(request["fields"], out var fields) is { } fault) return fault;
        if (request.Limit(DefaultLimit) is not { } limit) return GraphAnswer.BadParameter("param limit must be a positive integer.");
        if (limit > request.Graph.MostPerPage) return GraphAnswer.Of(GraphFaults.Find("reduce_data")!);
        if (ReadFilter(request["filtering"], out var isWanted) is { } wrongFilter) return wrongFilter;

        var oldest = request.Graph.Retention is { } retention ? request.Graph.Now - retention : DateTime.MinValue;
        bool Matches(SimulatedLead lead) => (!tests || lead.IsTest) && lead.CreatedAt >= oldest && isWanted(LeadPosition.Of(lead).Seconds);
        var store = request.Graph.Store;
        IReadOnlyList<SimulatedLead> page;
        if (request["before"] is { Length: > 0 } before)
        {
            if (LeadPosition.FromCursor(before) is not { } position) return InvalidCursor();
            page = store.Newer(form.Id, position, limit, Matches);
        }
        else if (request["after"] is { Length: > 0 } after)
        {
            if (LeadPosition.FromCursor(after) is not { } position) return InvalidCursor();
            page = store.Older(form.Id, position, limit, Matches);
        }
        else page = store.Older(form.Id, null, limit, Matches);

        var body = new JsonObject { ["data"] = new JsonArray([.. page.Select(JsonNode (lead) => LeadJson.Write(request.Graph, lead, fields))]) };
        if (page.Count > 0) body["paging"] = Paging(request, form, page, Matches);
        return GraphAnswer.Ok(body);
    }

    private static JsonObject Paging(GraphRequest request, SimulatedForm form, IReadOnlyList<SimulatedLead> page, Func<SimulatedLead, bool> matches)
    {
        LeadPosition first = LeadPosition.Of(page[0]), last = LeadPosition.Of(page[^1]);
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = first.ToCursor(), ["after"] = last.ToCursor() } };
        var store = request.Graph.Store;
        if (store.Newer(form.Id, first, 1, matches).Count > 0) paging["previous"] = GraphPaging.Link(request, "before", first.ToCursor());
        if (store.Older(form.Id, last, 1, matches).Count > 0) paging["next"] = GraphPaging.Link(request, "after", last.ToCursor());
        return paging;
    }

    private static GraphAnswer InvalidCursor() => GraphAnswer.BadParameter("Invalid cursors values in the request");

    /// <summary>Reads <c>[{"field":"time_created","operator":"GREATER_THAN","value":1760000000}]</c>. All conditions must hold.</summary>
    /// <returns>Null when it could be read; else the answer that says why not.</returns>
    private static GraphAnswer? ReadFilter(string? text, out Func<long, bool> isWanted)
    {
        isWanted = _ => true;
        if (string.IsNullOrWhiteSpace(text)) return null;
        var conditions = new List<(string Operator, long Value)>();
        try
        {
            if (JsonNode.Parse(text) is not JsonArray list) return GraphAnswer.BadParameter("param filtering must be an array.");
            foreach (var node in list)
            {
                var (field, comparison) = (node?["field"]?.ToString(), node?["operator"]?.ToString());
                if (field != "time_created" || comparison is not ("LESS_THAN" or "GREATER_THAN" or "GREATER_THAN_OR_EQUAL"))
                    return GraphAnswer.BadParameter($"Filtering field '{field}' with operation '{comparison}' is not supported");
                if (!long.TryParse(node?["value"]?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                    return GraphAnswer.BadParameter("param filtering[0][value] must be a Unix time.");
                conditions.Add((comparison, value));
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return GraphAnswer.BadParameter("param filtering must be an array.");
        }

        isWanted = seconds => conditions.All(condition => condition.Operator switch
        {
            "LESS_THAN" => seconds < condition.Value,
            "GREATER_THAN" => seconds > condition.Value,
            _ => seconds >= condition.Value,
        });
        return null;
    }
}
