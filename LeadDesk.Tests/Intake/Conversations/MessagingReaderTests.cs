using LeadDesk.Intake.Conversations;
using LeadDesk.Leads;
using static LeadDesk.Intake.Conversations.ConversationEvent;

namespace LeadDesk.Tests.Intake.Conversations;

public sealed class MessagingReaderTests
{
    [Fact]
    public void A_message_tells_who_when_and_what()
    {
        var message = Read("\"message\":{\"mid\":\"aWdf1\",\"text\":\"Price?\",\"reply_to\":{\"mid\":\"aWdf0\"}}").ShouldBeOfType<Message>();
        message.ShouldSatisfyAllConditions(
            _ => message.Id.ShouldBe("aWdf1"),
            _ => message.At.ShouldBe(new DateTime(2023, 11, 14, 22, 13, 20, 123, DateTimeKind.Utc)),
            _ => message.Person.ShouldBe(new ChatPerson("901")),
            _ => message.Content.ShouldBe(new ChatContent("Price?")),
            _ => message.ReplyTo.ShouldBe("aWdf0"),
            _ => message.Metadata.ShouldBeEmpty());
    }

    [Theory]
    [InlineData("""{"attachments":[{"type":"image","payload":{"url":"https://cdn/x"}}]}""", "[Image]", MessageKind.Image)]
    [InlineData("""{"text":"this one","attachments":[{"type":"image","payload":{"url":"https://cdn/x"}},{"type":"image","payload":{"url":"https://cdn/y"}}]}""", "[Image] [Image] this one", MessageKind.Image)]
    [InlineData("""{"attachments":[{"type":"image","payload":{"url":"https://cdn/x","sticker_id":369239263222822}}]}""", "[Sticker]", MessageKind.Sticker)]
    [InlineData("""{"attachments":[{"type":"audio","payload":{"url":"https://cdn/x"}}]}""", "[Audio]", MessageKind.Audio)]
    [InlineData("""{"attachments":[{"type":"file","payload":{"url":"https://cdn/x"}}]}""", "[File]", MessageKind.Document)]
    [InlineData("""{"attachments":[{"type":"share","payload":{"url":"https://cdn/x"}}]}""", "[Shared post]", MessageKind.Post)]
    [InlineData("""{"attachments":[{"type":"story_mention","payload":{"url":"https://cdn/x"}}]}""", "[Mentioned us in a story]", MessageKind.Post)]
    [InlineData("""{"attachments":[{"type":"ig_reel","payload":{"reel_video_id":"1","title":"Pool","url":"https://cdn/x"}}]}""", "[Shared reel] Pool", MessageKind.Post)]
    [InlineData("""{"attachments":[{"type":"location","payload":{"coordinates":{"lat":41.5,"long":29.25}}}]}""", "[Location] 41.5, 29.25", MessageKind.Location)]
    [InlineData("""{"attachments":{"type":"something_new"}}""", "[something new]", MessageKind.Other)]
    [InlineData("""{"text":"Blue","quick_reply":{"payload":"BLUE"}}""", "Blue", MessageKind.Choice)]
    [InlineData("""{"text":"Where is it?","reply_to":{"story":{"id":"5","url":"https://cdn/s"}}}""", "[Reply to a story] Where is it?", MessageKind.Text)]
    [InlineData("""{"is_unsupported":true}""", "[Unsupported message]", MessageKind.Other)]
    [InlineData("""{"text":null}""", "[Message without text]", MessageKind.Text)]
    public void Every_kind_has_words(string message, string text, MessageKind kind)
    {
        var content = Read($"\"message\":{message}").ShouldBeOfType<Message>().Content;
        (content.Text, content.Kind).ShouldBe((text, kind));
    }

    [Fact]
    public void What_is_attached_has_its_address_at_once() =>
        Read("\"message\":{\"mid\":\"aWdf1\",\"attachments\":[{\"type\":\"video\",\"payload\":{\"url\":\"https://cdn/v\"}}]}")
            .ShouldBeOfType<Message>().Content.Media.ShouldBe(new MessageMedia(null, "https://cdn/v", null, null));

    [Theory]
    [InlineData("\"message\":{\"mid\":\"m_1\",\"text\":\"Hi\",\"referral\":{\"ref\":\"spring\",\"ad_id\":\"6045\",\"source\":\"ADS\",\"type\":\"OPEN_THREAD\",\"ads_context_data\":{\"ad_title\":\"Villas\",\"post_id\":\"1_2\"}}}")]
    [InlineData("\"postback\":{\"title\":\"Get started\",\"referral\":{\"ref\":\"spring\",\"ad_id\":6045,\"source\":\"ADS\",\"ads_context_data\":{\"ad_title\":\"Villas\",\"post_id\":\"1_2\"}}}")]
    public void An_ad_that_led_here_is_remembered(string rest) =>
        Read(rest).ShouldBeOfType<Message>().Metadata.ShouldBe(new Dictionary<string, string>
        {
            ["ad_id"] = "6045", ["campaign"] = "Villas", ["headline"] = "Villas", ["ref"] = "spring", ["referral_source"] = "ADS", ["post_id"] = "1_2",
        }, ignoreOrder: true);

    [Fact]
    public void A_referral_into_a_chat_that_exists_is_no_message()
    {
        var referral = Read("\"referral\":{\"ref\":\"summer\",\"source\":\"SHORTLINK\",\"type\":\"OPEN_THREAD\"}").ShouldBeOfType<Referral>();
        referral.Person.Id.ShouldBe("901");
        referral.Metadata["campaign"].ShouldBe("summer");
    }

    [Fact]
    public void A_pressed_button_is_a_choice() =>
        Read("\"postback\":{\"mid\":\"m_2\",\"title\":\"Get started\",\"payload\":\"START\"}").ShouldBeOfType<Message>().Content.ShouldBe(new ChatContent("Get started", MessageKind.Choice));

    [Fact]
    public void An_echo_is_ours_and_goes_to_the_person()
    {
        var echo = Bodies.ReadMessaging(Bodies.Messaging("""{"sender":{"id":"178"},"recipient":{"id":"901"},"timestamp":1700000000123,"message":{"mid":"m_3","is_echo":true,"app_id":5,"text":"We call you"}}""", "page"))
            .ShouldBeOfType<Echo>();
        (echo.Person.Id, echo.Id, echo.Content.Text).ShouldBe(("901", "m_3", "We call you"));
    }

    [Fact]
    public void A_deleted_message_is_named() =>
        Read("\"message\":{\"mid\":\"aWdf1\",\"is_deleted\":true}").ShouldBeOfType<Revoke>().Id.ShouldBe("aWdf1");

    [Fact]
    public void An_edit_carries_the_new_text()
    {
        var edit = Read("\"message_edit\":{\"mid\":\"m_1\",\"text\":\"Blue please\",\"num_edit\":2}").ShouldBeOfType<Edit>();
        (edit.Id, edit.Content.Text).ShouldBe(("m_1", "Blue please"));
    }

    [Theory]
    [InlineData("\"read\":{\"watermark\":1700000000123}")]
    [InlineData("\"delivery\":{\"mids\":[\"m_1\"]}")]
    [InlineData("\"reaction\":{\"mid\":\"m_1\",\"action\":\"react\",\"emoji\":\"❤\"}")]
    [InlineData("\"optin\":{\"ref\":\"x\"}")]
    public void What_is_no_message_makes_no_lead(string rest) => Read(rest).ShouldBeOfType<Nothing>().Reason.ShouldNotBeNullOrEmpty();

    private static ConversationEvent Read(string rest) => Bodies.ReadMessaging(Bodies.Messaging(Bodies.From(rest)));
}
