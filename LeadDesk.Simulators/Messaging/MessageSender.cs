using System.Text;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.People;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Messaging;

/// <summary>Writes as customers of WhatsApp, Instagram and Messenger. Files and names can then be asked of <see cref="GraphSimulator"/>.</summary>
public sealed class MessageSender(GraphSimulator graph, CallSender sender, TimeProvider time)
{
    public const string InstagramAccountId = "17841400008460056";

    /// <summary>Who changes their number takes that of somebody this much further on.</summary>
    private const long SecondPhones = 500_000;

    /// <summary>Ids follow from it, so that no two events share one.</summary>
    private long _lastNumber;

    public Task<SendReport> SendWhatsAppAsync(MessagePlan plan, CancellationToken ct) => SendAsync(PrepareWhatsApp(plan), plan, ct);

    public Task<SendReport> SendInstagramAsync(MessagePlan plan, CancellationToken ct) => SendAsync(PreparePage(plan, "instagram", InstagramAccountId), plan, ct);

    public Task<SendReport> SendMessengerAsync(MessagePlan plan, CancellationToken ct) => SendAsync(PreparePage(plan, "page", SampleForms.PageId), plan, ct);

    public IReadOnlyList<OutgoingCall> PrepareWhatsApp(MessagePlan plan)
    {
        var account = plan.AccountId ?? GraphSimulator.PhoneNumberId;
        return Calls(plan, WhatsAppKinds.Messages, chunk => WhatsAppBodies.Body(chunk.Select(item =>
        {
            if (item.Kind is "image" or "video" or "document" or "audio" or "voice" or "sticker")
                graph.AddMedia(new SimulatedMedia(item.Step.MediaId, "text/plain", Encoding.UTF8.GetBytes($"Simulated {item.Kind} of {item.Step.Person.FullName}")));
            return WhatsAppBodies.Change(item.Kind, item.Step, account);
        })));
    }

    /// <param name="kindOfPage"><c>instagram</c> or, for Messenger, <c>page</c>.</param>
    public IReadOnlyList<OutgoingCall> PreparePage(MessagePlan plan, string kindOfPage, string defaultAccount) => Calls(plan, PageKinds.Messages, chunk =>
    {
        foreach (var (_, step) in chunk) graph.AddProfile(new SimulatedProfile(step.ScopedId, step.Person.FullName, step.Person.Email.Split('@')[0]));
        return PageBodies.Body(kindOfPage, plan.AccountId ?? defaultAccount, chunk);
    });

    private Task<SendReport> SendAsync(IReadOnlyList<OutgoingCall> calls, MessagePlan plan, CancellationToken ct) =>
        sender.SendAsync(calls, new SendPlan(plan.Url, plan.Rate, plan.MostAtOnce, plan.Retries), ct);

    private IReadOnlyList<OutgoingCall> Calls(
        MessagePlan plan, IReadOnlyList<string> messageKinds, Func<IReadOnlyList<(string Kind, ConversationStep Step)>, System.Text.Json.Nodes.JsonObject> body) =>
        Steps(plan, messageKinds)
            .Chunk(plan.PerBody)
            .Select(chunk => OutgoingCall.FromMeta(MetaJson.Write(body(chunk)), plan.AppSecret, plan.WrongSignature, chunk.Length))
            .ToArray()
            .RepeatAndShuffle(plan.Repeat, plan.Shuffle, graph.Seed);

    private IEnumerable<(string Kind, ConversationStep Step)> Steps(MessagePlan plan, IReadOnlyList<string> messageKinds)
    {
        var count = plan.People * plan.Kinds.Count;
        var number = Interlocked.Add(ref _lastNumber, count) - count + 1;
        var at = time.GetUtcNow().UtcDateTime;
        for (var person = plan.FirstPerson; person < plan.FirstPerson + plan.People; person++)
        {
            var lastMessage = number;
            var newPhone = PretendPeople.Get(graph.Seed, person + SecondPhones).Phone;
            foreach (var kind in plan.Kinds)
            {
                var hasPhone = !plan.WithoutPhone && kind != "username_only";
                yield return (kind, new ConversationStep(PretendPeople.Get(graph.Seed, person), person, number, lastMessage, at, newPhone, hasPhone, plan.Text));
                if (messageKinds.Contains(kind)) lastMessage = number;
                number++;
                at = at.AddSeconds(1);
            }
        }
    }
}
