using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Conversations;

/// <summary>From bodies of the channels to leads and their conversations, on both databases.</summary>
public sealed class ConversationIntakeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Several_messages_of_one_person_are_one_lead_with_one_conversation(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);

        await world.ReceiveAsync([world.Text("wamid.2", "I want to buy two", at: 60), world.Text("wamid.1", "Hello", at: 0), world.Text("wamid.2", "I want to buy two", at: 60)], work: true);

        var lead = await world.OnlyLeadAsync();
        (lead.Name, lead.Phone, lead.Channel, lead.MessageCount, lead.LastMessage).ShouldBe(("Sara Levi", "+972501112233", "whatsapp", 2, "I want to buy two"));
        var messages = (await world.MessagesAsync()).OrderBy(message => message.At).ToList();
        messages.Select(message => message.Text).ShouldBe(["Hello", "I want to buy two"]);
        messages.Select(message => message.ExternalId).ShouldBe(["wamid.1", "wamid.2"]);
        (await world.TimelineAsync()).Where(entry => entry.MessageId is not null).Select(entry => entry.MessageId!.Value).ShouldBe(messages.Select(message => message.Id), ignoreOrder: true);
        (await world.EventsAsync()).ShouldAllBe(row => row.State == InboundState.Processed && row.LeadId == lead.Id);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Somebody_with_and_without_a_number_is_one_lead(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        var hidden = Bodies.WhatsAppMessage("""{"from_user_id":"US.134","id":"wamid.1","type":"text","text":{"body":"Hi"}}""", """[{"profile":{"username":"sara.l"},"user_id":"US.134"}]""");

        await world.ReceiveAsync(hidden);
        (await world.OnlyLeadAsync()).ShouldSatisfyAllConditions(
            lead => lead.Phone.ShouldBeNull(),
            lead => lead.ExternalId.ShouldBe("US.134"),
            lead => lead.Marks.HasFlag(LeadMarks.NoContact).ShouldBeFalse());
        await world.ReceiveAsync(world.Text("wamid.2", "Call me", contacts: """[{"wa_id":"972501112233","user_id":"US.134"}]"""), world.Text("wamid.3", "Still there?"));

        var one = await world.OnlyLeadAsync();
        (one.Phone, one.MessageCount).ShouldBe(("+972501112233", 3));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task People_of_Instagram_and_Messenger_are_known_by_their_ids(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);

        await world.ReceiveAsync(
            Bodies.Messaging(Bodies.From("\"message\":{\"mid\":\"aWdf1\",\"text\":\"Price?\"}")),
            Bodies.Messaging(Bodies.From("\"message\":{\"mid\":\"aWdf2\",\"text\":\"And size?\"}")),
            Bodies.Messaging(Bodies.From("\"message\":{\"mid\":\"m_1\",\"text\":\"Hello\"}"), "page"));

        await using var context = world.Open();
        var leads = await context.Leads.OrderBy(lead => lead.Id).ToListAsync(Stop);
        leads.Select(lead => (lead.Channel, lead.ExternalId, lead.MessageCount)).ShouldBe([("instagram", "901", 2), ("messenger", "901", 1)], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_picture_is_kept_as_a_reference_and_the_ad_as_attribution(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);

        await world.ReceiveAsync(Bodies.WhatsAppMessage("""{"from":"972501112233","id":"wamid.1","type":"image","image":{"id":"77","mime_type":"image/jpeg","caption":"This one"},"referral":{"source_id":"120210","source_type":"ad","headline":"Sea view","ctwa_clid":"ARAk"}}"""));

        var lead = await world.OnlyLeadAsync();
        lead.Campaign.ShouldBe("Sea view");
        JsonDocument.Parse(lead.Metadata!).RootElement.GetProperty("ctwa_clid").GetString().ShouldBe("ARAk");
        var message = (await world.MessagesAsync()).ShouldHaveSingleItem();
        (message.Text, message.Kind).ShouldBe(("[Image] This one", MessageKind.Image));
        message.Media.ShouldNotBeNull().ShouldContain("77");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_we_write_elsewhere_joins_the_lead_and_answers_it_but_never_makes_one(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(Echo("972540000000", "wamid.E0"));
        await world.LaterAsync(TimeSpan.FromHours(5));
        await world.LaterAsync(TimeSpan.FromHours(5));

        await world.ReceiveAsync(world.Text("wamid.1", "Hello"), Echo("972501112233", "wamid.E1"), Echo("972501112233", "wamid.E1"));

        var lead = await world.OnlyLeadAsync();
        lead.FirstResponseAt.ShouldBe(lead.CreatedAt.AddMinutes(2));
        lead.MessageCount.ShouldBe(1);
        var outgoing = (await world.MessagesAsync())[1];
        (outgoing.Outgoing, outgoing.Text, outgoing.Delivery).ShouldBe((true, "We call you", DeliveryState.Sent));
        await using var context = world.Open();
        (await context.LeadCounters.Where(row => row.Metric == CounterMetric.FirstResponse && row.OwnerId == 0).SumAsync(row => row.Count, Stop)).ShouldBe(1);

        string Echo(string to, string id) => Bodies.WhatsApp(
            $$$"""{"message_echoes":[{"from":"97239998877","to":"{{{to}}}","id":"{{{id}}}","timestamp":"{{{world.Seconds(120)}}}","type":"text","text":{"body":"We call you"}}]}""", "smb_message_echoes");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_status_never_goes_back(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(
            Bodies.Messaging(Bodies.From("\"message\":{\"mid\":\"m_1\",\"text\":\"Hello\"}"), "page"),
            world.Text("wamid.1", "Hello"),
            Bodies.WhatsApp($$$"""{"message_echoes":[{"to":"972501112233","id":"wamid.E","type":"text","text":{"body":"Hi"}}]}"""));

        await world.ReceiveAsync(Status("read"), Status("sent"), Status("delivered"));
        (await Delivery()).ShouldBe((DeliveryState.Read, null));
        await world.ReceiveAsync(Bodies.WhatsAppStatus("""{"id":"wamid.E","status":"failed","errors":[{"code":131050,"title":"User stopped marketing"}]}"""));
        (await Delivery()).ShouldBe((DeliveryState.Failed, "User stopped marketing (131050)"));
        await using var context = world.Open();
        (await context.Leads.SingleAsync(lead => lead.Channel == "whatsapp", Stop)).Marks.HasFlag(LeadMarks.OptedOut).ShouldBeTrue();

        static string Status(string word) => Bodies.WhatsAppStatus($$"""{"id":"wamid.E","status":"{{word}}"}""");
        async Task<(DeliveryState, string?)> Delivery() => (await world.MessagesAsync()).Where(message => message.Outgoing).Select(message => (message.Delivery, message.DeliveryError)).Single();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_edit_shows_the_new_text_everywhere_and_an_older_one_changes_nothing(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(world.Text("wamid.1", "I want to by a vila"));

        await world.ReceiveAsync(Edit("wamid.E2", "I want to buy a villa today", 120), Edit("wamid.E1", "I want to buy a vila", 60));

        var message = (await world.MessagesAsync()).ShouldHaveSingleItem();
        (message.Text, message.EditedAt.HasValue).ShouldBe(("I want to buy a villa today", true));
        (await world.OnlyLeadAsync()).LastMessage.ShouldBe("I want to buy a villa today");
        (await world.TimelineAsync()).Single(entry => entry.MessageId == message.Id).Text.ShouldBe("I want to buy a villa today");
        (await world.SearchTextAsync()).ShouldContain("villa today");

        string Edit(string id, string text, int at) =>
            world.About("{\"id\":\"" + id + "\",\"type\":\"edit\",\"edit\":{\"original_message_id\":\"wamid.1\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"" + text + "\"}}}}", at);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_message_that_was_taken_back_loses_its_text_everywhere(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(world.Text("wamid.1", "Hello there"), world.Text("wamid.2", "my secret words", at: 60));
        (await world.SearchTextAsync()).ShouldContain("secret");

        await world.ReceiveAsync(world.About("""{"id":"wamid.R","type":"revoke","revoke":{"original_message_id":"wamid.2"}}""", 120));

        var erased = (await world.MessagesAsync())[1];
        (erased.Text, erased.ErasedAt.HasValue).ShouldBe(("", true));
        (await world.OnlyLeadAsync()).LastMessage.ShouldBe("Hello there");
        (await world.TimelineAsync()).ShouldAllBe(entry => entry.Text == null || !entry.Text.Contains("secret"));
        (await world.SearchTextAsync()).ShouldNotContain("secret");
        (await world.EventsAsync()).ShouldAllBe(row => !System.Text.Encoding.UTF8.GetString(row.Raw).Contains("secret"));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_comes_before_its_message_waits_for_it_and_is_left_alone_when_it_never_comes(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(world.About("""{"id":"wamid.R","type":"revoke","revoke":{"original_message_id":"wamid.1"}}""", 120), Bodies.WhatsAppStatus("""{"id":"wamid.9","status":"read"}"""));
        (await world.EventsAsync()).ShouldAllBe(row => row.State == InboundState.Received && row.DueAt > world.Time.UtcNow && row.Error != null);

        await world.ReceiveAsync(world.Text("wamid.1", "secret"));
        await world.LaterAsync(TimeSpan.FromSeconds(10));
        (await world.MessagesAsync()).ShouldHaveSingleItem().Text.ShouldBe("");
        await world.LaterAsync(TimeSpan.FromHours(1));
        await world.LaterAsync(TimeSpan.FromHours(1));

        (await world.EventsAsync()).Select(row => row.State).ShouldBe([InboundState.Processed, InboundState.Ignored, InboundState.Processed]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_changed_number_keeps_the_lead_which_both_numbers_find(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(world.Text("wamid.1", "Hello"));

        await world.ReceiveAsync(Changed("wamid.S"), Changed("wamid.S2"));
        await world.ReceiveAsync(world.Text("wamid.2", "It is me", from: "972540009988", at: 60), world.Text("wamid.3", "Old phone", at: 90));

        var lead = await world.OnlyLeadAsync();
        (lead.Phone, lead.MessageCount).ShouldBe(("+972540009988", 3));
        (await world.TimelineAsync()).Count(entry => entry.Kind is TimelineKind.FieldChanged && entry.After == "+972540009988").ShouldBe(1);

        string Changed(string id) => world.About($$$"""{"from":"972501112233","id":"{{{id}}}","type":"system","system":{"type":"user_changed_number","wa_id":"972540009988"}}""", 30);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_change_to_the_number_of_another_lead_links_the_two(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(world.Text("wamid.1", "Hello"), world.Text("wamid.2", "Hi", from: "972540009988"));

        await world.ReceiveAsync(world.About("""{"from":"972501112233","id":"wamid.S","type":"system","system":{"type":"user_changed_number","wa_id":"972540009988"}}"""));

        await using var context = world.Open();
        (await context.Leads.CountAsync(Stop)).ShouldBe(2);
        (await context.PossibleDuplicates.SingleAsync(Stop)).Reason.ShouldBe("Changed to this number");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_stops_marketing_is_marked_until_they_want_it_again(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ReceiveAsync(world.Text("wamid.1", "I want to buy two chairs"));

        await world.ReceiveAsync(Preference("stop", 1));
        (await world.OnlyLeadAsync()).Marks.HasFlag(LeadMarks.OptedOut).ShouldBeTrue();
        await world.ReceiveAsync(Preference("resume", 2));
        (await world.OnlyLeadAsync()).Marks.HasFlag(LeadMarks.OptedOut).ShouldBeFalse();

        static string Preference(string value, int at) =>
            Bodies.WhatsApp($$$"""{"user_preferences":[{"wa_id":"972501112233","category":"marketing_messages","value":"{{{value}}}","timestamp":{{{at}}}}]}""", "user_preferences");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_ad_that_leads_into_a_chat_that_exists_is_remembered_and_makes_no_lead(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        var referral = Bodies.Messaging(Bodies.From("\"referral\":{\"ad_id\":\"6045\",\"source\":\"ADS\",\"ads_context_data\":{\"ad_title\":\"Villas\"}}"), "page");
        await world.ReceiveAsync(referral);
        (await world.EventsAsync()).ShouldHaveSingleItem().State.ShouldBe(InboundState.Received);

        await world.ReceiveAsync(Bodies.Messaging(Bodies.From("\"message\":{\"mid\":\"m_1\",\"text\":\"Hello\"}"), "page"));
        await world.LaterAsync(TimeSpan.FromSeconds(5));

        var lead = await world.OnlyLeadAsync();
        lead.Campaign.ShouldBe("Villas");
        lead.Metadata.ShouldNotBeNull().ShouldContain("6045");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Reactions_read_marks_and_what_names_nobody_make_no_lead_or_a_marked_one(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);

        await world.ReceiveAsync(
            Bodies.WhatsAppMessage("""{"from":"972501112233","id":"wamid.1","type":"reaction","reaction":{"message_id":"wamid.0","emoji":"👍"}}"""),
            Bodies.Messaging(Bodies.From("\"read\":{\"watermark\":1}")),
            Bodies.WhatsAppMessage("""{"from":"<WHATSAPP_USER_PHONE_NUMBER>","id":"wamid.2","type":"text","text":{"body":"Who am I?"}}""", "[]"));

        var lead = await world.OnlyLeadAsync();
        lead.Marks.HasFlag(LeadMarks.NoContact).ShouldBeTrue();
        lead.LastMessage.ShouldBe("Who am I?");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_channels_settings_say_who_gets_its_leads_and_the_first_event_is_remembered(DatabaseEngine engine)
    {
        await using var world = await ConversationWorld.OpenAsync(engine);
        await world.ChangeAsync(context =>
        {
            context.ChannelConnections.Add(new ChannelConnection
            {
                Channel = InboundSources.WhatsApp, AccountId = Bodies.PhoneNumberId, VerifyToken = "v", OwnerIds = $"[{world.Company.OtherSalesperson.UserId}]", CreatedAt = world.Time.UtcNow,
            });
            return Task.FromResult(true);
        });

        await world.ReceiveAsync(world.Text("wamid.1", "Hello"), world.Text("wamid.2", "Hi", from: "972540009988"));

        await using var context = world.Open();
        (await context.Leads.Select(lead => lead.OwnerId).Distinct().SingleAsync(Stop)).ShouldBe(world.Company.OtherSalesperson.UserId);
        (await context.ChannelConnections.SingleAsync(Stop)).FirstEventAt.ShouldNotBeNull();
    }
}
