using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Graph;

/// <summary>The Graph API below <c>/v25.0</c> and every other version: counts each call in, lets it fail as told, checks the token, answers.</summary>
internal static class GraphEndpoints
{
    private static readonly string[] s_methods = ["GET", "POST", "DELETE"];

    public static void MapGraph(this WebApplication app)
    {
        app.MapMethods("/v{major:int}.{minor:int}/{**path}", s_methods, (int major, int minor, string? path, HttpContext http, GraphSimulator graph) =>
            ServeAsync(http, graph, string.Create(CultureInfo.InvariantCulture, $"v{major}.{minor}"), path, Dispatch));
        app.MapGet(GraphMedia.DownloadPath, (HttpContext http, GraphSimulator graph) => ServeAsync(http, graph, "", "", GraphMedia.Download));
    }

    public static bool IsGood(SimulatedToken token, DateTime now) => token.IsValid && (token.ExpiresAt is not { } end || now < end);

    private static async Task ServeAsync(HttpContext http, GraphSimulator graph, string version, string? path, Func<GraphRequest, GraphAnswer> answer)
    {
        var fault = graph.Behaviour.Enter(Recorded(http, graph.Now));
        try
        {
            if (graph.Latency > TimeSpan.Zero) await Task.Delay(graph.Latency, http.RequestAborted);
            if (fault is { Drops: true })
            {
                http.Abort();
                return;
            }

            if (fault is { Hangs: true }) await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
            SetUsage(http.Response.Headers, graph.Usage, fault?.Minutes);
            if (fault is not null)
            {
                await WriteAsync(http, GraphAnswer.Of(fault));
                return;
            }

            var request = await GraphRequest.ReadAsync(http, graph, version, path);
            await WriteAsync(http, Refuse(request) ?? answer(request));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        finally
        {
            graph.Behaviour.Leave();
        }
    }

    private static GraphAnswer Dispatch(GraphRequest request) => request.Segments switch
    {
        [] when request.IsGet && request["ids"] is { } ids => GraphNodes.GetMany(request, ids),
        ["me"] when request.IsGet => GraphNodes.Me(request),
        ["me", "permissions"] when request.IsGet => GraphNodes.Permissions(request),
        ["me", "accounts"] when request.IsGet => GraphNodes.Accounts(request),
        ["debug_token"] when request.IsGet => GraphNodes.DebugToken(request),
        [var id] when request.IsGet => GraphNodes.Get(request, id),
        [var id] when HttpMethods.IsDelete(request.Http.Request.Method) => request.Graph.RemoveLead(id) ? GraphAnswer.Success : GraphAnswer.Missing(id, "delete"),
        [var id, var edge] => GraphEdges.Answer(request, id, edge),
        _ => GraphAnswer.Error(StatusCodes.Status400BadRequest, 2500, "Unknown path components: /" + string.Join('/', request.Segments)),
    };

    /// <summary>What is wrong with the token or its proof; null: nothing.</summary>
    private static GraphAnswer? Refuse(GraphRequest request)
    {
        if (request.TokenText is not { Length: > 0 } text)
            return GraphAnswer.Error(StatusCodes.Status400BadRequest, 190, "An access token is required to request this resource.");
        // An app's own token is its id and secret.
        var token = text == $"{GraphSimulator.AppId}|{request.Graph.AppSecret}"
            ? new SimulatedToken(text, null, SimulatedToken.AllScopes)
            : request.Graph.Store.Token(text);
        if (token is null) return GraphAnswer.Error(StatusCodes.Status400BadRequest, 190, "Invalid OAuth access token - Cannot parse access token");
        if (!IsGood(token, request.Graph.Now)) return GraphAnswer.Of(GraphFaults.Find("expired")!);
        if (request["appsecret_proof"] is { } proof)
        {
            var right = Encoding.ASCII.GetBytes(MetaJson.Proof(request.Graph.AppSecret, text));
            if (!CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(proof)))
                return GraphAnswer.Error(StatusCodes.Status400BadRequest, 100, "Invalid appsecret_proof provided in the API argument", type: "GraphMethodException");
        }
        else if (request.Graph.RequiresProof)
            return GraphAnswer.Error(StatusCodes.Status400BadRequest, 100, "API calls from the server require an appsecret_proof argument", type: "GraphMethodException");

        request.Token = token;
        return null;
    }

    private static void SetUsage(IHeaderDictionary headers, GraphUsage usage, int? faultMinutes)
    {
        if (usage.AppPercent is { } app)
            headers["X-App-Usage"] = new JsonObject { ["call_count"] = app, ["total_time"] = app / 2, ["total_cputime"] = app / 3 }.ToJsonString();
        var page = faultMinutes is null ? usage.PagePercent : 100;
        if (page is not { } percent) return;
        headers["X-Business-Use-Case-Usage"] = new JsonObject
        {
            ["330011223344"] = new JsonArray(new JsonObject
            {
                ["type"] = "leadgen",
                ["call_count"] = percent,
                ["total_cputime"] = percent / 3,
                ["total_time"] = percent / 2,
                ["estimated_time_to_regain_access"] = faultMinutes ?? usage.Minutes,
                ["ads_api_access_tier"] = "standard_access",
            }),
        }.ToJsonString();
    }

    private static GraphCall Recorded(HttpContext http, DateTime now)
    {
        var query = http.Request.Query.Where(pair => pair.Key is not ("access_token" or "appsecret_proof" or "input_token")).Select(pair => $"{pair.Key}={pair.Value}");
        return new GraphCall(now, http.Request.Method, http.Request.Path, string.Join('&', query), http.Request.Headers.ContainsKey("Authorization"));
    }

    private static Task WriteAsync(HttpContext http, GraphAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        return http.Response.Body.WriteAsync(answer.Body, http.RequestAborted).AsTask();
    }
}
