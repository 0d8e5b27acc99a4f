using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary>What hangs on an object: <c>/{id}/{edge}</c>.</summary>
internal static class GraphEdges
{
    public static GraphAnswer Answer(GraphRequest request, string id, string edge)
    {
        var method = request.Http.Request.Method;
        return (method, edge) switch
        {
            ("GET", "leadgen_forms") => OnPage(request, id, page => Forms(request, page)),
            ("GET", "leads") => OnForm(request, id, form => Refused(request, "leads_retrieval") ?? LeadListing.List(request, form)),
            ("GET", "test_leads") => OnForm(request, id, form => LeadListing.List(request, form, tests: true)),
            ("POST", "test_leads") => OnForm(request, id, form => Refused(request, "leads_retrieval") ?? AddTestLead(request, form)),
            (_, "subscribed_apps") => OnPage(request, id, page => Refused(request, "pages_manage_metadata") ?? Subscriptions(request, page, method)),
            ("POST", "events") when id == GraphSimulator.DatasetId => ConversionsEdge.Receive(request, id),
            ("POST", "messages") => MessagesEdge.Send(request, id),
            _ => GraphAnswer.Missing(id, method.ToLowerInvariant()),
        };
    }

    /// <summary>The error of a token without a permission; null: it has it.</summary>
    public static GraphAnswer? Refused(GraphRequest request, string scope) => request.Token!.Scopes.Contains(scope)
        ? null
        : GraphAnswer.Error(StatusCodes.Status403Forbidden, 200, $"(#200) Requires {scope} permission to manage the object");

    private static GraphAnswer OnPage(GraphRequest request, string id, Func<SimulatedPage, GraphAnswer> answer) =>
        request.Graph.Store.Page(id == "me" ? request.Token!.PageId ?? "" : id) is { } page && request.MaySee(page.Id) ? answer(page) : GraphAnswer.Missing(id);

    private static GraphAnswer OnForm(GraphRequest request, string id, Func<SimulatedForm, GraphAnswer> answer) =>
        request.Graph.Store.Form(id) is { } form && request.MaySee(form.PageId) ? answer(form) : GraphAnswer.Missing(id);

    private static GraphAnswer Forms(GraphRequest request, SimulatedPage page) =>
        FormJson.ReadFields(request["fields"], out var fields)
        ?? GraphPaging.List(request, request.Graph.Store.FormsOf(page.Id), form => FormJson.Write(request.Graph, form, fields));

    /// <summary>One for each form, until it is deleted.</summary>
    private static GraphAnswer AddTestLead(GraphRequest request, SimulatedForm form) =>
        request.Graph.Store.CountLeads(form.Id, lead => lead.IsTest) > 0
            ? GraphAnswer.BadParameter("You already have a test lead for this form. Delete it to create another one.")
            : GraphAnswer.Ok(new JsonObject { ["id"] = request.Graph.AddTestLead(form.Id).Id });

    private static GraphAnswer Subscriptions(GraphRequest request, SimulatedPage page, string method)
    {
        switch (method)
        {
            case "POST":
                var fields = (request["subscribed_fields"] ?? "").Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length == 0) return GraphAnswer.BadParameter("The parameter subscribed_fields is required");
                page.SetSubscribedFields(fields.Select(field => field.Trim('"')));
                return GraphAnswer.Success;
            case "DELETE":
                page.SetSubscribedFields([]);
                return GraphAnswer.Success;
        }

        var data = new JsonArray();
        var subscribed = page.SubscribedFields;
        if (subscribed.Count > 0)
        {
            data.Add((JsonNode)new JsonObject
            {
                ["category"] = "Business",
                ["link"] = "https://leaddesk.example/",
                ["name"] = "LeadDesk",
                ["id"] = GraphSimulator.AppId,
                ["subscribed_fields"] = new JsonArray([.. subscribed.Select(field => JsonValue.Create(field))]),
            });
        }

        return GraphAnswer.Ok(new JsonObject { ["data"] = data });
    }
}
