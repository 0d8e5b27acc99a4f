using LeadDesk.Intake.Conversations;
using LeadDesk.Leads;
using static LeadDesk.Intake.Conversations.ConversationEvent;

namespace LeadDesk.Tests.Intake.Conversations;

public sealed class WhatsAppReaderTests
{
    [Fact]
    public void A_text_message_tells_who_when_and_what()
    {
        var message = Read("\"type\":\"text\",\"text\":{\"body\":\"How much is it?\"},\"context\":{\"from\":\"97239998877\",\"id\":\"wamid.Q\"}");
        message.ShouldSatisfyAllConditions(
            _ => message.Id.ShouldBe("wamid.M"),
            _ => message.At.ShouldBe(new DateTime(2023, 10, 11, 17, 1, 6, DateTimeKind.Utc)),
            _ => message.Person.ShouldBe(new ChatPerson("972501112233", "+972501112233", "Sara Levi", "972501112233")),
            _ => message.Content.ShouldBe(new ChatContent("How much is it?")),
            _ => message.ReplyTo.ShouldBe("wamid.Q"),
            _ => message.Metadata.ShouldBeEmpty());
    }

    [Theory]
    [InlineData("""{"type":"image","image":{"mime_type":"image/jpeg","id":"65"}}""", "[Image]", MessageKind.Image)]
    [InlineData("""{"type":"image","image":{"caption":"This one?","mime_type":"image/jpeg","id":"65"}}""", "[Image] This one?", MessageKind.Image)]
    [InlineData("""{"type":"video","video":{"mime_type":"video/mp4","id":"65"}}""", "[Video]", MessageKind.Video)]
    [InlineData("""{"type":"document","document":{"filename":"plan.pdf","caption":"Our plan","id":"65"}}""", "[Document] plan.pdf Our plan", MessageKind.Document)]
    [InlineData("""{"type":"audio","audio":{"voice":true,"id":"65"}}""", "[Voice message]", MessageKind.Audio)]
    [InlineData("""{"type":"audio","audio":{"voice":false,"id":"65"}}""", "[Audio]", MessageKind.Audio)]
    [InlineData("""{"type":"sticker","sticker":{"animated":true,"id":"65"}}""", "[Sticker]", MessageKind.Sticker)]
    [InlineData("""{"type":"location","location":{"latitude":41.0,"longitude":29.0,"name":"Galata Tower","address":"Istanbul"}}""", "[Location] 41.0, 29.0 Galata Tower, Istanbul", MessageKind.Location)]
    [InlineData("""{"type":"location","location":{"name":"Galata Tower"}}""", "[Location] Galata Tower", MessageKind.Location)]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Ali Can"},"phones":[{"phone":"+90 532 000 00 00"}]},{"name":{"first_name":"Ece"}}]}""", "[Contact] Ali Can +90 532 000 00 00; Ece", MessageKind.Contacts)]
    [InlineData("""{"type":"order","order":{"text":"Today please","product_items":[{"product_retailer_id":"LAMP","quantity":3,"item_price":10.5,"currency":"EUR"},{"product_retailer_id":"DESK","quantity":"1","item_price":"100","currency":"EUR"}]}}""", "[Order] 3 × LAMP, 1 × DESK (131.5 EUR). Today please", MessageKind.Order)]
    [InlineData("""{"type":"order","order":{"product_items":[{"product_retailer_id":"LAMP"}]}}""", "[Order] 1 × LAMP", MessageKind.Order)]
    [InlineData("""{"type":"button","button":{"payload":"YES","text":"Yes, call me"}}""", "Yes, call me", MessageKind.Choice)]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"b1","title":"Prices"}}}""", "Prices", MessageKind.Choice)]
    [InlineData("""{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"l1","title":"Villa","description":"with a pool"}}}""", "Villa (with a pool)", MessageKind.Choice)]
    [InlineData("""{"type":"interactive"}""", "[Message that WhatsApp could not pass on]", MessageKind.Other)]
    [InlineData("""{"type":"unsupported","errors":[{"code":131051,"title":"Message type unknown","error_data":{"details":"Message type is currently not supported."}}]}""", "[Unsupported message] Message type unknown: Message type is currently not supported. (131051)", MessageKind.Other)]
    [InlineData("""{"type":"gift_card","gift_card":{"text":"For you"}}""", "[Gift card] For you", MessageKind.Other)]
    [InlineData("""{"type":"text"}""", "[Message without text]", MessageKind.Text)]
    [InlineData("""{"text":{"body":"no type"}}""", "no type", MessageKind.Text)]
    [InlineData("""{"type":"text","text":{"body":"cut \ud83d"}}""", "cut �", MessageKind.Text)]
    [InlineData("""{"type":"text","text":{"body":"bell \u0007 and \u0000"}}""", "bell   and", MessageKind.Text)]
    public void Every_kind_has_words(string message, string text, MessageKind kind)
    {
        var content = ReadWhole(message).ShouldBeOfType<Message>().Content;
        (content.Text, content.Kind).ShouldBe((text, kind));
    }

    [Fact]
    public void A_picture_stays_with_WhatsApp_until_somebody_opens_it() =>
        Read("\"type\":\"document\",\"document\":{\"id\":1234567890987654321,\"mime_type\":\"application/pdf\",\"filename\":\"plan.pdf\"}")
            .Content.Media.ShouldBe(new MessageMedia("1234567890987654321", null, "application/pdf", "plan.pdf"));

    [Fact]
    public void The_answers_of_a_flow_are_JSON_inside_a_string()
    {
        var message = Read("\"type\":\"interactive\",\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":"
            + Bodies.Quoted("""{"flow_token":"t","city":"Izmir","rooms":["2","3"],"budget":250000,"user_id":"US.1"}""") + "}}");
        message.Content.Text.ShouldBe("[Form] city: Izmir, rooms: 2, 3, budget: 250000");
        message.Metadata.ShouldBe(new Dictionary<string, string> { ["city"] = "Izmir", ["rooms"] = "2, 3", ["budget"] = "250000" }, ignoreOrder: true);
    }

    [Fact]
    public void Why_WhatsApp_passes_a_message_on_without_its_content_stands_beside_it()
    {
        var body = Bodies.WhatsApp("""{"messages":[{"from":"972501112233","id":"wamid.1","type":"interactive"}],"errors":[{"code":131000,"title":"Something went wrong"}]}""");
        Bodies.ReadWhatsApp(body).ShouldBeOfType<Message>().Content.Text.ShouldBe("[Message that WhatsApp could not pass on] Something went wrong (131000)");
    }

    [Fact]
    public void An_ad_that_led_here_is_remembered()
    {
        var message = Read("\"type\":\"text\",\"text\":{\"body\":\"Hi\"},\"referral\":{\"source_url\":\"https://fb.me/x\",\"source_id\":\"120210\",\"source_type\":\"ad\",\"headline\":\"Sea view\",\"body\":\"From 90,000\",\"ctwa_clid\":\"ARAk\"}");
        message.Metadata.ShouldBe(new Dictionary<string, string>
        {
            ["ad_id"] = "120210", ["ctwa_clid"] = "ARAk", ["headline"] = "Sea view", ["campaign"] = "Sea view", ["ad_text"] = "From 90,000", ["source_url"] = "https://fb.me/x",
        }, ignoreOrder: true);
    }

    [Fact]
    public void People_without_a_number_are_known_by_their_user_id()
    {
        var body = Bodies.WhatsAppMessage("""{"from_user_id":"US.134","id":"wamid.1","type":"text","text":{"body":"Hi"}}""", """[{"profile":{"username":"sara.l"},"user_id":"US.134"}]""");
        Bodies.ReadWhatsApp(body).ShouldBeOfType<Message>().Person.ShouldBe(new ChatPerson("US.134", null, "sara.l"));
    }

    [Fact]
    public void User_id_and_number_together_are_both_kept()
    {
        var body = Bodies.WhatsAppMessage("""{"from":"972501112233","id":"wamid.1","type":"text","text":{"body":"Hi"}}""", """[{"profile":{"name":"Sara"},"wa_id":"972501112233","user_id":"US.134"}]""");
        Bodies.ReadWhatsApp(body).ShouldBeOfType<Message>().Person.ShouldBe(new ChatPerson("US.134", "+972501112233", "Sara", "972501112233"));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("[{}]", null)]
    [InlineData("""[{"wa_id":"972501112233"}]""", null)]
    [InlineData("""[{"profile":{}}]""", null)]
    [InlineData("""[{"profile":{"name":"Sara"},"wa_id":"+972 50"}]""", "Sara")]
    public void A_contact_may_lack_anything(string contacts, string? name) =>
        Bodies.ReadWhatsApp(Bodies.WhatsAppMessage("""{"from":"972501112233","id":"wamid.1","type":"text","text":{"body":"Hi"}}""", contacts))
            .ShouldBeOfType<Message>().Person.ShouldBe(new ChatPerson("972501112233", "+972501112233", name, "972501112233"));

    [Fact]
    public void A_sender_that_is_only_a_placeholder_is_nobody() =>
        Bodies.ReadWhatsApp(Bodies.WhatsAppMessage("""{"from":"<WHATSAPP_USER_PHONE_NUMBER>","id":"wamid.1","type":"text","text":{"body":"Hi"}}""", "[]"))
            .ShouldBeOfType<Message>().Person.ShouldBe(new ChatPerson(null));

    [Fact]
    public void An_edit_carries_the_new_text() =>
        ReadWhole("""{"type":"edit","edit":{"original_message_id":"wamid.A","message":{"type":"image","image":{"caption":"Better"}}}}""")
            .ShouldBeOfType<Edit>().ShouldSatisfyAllConditions(edit => edit.Id.ShouldBe("wamid.A"), edit => edit.Content.Text.ShouldBe("[Image] Better"));

    [Fact]
    public void A_deletion_names_its_message() =>
        ReadWhole("""{"type":"revoke","revoke":{"original_message_id":"wamid.A"}}""").ShouldBeOfType<Revoke>().Id.ShouldBe("wamid.A");

    [Fact]
    public void A_changed_number_names_both()
    {
        var changed = ReadWhole("""{"type":"system","system":{"body":"Sara changed her number","wa_id":"972540009988","type":"user_changed_number"}}""").ShouldBeOfType<NumberChanged>();
        (changed.Person.WhatsAppId, changed.NewWhatsAppId).ShouldBe(("972501112233", "972540009988"));
    }

    [Theory]
    [InlineData("""{"type":"system","system":{"type":"user_identity_changed","body":"Sara's security code changed"}}""")]
    [InlineData("""{"type":"system"}""")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.A"}}""")]
    [InlineData("""{"type":"request_welcome"}""")]
    public void What_is_no_message_makes_no_lead(string message) => ReadWhole(message).ShouldBeOfType<Nothing>().Reason.ShouldNotBeNullOrEmpty();

    [Theory]
    [InlineData("sent", DeliveryState.Sent)]
    [InlineData("delivered", DeliveryState.Delivered)]
    [InlineData("read", DeliveryState.Read)]
    [InlineData("played", DeliveryState.Read)]
    public void A_status_says_how_far_a_message_got(string word, DeliveryState delivery) =>
        Bodies.ReadWhatsApp(Bodies.WhatsAppStatus($$"""{"id":"wamid.S","status":"{{word}}","timestamp":"1697043666","recipient_id":"972501112233"}"""))
            .ShouldBe(new Status("wamid.S", delivery, null, false) { At = new DateTime(2023, 10, 11, 17, 1, 6, DateTimeKind.Utc) });

    [Theory]
    [InlineData(130472, false)]
    [InlineData(131050, true)]
    public void A_failure_says_why_and_whether_the_person_wants_no_more(int code, bool optedOut)
    {
        var status = Bodies.ReadWhatsApp(Bodies.WhatsAppStatus($$"""{"id":"wamid.S","status":"failed","errors":[{"code":{{code}},"title":"Not sent"}]}""")).ShouldBeOfType<Status>();
        (status.Delivery, status.Error, status.OptedOut).ShouldBe((DeliveryState.Failed, $"Not sent ({code})", optedOut));
    }

    [Theory]
    [InlineData("stop", true)]
    [InlineData("resume", false)]
    [InlineData("signup", false)]
    public void A_marketing_preference_is_read(string value, bool optedOut)
    {
        var body = Bodies.WhatsApp($$"""{"user_preferences":[{"wa_id":"972501112233","category":"marketing_messages","value":"{{value}}","timestamp":1731705721}]}""", "user_preferences");
        var preference = Bodies.ReadWhatsApp(body).ShouldBeOfType<Preference>();
        (preference.Person.Phone, preference.OptedOut).ShouldBe(("+972501112233", optedOut));
    }

    [Fact]
    public void What_we_write_on_the_phone_is_an_echo_to_the_person()
    {
        var body = Bodies.WhatsApp("""{"message_echoes":[{"from":"97239998877","to":"972501112233","id":"wamid.E","type":"text","text":{"body":"We call you"}}]}""", "smb_message_echoes");
        var echo = Bodies.ReadWhatsApp(body).ShouldBeOfType<Echo>();
        (echo.Person.Phone, echo.Content.Text).ShouldBe(("+972501112233", "We call you"));
    }

    private static Message Read(string rest) => ReadWhole("{" + rest + "}").ShouldBeOfType<Message>();

    private static ConversationEvent ReadWhole(string message) =>
        Bodies.ReadWhatsApp(Bodies.WhatsAppMessage("{\"from\":\"972501112233\",\"id\":\"wamid.M\",\"timestamp\":\"1697043666\"," + message[1..]));
}
