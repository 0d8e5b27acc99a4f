using LeadDesk.Data;

namespace LeadDesk.Tests.Intake.Conversations;

public sealed class ConversationOrderTests
{
    [Fact]
    public async Task In_whatever_order_a_conversation_arrives_it_ends_the_same()
    {
        var ends = new HashSet<string>(StringComparer.Ordinal);
        foreach (var seed in Enumerable.Range(1, 6))
        {
            await using var world = await ConversationWorld.OpenAsync(DatabaseEngine.Sqlite);
            string[] bodies =
            [
                world.Text("wamid.1", "Hello"), world.Text("wamid.2", "secret", at: 10), world.Text("wamid.3", "I want to by two", at: 20),
                world.About("""{"id":"wamid.R","type":"revoke","revoke":{"original_message_id":"wamid.2"}}""", 30),
                world.About("""{"id":"wamid.E1","type":"edit","edit":{"original_message_id":"wamid.3","message":{"type":"text","text":{"body":"I want to buy two"}}}}""", 40),
                world.About("""{"id":"wamid.E2","type":"edit","edit":{"original_message_id":"wamid.3","message":{"type":"text","text":{"body":"I want to buy three"}}}}""", 50),
                Bodies.WhatsApp("""{"message_echoes":[{"to":"972501112233","id":"wamid.O","timestamp":"1772440000","type":"text","text":{"body":"Sure"}}]}"""),
                .. new[] { "sent", "delivered", "read" }.Select(word => Bodies.WhatsAppStatus($$"""{"id":"wamid.O","status":"{{word}}"}""")),
            ];
            var random = new Random(seed);
            foreach (var body in bodies.Concat(bodies).OrderBy(_ => random.Next()))
                await world.ReceiveAsync([body], work: random.Next(2) is 0);
            for (var round = 0; round < 6; round++)
                await world.LaterAsync(TimeSpan.FromSeconds(6));

            var lead = await world.OnlyLeadAsync();
            var messages = await world.MessagesAsync();
            ends.Add($"{lead.MessageCount} {lead.Phone} {string.Join('|', messages.OrderBy(message => message.ExternalId, StringComparer.Ordinal).Select(message => $"{message.ExternalId} {message.Text} {message.Delivery} {message.Outgoing}"))}");
        }

        ends.ShouldBe(["3 +972501112233 wamid.1 Hello None False|wamid.2  None False|wamid.3 I want to buy three None False|wamid.O Sure Read True"]);
    }
}
