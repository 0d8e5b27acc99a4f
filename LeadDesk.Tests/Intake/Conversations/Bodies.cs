using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;

namespace LeadDesk.Tests.Intake.Conversations;

/// <summary>Bodies as Meta's webhooks send them, around the part a test is about.</summary>
internal static class Bodies
{
    public const string PhoneNumberId = "5550001112223";

    public static string WhatsAppMessage(string message, string contacts = """[{"profile":{"name":"Sara Levi"},"wa_id":"972501112233"}]""") =>
        WhatsApp($$"""{"messaging_product":"whatsapp","metadata":{"display_phone_number":"97239998877","phone_number_id":"{{PhoneNumberId}}"},"contacts":{{contacts}},"messages":[{{message}}]}""");

    public static string WhatsAppStatus(string status) =>
        WhatsApp($$"""{"messaging_product":"whatsapp","metadata":{"phone_number_id":"{{PhoneNumberId}}"},"statuses":[{{status}}]}""");

    public static string WhatsApp(string value, string field = "messages") =>
        $$"""{"object":"whatsapp_business_account","entry":[{"id":"4440001","changes":[{"field":"{{field}}","value":{{value}}}]}]}""";

    public static string Messaging(string happened, string kind = "instagram", string list = "messaging") =>
        $$"""{"object":"{{kind}}","entry":[{"id":"178","time":1700000000,"{{list}}":[{{happened}}]}]}""";

    /// <summary>A message of person 901 to account 178.</summary>
    public static string From(string rest) => $$"""{"sender":{"id":"901"},"recipient":{"id":"178"},"timestamp":1700000000123,{{rest}}}""";

    public static string PageChange(string change) => $$"""{"object":"page","entry":[{"id":"138","time":1700000000,"changes":[{{change}}]}]}""";

    public static IReadOnlyList<MetaUnit> Split(string body) => MetaBody.Split(Encoding.UTF8.GetBytes(body), InboundSources.Meta);

    public static MetaUnit Only(string body) => Split(body).ShouldHaveSingleItem();

    public static ConversationEvent ReadWhatsApp(string body) => WhatsAppReader.Read(Only(body).Unit.Raw);

    public static ConversationEvent ReadMessaging(string body) => MessagingReader.Read(Only(body).Unit.Raw);

    public static string Quoted(string text) => JsonSerializer.Serialize(text);

    public static JsonNode Parsed(byte[] raw) => JsonNode.Parse(raw)!;
}
