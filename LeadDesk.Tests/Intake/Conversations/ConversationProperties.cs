using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;

namespace LeadDesk.Tests.Intake.Conversations;

public sealed class ConversationProperties
{
    private static readonly Gen<string> Name = Gen.Elements(
        "object", "entry", "changes", "messaging", "standby", "field", "value", "messages", "statuses", "contacts", "metadata", "id", "type", "text", "body",
        "message", "mid", "sender", "recipient", "timestamp", "from", "leadgen_id", "interactive", "order", "product_items", "attachments", "payload", "errors",
        "postback", "referral", "edit", "revoke", "system", "location", "nfm_reply", "response_json", "user_preferences", "message_echoes", "\\ud800", "x");

    private static readonly Gen<string> Leaf = Gen.Elements(
        "null", "true", "\"\"", "\"page\"", "\"instagram\"", "\"whatsapp_business_account\"", "\"messages\"", "\"leadgen\"", "\"text\"", "\"interactive\"", "\"order\"", "\"system\"",
        "\"edit\"", "\"972501112233\"", "\"1697043666\"", "99999999999999999999", "-1", "1.5e300", "\"\\ud83d\"", "\"a\\u0000b\"", "\"<ID>\"", "\"{\\\"a\\\":1}\"", "\"{\"", "[]", "{}");

    /// <summary>JSON of the names and values that Meta uses, put together at random.</summary>
    private static Gen<string> Json(int depth) => depth is 0
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (5, from members in Gen.ListOf(Gen.Zip(Name, Json(depth - 1)), 4)
                select "{" + string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}")) + "}"),
            (2, from items in Gen.ListOf(Json(depth - 1), 2) select "[" + string.Join(',', items) + "]"));

    private static readonly Gen<string> Body =
        from kind in Gen.Elements("page", "instagram", "whatsapp_business_account")
        from list in Gen.Elements("messaging", "standby", "changes")
        from wrapped in Gen.Elements("{0}", "{{\"field\":\"messages\",\"value\":{0}}}", "{{\"value\":{{\"messages\":[{0}]}}}}", "{{\"sender\":{{\"id\":1}},\"message\":{0}}}")
        from inner in Json(4)
        select $"{{\"object\":\"{kind}\",\"entry\":[{{\"id\":\"1\",\"{list}\":[{string.Format(System.Globalization.CultureInfo.InvariantCulture, wrapped, inner)}]}}]}}";

    [Fact]
    public void No_JSON_makes_it_throw_and_something_always_comes_out() =>
        Prop.ForAll(Gen.OneOf(Body, Json(6)).ToArbitrary(), IsTaken).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void No_bytes_make_it_throw() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), bytes => IsTaken(Encoding.Latin1.GetString(bytes)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void However_a_stream_is_shuffled_repeated_and_split_the_same_comes_out()
    {
        var streams =
            from order in Gen.Shuffle(Stream)
            from repeats in Gen.ListOf(Gen.Elements(Stream), 8)
            from cuts in Gen.ListOf(Gen.Choose(1, 5), 40)
            select Batches([.. order, .. repeats], cuts);
        var expected = Reading(Stream.Select(Envelope));
        expected.Count.ShouldBe(Stream.Length);
        Prop.ForAll(streams.ToArbitrary(), bodies => Reading(bodies).SetEquals(expected)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private sealed record Thing(string Object, string Entry, string? Value, string List, string Item, string? Contact);

    private static readonly Thing[] Stream =
    [
        .. Enumerable.Range(1, 12).Select(number => new Thing(
            MetaShape.WhatsApp, "44", "7", "messages",
            $$$"""{"from":"9725000000{{{number % 4}}}","id":"wamid.{{{number}}}","timestamp":"{{{1_700_000_000 + number}}}","type":"text","text":{"body":"text {{{number}}} سلام"}}""",
            $$$"""{"profile":{"name":"Person {{{number % 4}}}"},"wa_id":"9725000000{{{number % 4}}}","user_id":"US.{{{number % 4}}}"}""")),
        .. new[] { "sent", "delivered", "read" }.Select(status => new Thing(MetaShape.WhatsApp, "44", "7", "statuses", $$"""{"id":"wamid.9","status":"{{status}}","recipient_id":"97250"}""", null)),
        new(MetaShape.WhatsApp, "44", "7", "messages", """{"id":"wamid.90","from":"97250000001","type":"edit","edit":{"original_message_id":"wamid.1","message":{"type":"text","text":{"body":"new"}}}}""", null),
        new(MetaShape.WhatsApp, "44", "7", "messages", """{"id":"wamid.91","from":"97250000001","type":"revoke","revoke":{"original_message_id":"wamid.2"}}""", null),
        new(MetaShape.WhatsApp, "44", "7", "user_preferences", """{"wa_id":"97250000001","category":"marketing_messages","value":"stop","timestamp":5}""",
            """{"profile":{"name":"Person 1"},"wa_id":"97250000001","user_id":"US.1"}"""),
        .. Enumerable.Range(1, 6).Select(number => new Thing(
            number % 2 == 0 ? MetaShape.Page : MetaShape.Instagram, "178", null, "messaging",
            $$$"""{"sender":{"id":"{{{number % 3}}}"},"recipient":{"id":"178"},"timestamp":{{{1_700_000_000_000 + number}}},"message":{"mid":"m_{{{number}}}","text":"t {{{number}}}"}}""", null)),
        new(MetaShape.Page, "178", null, "messaging", """{"sender":{"id":"2"},"recipient":{"id":"178"},"timestamp":1700000000009,"postback":{"title":"Start"}}""", null),
        new(MetaShape.Page, "178", null, "changes", """{"field":"leadgen","value":{"leadgen_id":1234567890123456789,"form_id":"5"}}""", null),
    ];

    private static List<string> Batches(IReadOnlyList<Thing> things, List<int> cuts)
    {
        var bodies = new List<string>();
        var at = 0;
        for (var cut = 0; at < things.Count; cut++)
        {
            var batch = things.Skip(at).Take(cuts[cut % cuts.Count]).ToList();
            at += batch.Count;
            bodies.AddRange(batch.GroupBy(thing => thing.Object).Select(group => Together([.. group])));
        }

        return bodies;
    }

    private static string Envelope(Thing thing) => Together([thing]);

    /// <summary>One body of all, each in the list it belongs to, with the contacts of all beside the messages.</summary>
    private static string Together(IReadOnlyList<Thing> things)
    {
        var entry = new JsonObject { ["id"] = things[0].Entry };
        var valued = things.Where(thing => thing.Value is not null).ToList();
        if (valued.Count > 0)
        {
            var value = new JsonObject { ["metadata"] = new JsonObject { ["phone_number_id"] = "7" } };
            var contacts = valued.Select(thing => thing.Contact).OfType<string>().Distinct().ToList();
            if (contacts.Count > 0)
                value["contacts"] = new JsonArray([.. contacts.Select(contact => JsonNode.Parse(contact))]);
            foreach (var list in valued.GroupBy(thing => thing.List))
                value[list.Key] = new JsonArray([.. list.Select(thing => JsonNode.Parse(thing.Item))]);
            entry["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value });
        }

        foreach (var list in things.Where(thing => thing.Value is null).GroupBy(thing => thing.List))
            entry[list.Key] = new JsonArray([.. list.Select(thing => JsonNode.Parse(thing.Item))]);
        return new JsonObject { ["object"] = things[0].Object, ["entry"] = new JsonArray(entry) }.ToJsonString();
    }

    private static HashSet<string> Reading(IEnumerable<string> bodies) =>
        bodies.SelectMany(Bodies.Split).Select(unit => $"{unit.Unit.Source} {unit.Unit.RepeatKey} {unit.AccountId} {unit.Unit.Origin} {unit.Unit.OccurredAt:O} {Words(unit.Unit)}").ToHashSet();

    private static string Words(InboundUnit unit) => unit.Source switch
    {
        InboundSources.WhatsApp => Words(WhatsAppReader.Read(unit.Raw)),
        InboundSources.Meta => "",
        _ => Words(MessagingReader.Read(unit.Raw)),
    };

    private static string Words(ConversationEvent happened) =>
        happened is ConversationEvent.Message message ? $"{message.Person} {message.Content} {message.Id} {string.Join(';', message.Metadata)}" : happened.ToString();

    private static bool IsTaken(string body)
    {
        var units = Bodies.Split(body);
        foreach (var unit in units)
        {
            _ = Words(unit.Unit);
            _ = WhatsAppReader.Read(unit.Unit.Raw);
            if (unit.Unit.RepeatKey.Length is 0 or > 300 || (unit.Unit.State is not InboundState.Received && unit.Unit.Reason is null))
                return false;
        }

        return units.Count > 0;
    }
}
