using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Tests.Intake.Forms;

public sealed class FormReaderProperties
{
    private static readonly string?[] ContentTypes =
        [null, "", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain; charset=utf-16", "application/json; charset=bogus", "nonsense;;;"];

    private static readonly string[] Names =
        ["form_response", "answers", "data", "fields", "entry", "changes", "field", "value", "user_column_data", "google_key", "lead_id", "leadGenFormResponse", "eventId", "eventType", "form_id", "date_created", "1.3", "5.2", "wpforms", "form", "meta", "name",
         "email", "your-name", "_wpcf7", "options", "id", "key", "label", "type", "text", "definition", "hidden", "Page URL", "Remote IP", "object", "contact_form_id", "status", "posted_data_hash"];

    private static readonly Gen<JsonNode?> Leaf = Gen.Elements<Func<JsonNode?>>(
        () => "Ada", () => "a@b.co", () => "", () => 7012345678901234567, () => true, () => null, () => 1.5, () => "FORM_RESPONSE", () => "email").Select(make => make());

    private static readonly Gen<JsonNode?> Anything = Gen.Sized(size => Node(Math.Min(size, 12)));

    [Fact]
    public void No_bytes_at_all_make_it_throw() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Elements(ContentTypes).ToArbitrary(), (bytes, contentType) =>
    {
        var read = FormReader.Read(bytes, contentType);
        (read.Succeeded || read.Refusal!.Message.Length > 0).ShouldBeTrue();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_pieces_of_real_forms_make_it_throw() => Prop.ForAll(
        Gen.Elements("--x", "--x--", "\r\n", "\n", "Content-Disposition: form-data; name=", "\"a\"", "; filename=\"", "{", "}", "[", "]", "\"", ":", "=", "&", "%", "%4", "a", "[a]", "a[b]", "é", "\\ud800", "fields", "null").ArrayOf().ToArbitrary(),
        Gen.Elements(ContentTypes).ToArbitrary(),
        (pieces, contentType) =>
        {
            var read = FormReader.Read(Encoding.UTF8.GetBytes(string.Concat(pieces)), contentType);
            foreach (var part in read.Value ?? [])
                LeadMapper.Map(part.Submission.Answers, FieldMapping.Guessed).ShouldNotBeNull();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_JSON_makes_it_throw_and_each_part_is_read_again_the_same() => Prop.ForAll(Anything.ToArbitrary(), json =>
    {
        var read = FormReader.Read(Encoding.UTF8.GetBytes(json?.ToJsonString() ?? "null"), "application/json");
        foreach (var part in read.Value ?? [])
        {
            var again = FormReader.Read(part.Raw, part.ContentType).Value.ShouldHaveSingleItem().Submission;
            JsonSerializer.Serialize(again).ShouldBe(JsonSerializer.Serialize(part.Submission));
            if (part.Submission.Platform is FormPlatform.LinkedIn)
                FormReader.Complete(part.Submission, part.Raw).ShouldNotBeNull();
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_value_of_a_plain_form_is_lost_whatever_it_is_written_in() => Prop.ForAll(
        Gen.Elements("colour", "size", "your-name", "notes[]", "address[city]", "Name ", "1", "q 7").ListOf().Select(names => names.Distinct().ToList()).ToArbitrary(), names =>
        {
            var fields = names.Select((name, at) => (Name: name, Value: $"value {at} ü&=%+")).ToList();
            if (fields.Count is 0)
                return;
            var url = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
            var multipart = FormSamples.Multipart([.. fields.Select(field => (field.Name, (string?)null, (string?)null, field.Value))]);
            var json = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Value))).ToJsonString();
            foreach (var (body, contentType) in new[] { (Encoding.UTF8.GetBytes(url), "application/x-www-form-urlencoded"), (multipart, "multipart/form-data; boundary=xYz"), (Encoding.UTF8.GetBytes(json), "application/json") })
                FormSamples.Read(body, contentType).Answers.SelectMany(answer => answer.Values).Order(StringComparer.Ordinal).ShouldBe(fields.Select(field => field.Value).Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_fields_does_not_matter() => Prop.ForAll(Gen.Shuffle(
        "your-name=Ada", "email=ada%40example.com", "mobile=%2B923001234567", "phone=12345678", "message=Hello", "colour%5B%5D=red", "company=Acme", "city=Lahore").ToArbitrary(), fields =>
    {
        var lead = FormSamples.Lead(FormSamples.Read(string.Join('&', fields), "application/x-www-form-urlencoded"));

        (lead.Name, lead.Email, lead.Phone, lead.Message).ShouldBe(("Ada", "ada@example.com", "+923001234567", "Hello"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["company"] = "Acme", ["city"] = "Lahore", ["phone"] = "12345678", ["colour"] = "red" }, ignoreOrder: true);
    }).QuickCheckThrowOnFailure();

    private static Gen<JsonNode?> Node(int size) => size <= 1
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Node(size / 2).ListOf(3).Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Elements(Names).Zip(Node(size - 2)).ListOf(5).Select(members => (JsonNode?)new JsonObject(members.GroupBy(member => member.Item1).Select(group => KeyValuePair.Create(group.Key, group.First().Item2?.DeepClone())))));
}
