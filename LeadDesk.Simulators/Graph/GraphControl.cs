using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Graph;

/// <summary>The switches of <see cref="GraphSimulator"/> over HTTP, below <c>/_control/graph</c>.</summary>
internal static class GraphControl
{
    private const int MostLeads = 1_000_000;

    private sealed record NewForm(string? Id, string? Name, string? PageId);

    private sealed record FormChange(string? Name, string? Status);

    /// <param name="From">The oldest lead's time; null: all are made now.</param>
    private sealed record NewLeads(string? FormId, int Count = 1, DateTime? From = null, DateTime? To = null, bool Test = false);

    private sealed record Failure(string? Fault, int Times = 1, int After = 0, string? On = null, int? Status = null, string? Body = null);

    private sealed record Outage(double Seconds, string Fault = "plain_text");

    private sealed record Delay(int Milliseconds);

    private sealed record TokenChange(string? Value, string? PageId, string[]? Scopes, DateTime? ExpiresAt, bool Valid = true);

    private sealed record Settings(string? AppSecret, bool? RequiresProof, int? MostPerPage, int? RetentionDays, ulong? Seed);

    public static void MapGraphControl(this WebApplication app)
    {
        var control = app.MapGroup("/_control/graph");
        control.MapGet("/", (GraphSimulator graph) => ControlJson.Answer(new
        {
            graph.LeadCount,
            Forms = graph.Forms.Select(form => new { form.Id, form.Name, form.Status, form.PageId }),
            Calls = graph.CallCount,
            FailedCalls = graph.FailedCallCount,
            graph.MostCallsAtOnce,
            Down = graph.IsDown,
            Events = graph.Events.Count,
            Messages = graph.SentMessages.Count,
        }));
        control.MapDelete("/", (GraphSimulator graph) =>
        {
            graph.Reset();
            return Results.NoContent();
        });
        control.MapGet("/calls", (GraphSimulator graph) => ControlJson.Answer(graph.Calls));
        control.MapGet("/events", (GraphSimulator graph) => ControlJson.Answer(graph.Events));
        control.MapGet("/messages", (GraphSimulator graph) => ControlJson.Answer(graph.SentMessages));
        control.MapGet("/faults", () => ControlJson.Answer(GraphFaults.All.Select(fault => new { fault.Name, fault.Status, fault.Body })));
        MapContents(control);
        MapFaults(control);
    }

    private static void MapContents(RouteGroupBuilder control)
    {
        control.MapPost("/forms", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<NewForm>(request, wanted =>
        {
            if (wanted is not { Id.Length: > 0, Name.Length: > 0 }) return ControlJson.Problem("a form needs an id and a name");
            var form = graph.AddForm(wanted.Id, wanted.Name, wanted.PageId ?? SampleForms.PageId);
            return ControlJson.Answer(new { form.Id });
        }));
        control.MapPost("/forms/{id}", (string id, HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<FormChange>(request, wanted =>
        {
            if (graph.Store.Form(id) is not { } form) return ControlJson.Problem($"there is no form {id}");
            form.Name = wanted.Name ?? form.Name;
            form.Status = wanted.Status ?? form.Status;
            return Results.NoContent();
        }));
        control.MapPost("/leads", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<NewLeads>(request, wanted =>
        {
            var formId = wanted.FormId ?? SampleForms.QuoteFormId;
            if (graph.Store.Form(formId) is null) return ControlJson.Problem($"there is no form {formId}");
            if (wanted.Count is < 1 or > MostLeads) return ControlJson.Problem($"count is 1 to {MostLeads}");
            var to = (wanted.To ?? graph.Now).ToUniversalTime();
            var from = wanted.From?.ToUniversalTime() ?? to;
            var leads = wanted.Test ? [graph.AddTestLead(formId)] : graph.AddLeads(formId, wanted.Count, from, to);
            return ControlJson.Answer(new { leads.Count, FirstId = leads[0].Id, LastId = leads[^1].Id });
        }));
        control.MapDelete("/leads/{id}", (string id, GraphSimulator graph) => graph.RemoveLead(id) ? Results.NoContent() : ControlJson.Problem($"there is no lead {id}"));
        control.MapPost("/token", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<TokenChange>(request, wanted =>
        {
            graph.SetToken(new SimulatedToken(
                wanted.Value ?? GraphSimulator.DefaultToken, wanted.PageId ?? SampleForms.PageId, wanted.Scopes ?? SimulatedToken.AllScopes, wanted.ExpiresAt?.ToUniversalTime(), wanted.Valid));
            return Results.NoContent();
        }));
        control.MapPost("/settings", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<Settings>(request, wanted =>
        {
            graph.AppSecret = wanted.AppSecret ?? graph.AppSecret;
            graph.RequiresProof = wanted.RequiresProof ?? graph.RequiresProof;
            graph.MostPerPage = wanted.MostPerPage ?? graph.MostPerPage;
            graph.Retention = wanted.RetentionDays is { } days ? TimeSpan.FromDays(days) : graph.Retention;
            graph.Seed = wanted.Seed ?? graph.Seed;
            return Results.NoContent();
        }));
    }

    private static void MapFaults(RouteGroupBuilder control)
    {
        control.MapPost("/fail", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<Failure>(request, wanted =>
        {
            if (wanted.Times < 1 || wanted.After < 0) return ControlJson.Problem("times is 1 or more, after is not negative");
            var fault = wanted.Body is { } body ? new GraphFault("own", wanted.Status ?? 500, body) : GraphFaults.Find(wanted.Fault ?? "");
            if (fault is null) return UnknownFault();
            graph.FailNext(fault, wanted.Times, wanted.After, wanted.On);
            return Results.NoContent();
        }));
        control.MapPost("/down", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<Outage>(request, wanted =>
        {
            if (GraphFaults.Find(wanted.Fault) is null) return UnknownFault();
            if (wanted.Seconds is <= 0 or > 1_000_000) return ControlJson.Problem("seconds is more than 0 and at most 1000000");
            graph.GoDown(TimeSpan.FromSeconds(wanted.Seconds), wanted.Fault);
            return Results.NoContent();
        }));
        control.MapPost("/up", (GraphSimulator graph) =>
        {
            graph.ComeBack();
            return Results.NoContent();
        });
        control.MapPost("/latency", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<Delay>(request, wanted =>
        {
            if (wanted.Milliseconds is < 0 or > 600_000) return ControlJson.Problem("milliseconds is 0 to 600000");
            graph.Latency = TimeSpan.FromMilliseconds(wanted.Milliseconds);
            return Results.NoContent();
        }));
        control.MapPost("/usage", (HttpRequest request, GraphSimulator graph) => ControlJson.ReadAsync<GraphUsage>(request, wanted =>
        {
            graph.Usage = wanted;
            return Results.NoContent();
        }));
    }

    private static IResult UnknownFault() => ControlJson.Problem("fault is one of " + string.Join(", ", GraphFaults.All.Select(fault => fault.Name)));
}
