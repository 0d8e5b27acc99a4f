using System.Text;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;

namespace LeadDesk.Tests.Intake.Conversations;

public sealed class MetaBodyTests
{
    [Fact]
    public void A_lead_notice_becomes_a_unit_named_by_its_lead()
    {
        var only = Bodies.Only(Bodies.PageChange("""{"field":"leadgen","value":{"leadgen_id":"233370042045345","form_id":"172836","page_id":"138124","created_time":1630087926}}"""));
        only.AccountId.ShouldBe("138124");
        only.Unit.ShouldSatisfyAllConditions(
            unit => unit.Source.ShouldBe(InboundSources.Meta),
            unit => unit.RepeatKey.ShouldBe("233370042045345"),
            unit => unit.ExternalId.ShouldBe("233370042045345"),
            unit => unit.Origin.ShouldBe("172836"),
            unit => unit.OccurredAt.ShouldBe(new DateTime(2021, 8, 27, 18, 12, 6, DateTimeKind.Utc)),
            unit => unit.State.ShouldBe(InboundState.Received));
    }

    [Fact]
    public void Numbers_of_nineteen_digits_keep_them_all()
    {
        var only = Bodies.Only(Bodies.PageChange("""{"field":"leadgen","value":{"leadgen_id":1234567890123456789,"form_id":9223372036854775807,"page_id":138}}"""));
        only.Unit.RepeatKey.ShouldBe("1234567890123456789");
        only.Unit.Origin.ShouldBe("9223372036854775807");
    }

    [Fact]
    public void A_notice_without_a_lead_is_kept_as_unreadable()
    {
        var unit = Bodies.Only(Bodies.PageChange("""{"field":"leadgen","value":{"form_id":"1"}}""")).Unit;
        unit.State.ShouldBe(InboundState.Unreadable);
        unit.Reason.ShouldNotBeNull().ShouldContain("leadgen_id");
    }

    [Fact]
    public void A_body_with_one_unit_stays_byte_for_byte()
    {
        var body = " " + Bodies.WhatsAppMessage("""{"from":"972501112233","id":"wamid.A","type":"text","text":{"body":"سلام é <b>"}}""") + "\n";
        Bodies.Only(body).Unit.Raw.ShouldBe(Encoding.UTF8.GetBytes(body));
    }

    [Fact]
    public void Several_entries_and_changes_become_one_unit_each_in_the_wire_shape()
    {
        const string body = """
            {"object":"whatsapp_business_account","entry":[
              {"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"7"},
                "contacts":[{"wa_id":"491511","profile":{"name":"Jana"}},{"wa_id":"491522","profile":{"name":"Timo"}}],
                "messages":[{"from":"491522","id":"wamid.1","type":"text","text":{"body":"one"}},{"from":"491511","id":"wamid.2","type":"text","text":{"body":"two"}}],
                "statuses":[{"id":"wamid.0","status":"read"}]}}]},
              {"id":"2","changes":[{"field":"account_update","value":{"event":"DISABLED_UPDATE"}}]}]}
            """;
        var units = Bodies.Split(body);
        units.Select(unit => unit.Unit.RepeatKey).Take(3).ShouldBe(["wamid.1", "wamid.2", "status:wamid.0:read"]);
        units[3].Unit.State.ShouldBe(InboundState.Ignored);
        units.Select(unit => unit.AccountId).ShouldBe(["7", "7", "7", "2"]);
        Bodies.Parsed(units[0].Unit.Raw).ToJsonString().ShouldBe(
            """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"7"},"contacts":[{"wa_id":"491522","profile":{"name":"Timo"}}],"messages":[{"from":"491522","id":"wamid.1","type":"text","text":{"body":"one"}}]}}]}]}""");
        WhatsAppReader.Read(units[1].Unit.Raw).ShouldBeOfType<ConversationEvent.Message>().Person.Name.ShouldBe("Jana");
    }

    [Fact]
    public void A_thousand_messages_in_one_body_are_cut_without_copying_what_is_not_theirs()
    {
        var contacts = string.Join(',', Enumerable.Range(1000, 1000).Select(number => $$$"""{"wa_id":"97250{{{number}}}","profile":{"name":"P{{{number}}}"}}"""));
        var messages = string.Join(',', Enumerable.Range(1000, 1000).Select(number => $$$"""{"from":"97250{{{number}}}","id":"wamid.{{{number}}}","type":"text","text":{"body":"n {{{number}}}"}}"""));
        var body = Bodies.WhatsApp($$"""{"metadata":{"phone_number_id":"7"},"note":"{{new string('x', 100_000)}}","contacts":[{{contacts}}],"messages":[{{messages}}]}""");
        var units = Bodies.Split(body);
        units.Count.ShouldBe(1000);
        units.Sum(unit => unit.Unit.Raw.Length).ShouldBeLessThan(400_000);
        WhatsAppReader.Read(units[999].Unit.Raw).ShouldBeOfType<ConversationEvent.Message>().ShouldSatisfyAllConditions(
            message => message.Person.Name.ShouldBe("P1999"),
            message => message.Content.Text.ShouldBe("n 1999"));
    }

    [Fact]
    public void A_body_of_too_many_things_stays_whole()
    {
        var body = Bodies.WhatsApp($$"""{"messages":[{{string.Join(',', Enumerable.Repeat("{}", MetaBody.MostUnits + 1))}}]}""");
        Bodies.Only(body).Unit.State.ShouldBe(InboundState.Unreadable);
    }

    [Theory]
    [InlineData("page", InboundSources.Messenger)]
    [InlineData("instagram", InboundSources.Instagram)]
    public void An_event_of_a_conversation_goes_to_its_channel(string kind, string source)
    {
        var only = Bodies.Only(Bodies.Messaging(Bodies.From("""
            "message":{"mid":"m_1","text":"Hi"}
            """), kind));
        (only.Unit.Source, only.Unit.RepeatKey, only.AccountId).ShouldBe((source, "m_1", "178"));
    }

    [Fact]
    public void A_standby_event_counts_as_one()
    {
        Bodies.Only(Bodies.Messaging(Bodies.From("""
            "message":{"mid":"m_1","text":"Hi"}
            """), "page", "standby")).Unit.RepeatKey.ShouldBe("m_1");
    }

    [Fact]
    public void The_dashboards_test_button_wraps_an_event_as_a_change()
    {
        var only = Bodies.Only("""{"object":"instagram","entry":[{"id":"0","time":1700000000,"changes":[{"field":"messages","value":{"sender":{"id":"12334"},"recipient":{"id":"23245"},"timestamp":"1527459824","message":{"mid":"random_mid","text":"random_text"}}}]}]}""");
        (only.Unit.Source, only.Unit.RepeatKey, only.AccountId).ShouldBe((InboundSources.Instagram, "random_mid", "23245"));
        MessagingReader.Read(only.Unit.Raw).ShouldBeOfType<ConversationEvent.Message>().Content.Text.ShouldBe("random_text");
    }

    [Fact]
    public void An_event_without_its_envelope_is_understood()
    {
        var only = Bodies.Only("""{"messaging":{"sender":{"id":"338"},"recipient":{"id":"117"},"message":{"mid":"m_K","text":"hello there"}}}""");
        (only.Unit.Source, only.AccountId).ShouldBe((InboundSources.Messenger, "117"));
        MessagingReader.Read(only.Unit.Raw).ShouldBeOfType<ConversationEvent.Message>().Person.Id.ShouldBe("338");
    }

    [Theory]
    [InlineData("""{"object":"page","entry":[{"id":"1","changes":[{"field":"feed","value":{"item":"post"}}]}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"9"},"read":{"watermark":1}}]}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"9"},"delivery":{"mids":["m_1"]}}]}]}""")]
    [InlineData("""{"object":"instagram","entry":[{"id":"1","messaging":[{"sender":{"id":"9"},"reaction":{"mid":"m_1","emoji":"❤"}}]}]}""")]
    [InlineData("""{"object":"instagram","entry":[{"id":"1","changes":[{"field":"comments","value":{"id":"5","text":"Nice"}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"message_template_status_update","value":{"event":"REJECTED"}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"type":"reaction","id":"wamid.1","reaction":{}}]}}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"errors":[{"code":130429,"title":"Rate limit hit"}]}}]}]}""")]
    [InlineData("""{"object":"page","entry":[]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"1"}]}""")]
    public void What_makes_no_lead_is_kept_with_a_reason(string body)
    {
        var unit = Bodies.Only(body).Unit;
        unit.State.ShouldBe(InboundState.Ignored);
        unit.Reason.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<html><body>502</body></html>")]
    [InlineData("{\"object\":\"page\"")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"object":"user","entry":[{"id":"1"}]}""")]
    [InlineData("""{"object":1,"entry":[{"id":7231234567890123456}]}""")]
    [InlineData("""{"object":"page","entry":"none"}""")]
    [InlineData("""{"object":"page","entry":[{"id":"1","changes":["leadgen"]}]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"1","messaging":["hello"]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"value":{"messages":["hello"]}}]}]}""")]
    public void What_nobody_understands_is_kept_whole_as_unreadable(string body)
    {
        var unit = Bodies.Only(body).Unit;
        unit.State.ShouldBe(InboundState.Unreadable);
        unit.Reason.ShouldNotBeNullOrEmpty();
        unit.Raw.ShouldBe(Encoding.UTF8.GetBytes(body));
    }

    [Theory]
    [InlineData("""{"type":"edit","id":"wamid.E","edit":{"original_message_id":"wamid.A","message":{"type":"text","text":{"body":"x"}}}}""", "edit:wamid.E")]
    [InlineData("""{"type":"revoke","id":"wamid.R","revoke":{"original_message_id":"wamid.A"}}""", "revoke:wamid.R")]
    [InlineData("""{"type":"reaction","id":"wamid.A","reaction":{"message_id":"wamid.A","emoji":"👍"}}""", "reaction:wamid.A")]
    public void What_happens_to_a_message_does_not_pass_for_its_repeat(string message, string key) =>
        Bodies.Only(Bodies.WhatsAppMessage(message)).Unit.RepeatKey.ShouldBe(key);

    [Fact]
    public void A_placeholder_is_no_id_so_two_different_messages_with_it_are_two()
    {
        var keys = new[] { "one", "two", "one" }
            .Select(text => Bodies.Only(Bodies.WhatsAppMessage($$$"""{"from":"<USER>","id":"<WHATSAPP_MESSAGE_ID>","type":"text","text":{"body":"{{{text}}}"}}""")).Unit)
            .ToList();
        keys[0].ExternalId.ShouldBeNull();
        keys.Select(unit => unit.RepeatKey).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void A_deleted_message_is_not_the_repeat_of_the_message()
    {
        Bodies.Only(Bodies.Messaging(Bodies.From("""
            "message":{"mid":"aWdf1","is_deleted":true}
            """))).Unit.RepeatKey.ShouldBe("deleted:aWdf1");
    }

    [Fact]
    public void Postbacks_without_an_id_are_told_by_person_and_time() =>
        Bodies.Only(Bodies.Messaging(Bodies.From("""
            "postback":{"title":"Get started","payload":"START"}
            """), "page")).Unit.RepeatKey.ShouldBe("postback:901:1700000000123");

    [Fact]
    public void A_key_is_never_longer_than_an_index_takes()
    {
        var unit = Bodies.Only(Bodies.WhatsAppMessage($$$"""{"from":"972501112233","id":"wamid.{{{new string('A', 900)}}}","type":"text","text":{"body":"x"}}""")).Unit;
        unit.RepeatKey.Length.ShouldBeLessThan(300);
        unit.ExternalId!.Length.ShouldBeLessThanOrEqualTo(250);
    }
}
