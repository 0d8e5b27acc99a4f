using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Graph;

/// <summary><c>POST /_control/graph/push</c>: makes leads, tells them to a callback, answers when all is answered.</summary>
internal static class PushControl
{
    private const int MostLeads = 1_000_000;

    private sealed record Push(
        string? Url, string? AppSecret, string? FormId, string[]? LeadIds, double? Rate, int Count = 1, int PerBody = 1, bool WrongSignature = false,
        int Repeat = 1, bool Shuffle = false, bool NumericIds = false, bool Unsigned = false, int Retries = 5, double RetrySeconds = 0.5, int MostAtOnce = 256);

    public static void MapPushControl(this WebApplication app) =>
        app.MapPost("/_control/graph/push", (HttpRequest request, GraphSimulator graph, CallSender sender) => ControlJson.ReadAsync<Push>(request, async wanted =>
        {
            if (Fault(wanted, graph) is { } fault) return ControlJson.Problem(fault);
            var plan = new PushPlan(new Uri(wanted.Url!), wanted.Unsigned ? null : wanted.AppSecret ?? graph.AppSecret)
            {
                Count = wanted.Count,
                FormId = wanted.FormId ?? SampleForms.QuoteFormId,
                LeadIds = wanted.LeadIds,
                PerBody = wanted.PerBody,
                Rate = wanted.Rate,
                WrongSignature = wanted.WrongSignature,
                Repeat = wanted.Repeat,
                Shuffle = wanted.Shuffle,
                NumericIds = wanted.NumericIds,
                Retries = wanted.Retries,
                RetrySeconds = wanted.RetrySeconds,
                MostAtOnce = wanted.MostAtOnce,
            };
            return ControlJson.Answer(await LeadPush.SendAsync(sender, graph, plan, request.HttpContext.RequestAborted));
        }));

    private static string? Fault(Push wanted, GraphSimulator graph)
    {
        if (!ControlJson.IsWebAddress(wanted.Url)) return "url is where webhooks go, such as http://localhost:5080/webhooks/meta";
        if (wanted.Count is < 1 or > MostLeads) return $"count is 1 to {MostLeads}";
        if (wanted.PerBody is < 1 or > LeadPush.MostPerBody) return $"per_body is 1 to {LeadPush.MostPerBody}";
        if (wanted.Repeat is < 1 or > 100 || wanted.Rate <= 0 || wanted.MostAtOnce is < 1 or > 10_000) return "repeat is 1 to 100, rate more than 0, most_at_once 1 to 10000";
        if (wanted.Retries is < 0 or > 20 || wanted.RetrySeconds is < 0 or > 3600) return "retries is 0 to 20, retry_seconds 0 to 3600";
        if (graph.Store.Form(wanted.FormId ?? SampleForms.QuoteFormId) is null) return $"there is no form {wanted.FormId}";
        return wanted.LeadIds?.FirstOrDefault(id => graph.Store.Lead(id) is null) is { } unknown ? $"there is no lead {unknown}" : null;
    }
}
