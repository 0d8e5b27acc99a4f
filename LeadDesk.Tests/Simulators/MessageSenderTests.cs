using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Messaging;
using LeadDesk.Simulators.Wire;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Simulators;

public sealed class MessageSenderTests : IDisposable
{
    private const string Secret = "s3cret";

    private static readonly Uri s_anywhere = new("http://127.0.0.1:1/");

    private readonly CallSender _calls = new();
    private readonly GraphSimulator _graph;
    private readonly MessageSender _sender;

    public MessageSenderTests()
    {
        var time = new ManualTime();
        _graph = new GraphSimulator(time);
        _sender = new MessageSender(_graph, _calls, time);
    }

    public static TheoryData<string> WhatsAppWords => [.. WhatsAppKinds.All];

    public static TheoryData<string> PageWords => [.. PageKinds.All];

    public void Dispose() => _calls.Dispose();

    [Theory]
    [MemberData(nameof(WhatsAppWords))]
    public void Each_kind_of_WhatsApp_is_one_signed_change(string kind)
    {
        var call = _sender.PrepareWhatsApp(new MessagePlan(s_anywhere, Secret, [kind])).ShouldHaveSingleItem();
        call.Headers.ShouldHaveSingleItem().ShouldBe(new("X-Hub-Signature-256", "sha256=" + Hmac(call.Body)));
        var body = JsonNode.Parse(call.Body)!;
        body["object"]!.ToString().ShouldBe("whatsapp_business_account");
        body["entry"]!.AsArray().ShouldHaveSingleItem()!["changes"]!.AsArray().ShouldHaveSingleItem()!["field"]!.ToString().ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(PageWords))]
    public void Each_kind_of_Instagram_and_Messenger_is_one_signed_event(string kind)
    {
        foreach (var kindOfPage in (string[])["instagram", "page"])
        {
            var call = _sender.PreparePage(new MessagePlan(s_anywhere, Secret, [kind]), kindOfPage, "77").ShouldHaveSingleItem();
            call.Headers.Single().Value.ShouldBe("sha256=" + Hmac(call.Body));
            var body = JsonNode.Parse(call.Body)!;
            body["object"]!.ToString().ShouldBe(kindOfPage);
            var happened = body["entry"]![0]![kind == "standby" ? "standby" : "messaging"]![0]!;
            happened[kind == "echo" ? "sender" : "recipient"]!["id"]!.ToString().ShouldBe("77");
        }
    }

    [Fact]
    public void What_is_about_an_earlier_message_names_the_persons_last_one()
    {
        var bodies = _sender.PrepareWhatsApp(new MessagePlan(s_anywhere, Secret, ["text", "reaction", "edit", "revoke"]) { People = 2 }).Select(call => JsonNode.Parse(call.Body)!).ToArray();
        foreach (var person in bodies.Chunk(4))
        {
            var id = Message(person[0])["id"]!.ToString();
            Message(person[1])["reaction"]!["message_id"]!.ToString().ShouldBe(id);
            Message(person[2])["edit"]!["original_message_id"]!.ToString().ShouldBe(id);
            Message(person[3])["revoke"]!["original_message_id"]!.ToString().ShouldBe(id);
        }

        bodies.Select(body => Message(body)["id"]!.ToString()).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public void A_number_changes_to_another_of_the_same_country()
    {
        var message = Message(JsonNode.Parse(_sender.PrepareWhatsApp(new MessagePlan(s_anywhere, null, ["number_changed"])).Single().Body)!);
        var (old, changed) = (message["from"]!.ToString(), message["system"]!["wa_id"]!.ToString());
        changed.ShouldNotBe(old);
        changed.Length.ShouldBe(old.Length);
        changed[..4].ShouldBe(old[..4]);
        message["system"]!["body"]!.ToString().ShouldContain(changed);
    }

    [Fact]
    public void People_without_a_phone_are_known_by_their_business_scoped_id()
    {
        var body = JsonNode.Parse(_sender.PrepareWhatsApp(new MessagePlan(s_anywhere, null, ["text"]) { WithoutPhone = true }).Single().Body)!;
        Message(body)["from"].ShouldBeNull();
        Message(body)["from_user_id"]!.ToString().ShouldStartWith("US.");
        Contact(body)["wa_id"].ShouldBeNull();
        Contact(body)["user_id"]!.ToString().ShouldBe(Message(body)["from_user_id"]!.ToString());
    }

    [Fact]
    public async Task Files_and_names_can_be_asked_of_Graph()
    {
        var host = new SimulatorHost();
        await host.InitializeAsync();
        await using (host)
        {
            var sender = new MessageSender(host.Graph, _calls, host.Time);
            var image = Message(JsonNode.Parse(sender.PrepareWhatsApp(new MessagePlan(s_anywhere, null, ["image"])).Single().Body)!)["image"]!["id"]!.ToString();
            var (_, media) = await host.GetAsync(image);
            using var request = new HttpRequestMessage(HttpMethod.Get, media["url"]!.ToString());
            (await host.Http.SendAsync(request, TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeFalse();
            using var withToken = new HttpRequestMessage(HttpMethod.Get, media["url"]!.ToString());
            withToken.Headers.Authorization = new("Bearer", GraphSimulator.DefaultToken);
            var file = await (await host.Http.SendAsync(withToken, TestContext.Current.CancellationToken)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Convert.ToHexString(SHA256.HashData(file)).ShouldBe(media["sha256"]!.ToString(), StringCompareShould.IgnoreCase);

            var person = JsonNode.Parse(sender.PreparePage(new MessagePlan(s_anywhere, null, ["text"]), "instagram", "77").Single().Body)!["entry"]![0]!["messaging"]![0]!["sender"]!["id"]!.ToString();
            (await host.GetAsync($"{person}?fields=name,username")).Body["name"]!.ToString().ShouldNotBeEmpty();
        }
    }

    private static JsonNode Message(JsonNode body) => body["entry"]![0]!["changes"]![0]!["value"]!["messages"]![0]!;

    private static JsonNode Contact(JsonNode body) => body["entry"]![0]!["changes"]![0]!["value"]!["contacts"]![0]!;

    private static string Hmac(byte[] body)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        return Convert.ToHexStringLower(hmac.ComputeHash(body));
    }
}
