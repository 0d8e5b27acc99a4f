using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Mail;

/// <summary><c>POST /_control/mail/send</c>: mails arrive through a mail service, answers when all is answered.</summary>
internal static class MailControl
{
    private const int MostMails = 1_000_000;

    private sealed record Send(
        string? Url, string? Shape, string? Secret, double? Rate, string Kind = "plain", int Count = 1, long FirstPerson = 0, bool WrongSecret = false, int Repeat = 1,
        bool Shuffle = false, int MostAtOnce = 64, int Retries = 0);

    public static void MapMailControl(this WebApplication app) =>
        app.MapPost("/_control/mail/send", (HttpRequest request, GraphSimulator graph, CallSender sender, TimeProvider time) => ControlJson.ReadAsync<Send>(request, async wanted =>
        {
            if (Fault(wanted) is { } fault) return ControlJson.Problem(fault);
            var calls = PretendMails.Prepare(wanted.Shape!, wanted.Kind, graph.Seed, wanted.FirstPerson, wanted.Count, time.GetUtcNow().UtcDateTime, wanted.Secret, wanted.WrongSecret)
                .RepeatAndShuffle(wanted.Repeat, wanted.Shuffle, graph.Seed);
            return ControlJson.Answer(await sender.SendAsync(calls, new SendPlan(new Uri(wanted.Url!), wanted.Rate, wanted.MostAtOnce, wanted.Retries), request.HttpContext.RequestAborted));
        }));

    private static string? Fault(Send wanted)
    {
        if (!ControlJson.IsWebAddress(wanted.Url)) return "url is where mails go, such as http://localhost:5080/webhooks/email/{key}";
        if (!PretendMails.Shapes.Contains(wanted.Shape ?? "")) return $"shape is one of {string.Join(", ", PretendMails.Shapes)}";
        if (!PretendMails.Kinds.Contains(wanted.Kind)) return $"kind is one of {string.Join(", ", PretendMails.Kinds)}";
        if (wanted.Count is < 1 or > MostMails || wanted.FirstPerson < 0 || wanted.Repeat is < 1 or > 100) return $"count is 1 to {MostMails}, first_person is not negative, repeat is 1 to 100";
        return wanted.Rate <= 0 || wanted.MostAtOnce is < 1 or > 10_000 || wanted.Retries is < 0 or > 20 ? "rate is more than 0, most_at_once 1 to 10000, retries 0 to 20" : null;
    }
}
