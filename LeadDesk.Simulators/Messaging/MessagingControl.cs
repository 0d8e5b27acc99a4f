using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Messaging;

/// <summary><c>POST /_control/{whatsapp|instagram|messenger}/send</c>: writes to a callback, answers when all is answered.</summary>
internal static class MessagingControl
{
    private const int MostEvents = 1_000_000;

    private sealed record Send(
        string? Url, string? AppSecret, string? Kind, string[]? Kinds, string? Text, string? AccountId, double? Rate, int People = 1, long FirstPerson = 0, int PerBody = 1,
        bool WithoutPhone = false, bool Unsigned = false, bool WrongSignature = false, int Repeat = 1, bool Shuffle = false, int MostAtOnce = 64, int Retries = 0);

    public static void MapMessagingControl(this WebApplication app)
    {
        Map(app, "whatsapp", WhatsAppKinds.All, (sender, plan, ct) => sender.SendWhatsAppAsync(plan, ct));
        Map(app, "instagram", PageKinds.All, (sender, plan, ct) => sender.SendInstagramAsync(plan, ct));
        Map(app, "messenger", PageKinds.All, (sender, plan, ct) => sender.SendMessengerAsync(plan, ct));
    }

    private static void Map(WebApplication app, string channel, IReadOnlyList<string> known, Func<MessageSender, MessagePlan, CancellationToken, Task<SendReport>> send)
    {
        app.MapGet($"/_control/{channel}/kinds", () => ControlJson.Answer(known));
        app.MapPost($"/_control/{channel}/send", (HttpRequest request, GraphSimulator graph, MessageSender sender) => ControlJson.ReadAsync<Send>(request, async wanted =>
        {
            string[] kinds = wanted.Kinds ?? [wanted.Kind ?? "text"];
            if (kinds is ["all"]) kinds = [.. known];
            if (Fault(wanted, kinds, known) is { } fault) return ControlJson.Problem(fault);
            var plan = new MessagePlan(new Uri(wanted.Url!), wanted.Unsigned ? null : wanted.AppSecret ?? graph.AppSecret, kinds)
            {
                People = wanted.People,
                FirstPerson = wanted.FirstPerson,
                Text = wanted.Text,
                WithoutPhone = wanted.WithoutPhone,
                AccountId = wanted.AccountId,
                PerBody = wanted.PerBody,
                WrongSignature = wanted.WrongSignature,
                Repeat = wanted.Repeat,
                Shuffle = wanted.Shuffle,
                Rate = wanted.Rate,
                MostAtOnce = wanted.MostAtOnce,
                Retries = wanted.Retries,
            };
            return ControlJson.Answer(await send(sender, plan, request.HttpContext.RequestAborted));
        }));
    }

    private static string? Fault(Send wanted, string[] kinds, IReadOnlyList<string> known)
    {
        if (!ControlJson.IsWebAddress(wanted.Url)) return "url is where webhooks go, such as http://localhost:5080/webhooks/whatsapp";
        if (kinds.Length == 0 || kinds.Any(kind => !known.Contains(kind))) return $"kinds are all, or some of {string.Join(", ", known)}";
        if (wanted.People < 1 || (long)wanted.People * kinds.Length > MostEvents) return $"people times kinds is 1 to {MostEvents}";
        if (wanted.FirstPerson < 0 || wanted.PerBody is < 1 or > 1000 || wanted.Repeat is < 1 or > 100) return "first_person is not negative, per_body is 1 to 1000, repeat is 1 to 100";
        return wanted.Rate <= 0 || wanted.MostAtOnce is < 1 or > 10_000 || wanted.Retries is < 0 or > 20 ? "rate is more than 0, most_at_once 1 to 10000, retries 0 to 20" : null;
    }
}
