using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary>Single objects: <c>GET /{id}</c>, <c>GET /?ids=a,b</c>, and who a token is.</summary>
internal static class GraphNodes
{
    private const int MostIds = 50;

    public static GraphAnswer Get(GraphRequest request, string id)
    {
        var store = request.Graph.Store;
        if (store.Lead(id) is { } lead && store.Form(lead.FormId) is { } itsForm && request.MaySee(itsForm.PageId))
        {
            return GraphEdges.Refused(request, "leads_retrieval") ?? LeadJson.ReadFields(request["fields"], out var fields)
                ?? GraphAnswer.Ok(LeadJson.Write(request.Graph, lead, fields));
        }

        if (store.Form(id) is { } form && request.MaySee(form.PageId))
            return FormJson.ReadFields(request["fields"], out var fields) ?? GraphAnswer.Ok(FormJson.Write(request.Graph, form, fields));
        if (store.Page(id) is { } page && request.MaySee(id)) return GraphAnswer.Ok(Page(page));
        if (request.Graph.Inbox.Media(id) is { } media) return GraphMedia.Describe(request, media);
        return request.Graph.Inbox.Profile(id) is { } profile ? GraphAnswer.Ok(Profile(request, profile)) : GraphAnswer.Missing(id);
    }

    /// <summary><c>{"111":{...},"222":{...}}</c>; one id that cannot be read fails them all.</summary>
    public static GraphAnswer GetMany(GraphRequest request, string ids)
    {
        var wanted = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToArray();
        if (wanted.Length is 0 or > MostIds) return GraphAnswer.BadParameter($"Too many IDs. Maximum: {MostIds}. Provided: {wanted.Length}.");
        var body = new JsonObject();
        foreach (var id in wanted)
        {
            var answer = Get(request, id);
            if (answer.Status != StatusCodes.Status200OK) return answer;
            body[id] = JsonNode.Parse(answer.Body);
        }

        return GraphAnswer.Ok(body);
    }

    public static GraphAnswer Me(GraphRequest request) => request.Token!.PageId is { } id && request.Graph.Store.Page(id) is { } page
        ? GraphAnswer.Ok(Page(page))
        : GraphAnswer.Ok(new JsonObject { ["name"] = "Deniz Kara", ["id"] = "102030405060708" });

    /// <summary><c>GET /me/accounts</c>: the pages a person may use, each with its token.</summary>
    public static GraphAnswer Accounts(GraphRequest request) => GraphPaging.List(request, [.. request.Graph.Store.Pages.Where(page => request.MaySee(page.Id))], JsonNode (page) =>
    {
        var json = Page(page);
        json["access_token"] = request.Graph.Store.TokenOf(page.Id)?.Value;
        json["category"] = "Furniture store";
        json["tasks"] = new JsonArray("ADVERTISE", "MANAGE");
        return json;
    });

    public static GraphAnswer Permissions(GraphRequest request) => GraphAnswer.Ok(new JsonObject
    {
        ["data"] = new JsonArray([.. SimulatedToken.AllScopes.Select(JsonNode (scope) => new JsonObject
        {
            ["permission"] = scope,
            ["status"] = request.Token!.Scopes.Contains(scope) ? "granted" : "declined",
        })]),
    });

    /// <summary><c>GET /debug_token?input_token=</c>: works for tokens that are of no more use, too.</summary>
    public static GraphAnswer DebugToken(GraphRequest request)
    {
        if (request["input_token"] is not { Length: > 0 } input) return GraphAnswer.BadParameter("The parameter input_token is required");
        var data = new JsonObject();
        if (request.Graph.Store.Token(input) is not { } token)
        {
            data["error"] = new JsonObject { ["code"] = 190, ["message"] = "Invalid OAuth access token." };
            data["is_valid"] = false;
            data["scopes"] = new JsonArray();
            return GraphAnswer.Ok(new JsonObject { ["data"] = data });
        }

        var isGood = GraphEndpoints.IsGood(token, request.Graph.Now);
        data["app_id"] = GraphSimulator.AppId;
        data["type"] = token.PageId is null ? "USER" : "PAGE";
        data["application"] = "LeadDesk";
        data["data_access_expires_at"] = token.ExpiresAt is { } end ? Unix(end.AddDays(30)) : 0;
        if (!isGood) data["error"] = new JsonObject { ["code"] = 190, ["message"] = "Error validating access token: Session has expired.", ["subcode"] = 463 };
        data["expires_at"] = token.ExpiresAt is { } expiry ? Unix(expiry) : 0;
        data["is_valid"] = isGood;
        data["issued_at"] = Unix(request.Graph.Now.AddDays(-1));
        if (token.PageId is { } page) data["profile_id"] = page;
        data["scopes"] = new JsonArray([.. token.Scopes.Select(scope => JsonValue.Create(scope))]);
        data["user_id"] = "102030405060708";
        return GraphAnswer.Ok(new JsonObject { ["data"] = data });
    }

    private static long Unix(DateTime utc) => new DateTimeOffset(utc).ToUnixTimeSeconds();

    private static JsonObject Page(SimulatedPage page) => new() { ["name"] = page.Name, ["id"] = page.Id };

    private static JsonObject Profile(GraphRequest request, SimulatedProfile profile)
    {
        var names = profile.Name.Split(' ', 2);
        var fields = GraphFields.Read(request["fields"], ["first_name", "last_name", "id"], [], out _);
        return GraphFields.Pick(fields, profile.Id, field => field switch
        {
            "name" => profile.Name,
            "first_name" => names[0],
            "last_name" when names.Length > 1 => names[1],
            "username" => profile.UserName,
            _ => null,
        });
    }
}
