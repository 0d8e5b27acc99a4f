using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Intake.Meta;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class MetaLeadReaderProperties
{
    private static readonly string[] Names =
        ["id", "created_time", "field_data", "name", "values", "value", "form_id", "platform", "campaign_name", "custom_disclaimer_responses", "is_checked", "checkbox_key", "ad_id", "email", ""];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("1", "4567890123456789123", "2026-10-01T10:00:00+0000", "+44 7400 123456", "a@b.co", "<test lead: dummy data for email>", "", " ", "\\ud800", "\\u0000", "\\udc00\\ud800", "ü🌸\\n\\\"", "\\\\ud800"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => JsonEncodedText.Encode(new string([.. text.Get.Where(c => !char.IsSurrogate(c))])).ToString()));

    private static readonly Gen<string> Values = Gen.Sized(size => Value(Math.Min(size, 12)));

    [Fact]
    public void No_JSON_makes_it_throw() =>
        Prop.ForAll(Values.ToArbitrary(), json =>
        {
            var reading = MetaLeadReader.Read(JsonElement.Parse(json), new MetaLeadSource { FormId = "9" });
            return reading.Lead is null == reading.Problem is not null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void No_answer_is_lost()
    {
        var words = Gen.Elements("red", "blue", "a@example.com", "+447400123456", "Ann Lee", "London", "yes", "7", "2026-01-01", "I would like to hear more about it, please call me in the evening");
        var answers =
            from count in Gen.Choose(0, 8)
            from keys in Gen.ListOf(Gen.Elements("full_name", "email", "phone_number", "city", "which_colour?", "message", "company_name", "budget", "ملاحظات", "campaign"), count)
            from values in Gen.ListOf(Gen.Choose(0, 3).SelectMany(many => Gen.ListOf(words, many)), count)
            select keys.Zip(values, (key, given) => (Key: key, Values: given.Distinct().ToArray())).DistinctBy(answer => answer.Key).ToArray();
        Prop.ForAll(answers.ToArbitrary(), given =>
        {
            var json = JsonSerializer.Serialize(new { id = "1", field_data = given.Select(answer => new { name = answer.Key, values = answer.Values }) });
            var lead = MetaLeadReader.Read(JsonElement.Parse(json), new MetaLeadSource()).Lead.ShouldNotBeNull();
            var kept = string.Join('\n', new[] { lead.Name, lead.Phone, lead.Email, lead.Message }.Concat(lead.Metadata.Values).Concat(lead.Consents.Select(consent => $"{consent.Text} {consent.Granted}")));
            return given.SelectMany(answer => answer.Values).All(value => kept.Contains(value, StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static Gen<string> Value(int size)
    {
        var leaf = Gen.OneOf(Gen.Elements("null", "true", "false", "0", "-1", "1e400", "4567890123456789123", "1790848800"), Texts.Select(text => $"\"{text}\""));
        if (size <= 0)
            return leaf;
        var member = from name in Gen.OneOf(Gen.Elements(Names), Texts) from value in Value((size / 2) - 1) select $"\"{name}\":{value}";
        return Gen.Frequency(
            (2, leaf),
            (5, Gen.ListOf(member).Select(members => $"{{{string.Join(',', members.Take(6))}}}")),
            (3, Gen.ListOf(Value((size / 2) - 1)).Select(items => $"[{string.Join(',', items.Take(4))}]")));
    }
}
