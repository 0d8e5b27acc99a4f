using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Forms;

/// <summary><c>POST /_control/forms/send</c>: people fill in forms of a platform, answers when all is answered.</summary>
internal static class FormControl
{
    private const int MostForms = 1_000_000;

    private sealed record Send(
        string? Url, string? Platform, string? Secret, double? Rate, int Count = 1, long FirstPerson = 0, bool WrongSecret = false, int Repeat = 1, bool Shuffle = false,
        int MostAtOnce = 64, int Retries = 0);

    public static void MapFormControl(this WebApplication app) =>
        app.MapPost("/_control/forms/send", (HttpRequest request, GraphSimulator graph, CallSender sender, TimeProvider time) => ControlJson.ReadAsync<Send>(request, async wanted =>
        {
            if (Fault(wanted) is { } fault) return ControlJson.Problem(fault);
            var calls = PretendForms.Prepare(wanted.Platform!, graph.Seed, wanted.FirstPerson, wanted.Count, time.GetUtcNow().UtcDateTime, wanted.Secret, wanted.WrongSecret)
                .RepeatAndShuffle(wanted.Repeat, wanted.Shuffle, graph.Seed);
            return ControlJson.Answer(await sender.SendAsync(calls, new SendPlan(new Uri(wanted.Url!), wanted.Rate, wanted.MostAtOnce, wanted.Retries), request.HttpContext.RequestAborted));
        }));

    private static string? Fault(Send wanted)
    {
        if (!ControlJson.IsWebAddress(wanted.Url)) return "url is where forms go, such as http://localhost:5080/webhooks/forms/{key}";
        if (!FormPlatforms.All.ContainsKey(wanted.Platform ?? "")) return $"platform is one of {string.Join(", ", FormPlatforms.All.Keys)}";
        if (wanted.Count is < 1 or > MostForms || wanted.FirstPerson < 0 || wanted.Repeat is < 1 or > 100) return $"count is 1 to {MostForms}, first_person is not negative, repeat is 1 to 100";
        return wanted.Rate <= 0 || wanted.MostAtOnce is < 1 or > 10_000 || wanted.Retries is < 0 or > 20 ? "rate is more than 0, most_at_once 1 to 10000, retries 0 to 20" : null;
    }
}
