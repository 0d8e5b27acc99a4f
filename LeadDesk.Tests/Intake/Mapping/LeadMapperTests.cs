using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Common;
using LeadDesk.Intake;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Tests.Intake.Mapping;

public sealed class LeadMapperTests
{
    [Fact]
    public void A_plain_form_fills_the_lead()
    {
        var lead = Map(("your-name", "Ada Lovelace"), ("your-email", "ada@example.com"), ("tel-1", "+44 7400 123456"), ("your-message", "Hello"), ("menu-3", "Blue"));

        (lead.Name, lead.Email, lead.Phone, lead.Message).ShouldBe(("Ada Lovelace", "ada@example.com", "+44 7400 123456", "Hello"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["menu-3"] = "Blue" });
    }

    [Fact]
    public void First_and_last_name_are_joined() => Map(("last_name", "Lovelace"), ("first_name", "Ada")).Name.ShouldBe("Ada Lovelace");

    [Fact]
    public void A_name_beside_a_surname_is_completed_by_it() => Map(("nombre", "Ada"), ("apellidos", "Lovelace King")).Name.ShouldBe("Ada Lovelace King");

    [Fact]
    public void A_French_nom_comes_behind_the_prenom() => Map(("nom", "Dupont"), ("prenom", "Jean")).Name.ShouldBe("Jean Dupont");

    [Fact]
    public void Where_the_full_name_is_given_too_its_parts_stay_custom_answers()
    {
        var lead = Map(("full_name", "A. Lovelace"), ("first_name", "Ada"), ("last_name", "Lovelace"));

        lead.Name.ShouldBe("A. Lovelace");
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["first_name"] = "Ada", ["last_name"] = "Lovelace" });
    }

    [Fact]
    public void Of_two_phones_the_readable_one_counts_and_the_other_is_kept()
    {
        var lead = Map(("mobile", "n/a 12345"), ("phone", "+923001234567"));

        lead.Phone.ShouldBe("+923001234567");
        lead.Metadata["mobile"].ShouldBe("n/a 12345");
    }

    [Fact]
    public void All_values_of_a_multi_select_are_kept_as_text_and_as_an_array()
    {
        var lead = LeadMapper.Map([new("colours", null, ["red", "blue"])], FieldMapping.Guessed);

        lead.Metadata["colours"].ShouldBe("red, blue");
        lead.MetadataJson.ShouldBe("""{"colours":["red","blue"]}""");
    }

    [Fact]
    public void Known_facts_get_their_names()
    {
        var lead = Map(("firma", "Acme"), ("unvan", "CEO"), ("şehir", "İzmir"), ("ülke", "Türkiye"), ("ürün", "Pumps"), ("utm_campaign", "spring"), ("utm_source", "google"), ("adres", "Cadde 5"));

        lead.Metadata.ShouldBe(new Dictionary<string, string>
        {
            ["company"] = "Acme", ["job_title"] = "CEO", ["address"] = "Cadde 5", ["city"] = "İzmir", ["country"] = "Türkiye", ["interest"] = "Pumps", ["campaign"] = "spring", ["source"] = "google",
        });
    }

    [Fact]
    public void What_people_decided_comes_before_every_guess()
    {
        var mapping = new FieldMapping(
            new Dictionary<string, LeadField> { ["Field-1 "] = LeadField.Name, ["email"] = LeadField.Ignore, ["mail2"] = LeadField.Email, ["company"] = LeadField.Custom },
            new Dictionary<LeadField, string> { [LeadField.Campaign] = "Fair 2026" });

        var lead = LeadMapper.Map(Answers(("field-1", "Ada"), ("email", "x@example.com"), ("mail2", "y@example.com"), ("company", "none"), ("campaign", "other")), mapping);

        (lead.Name, lead.Email).ShouldBe(("Ada", "y@example.com"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["campaign"] = "Fair 2026", ["company (answer)"] = "none", ["campaign (2)"] = "other" });
    }

    [Fact]
    public void An_answer_that_goes_into_a_field_of_the_companys_own_stands_under_its_key_whatever_else_is_called_so()
    {
        var mapping = FieldMapping.Guessed.Decide("question_7", "custom.rooms").Decide("city", "Custom.home_town");

        var lead = LeadMapper.Map(Answers(("rooms", "none"), ("Question_7 ", "4"), ("city", "Ankara"), ("phone", "+447400123456")), mapping);

        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["rooms"] = "4", ["home_town"] = "Ankara", ["rooms (2)"] = "none" }, ignoreOrder: true);
    }

    [Fact]
    public void Several_fields_decided_to_be_the_message_are_all_in_it()
    {
        var mapping = new FieldMapping(new Dictionary<string, LeadField> { ["a"] = LeadField.Message, ["b"] = LeadField.Message }, new Dictionary<LeadField, string>());

        LeadMapper.Map(Answers(("a", "One"), ("b", "Two")), mapping).Message.ShouldBe("One\n\nTwo");
    }

    [Fact]
    public void Consents_keep_their_text_and_answer()
    {
        var lead = LeadMapper.Map([new("gdpr", "I agree to be called.", ["on"]), new("newsletter_optin", null, [""]), new("marketing", "News", ["no"], LeadField.Consent)], FieldMapping.Guessed);

        lead.Consents.ShouldBe([new ConsentAnswer("gdpr", "I agree to be called.", true), new("newsletter_optin", "newsletter_optin", false), new("marketing", "News", false)]);
    }

    [Fact]
    public void A_message_longer_than_the_intake_takes_is_continued_beside_it()
    {
        var lead = Map(("message", new string('a', 20_000) + new string('b', 30_000)), ("email", "a@b.co"));

        lead.Message!.Length.ShouldBe(20_000);
        lead.Metadata["message (continued)"].ShouldBe(new string('b', 20_000));
        lead.Metadata["message (continued) (2)"].ShouldBe(new string('b', 10_000));
    }

    [Fact]
    public void Characters_that_cannot_be_stored_are_taken_out()
    {
        var lead = Map(("na\0me", "A\0da"), ("x\u0001", "\ud800y"));

        lead.Name.ShouldBe("Ada");
        lead.Metadata.Values.ShouldBe(["\ufffdy"]);
        lead.Metadata.Keys.ShouldAllBe(key => TextRules.FindForbiddenControl(key) == null);
    }

    [Fact]
    public void The_doors_own_facts_fill_what_is_open_and_never_overwrite()
    {
        var lead = Map(("campaign", "mine"), ("email", "a@b.co"), ("colour", "red"));

        var incoming = lead.Into(new IncomingLead { Source = "form", Raw = [], Metadata = new Dictionary<string, string> { ["campaign"] = "theirs", ["source"] = "google", ["colour"] = "red" } });

        incoming.Email.ShouldBe("a@b.co");
        incoming.Metadata.ShouldBe(new Dictionary<string, string> { ["campaign"] = "mine", ["colour"] = "red", ["campaign (2)"] = "theirs", ["source"] = "google" }, ignoreOrder: true);
    }

    [Fact]
    public void No_answer_is_lost_and_their_order_does_not_matter() => Prop.ForAll(Sets, answers =>
    {
        var lead = LeadMapper.Map(answers, FieldMapping.Guessed);
        var everything = string.Join('\n', [lead.Name, lead.Phone, lead.Email, lead.Message, .. lead.Metadata.Values, .. lead.Consents.Select(consent => consent.Text + consent.Granted)]);
        foreach (var answer in answers.Where(answer => FieldGuess.Of(answer).Field is not (LeadField.Ignore or LeadField.Consent)))
        {
            foreach (var value in answer.Values)
                everything.ShouldContain(value.Trim());
        }

        var turned = LeadMapper.Map([.. answers.Reverse()], FieldMapping.Guessed);
        (turned.Name, turned.Phone, turned.Email, turned.Message).ShouldBe((lead.Name, lead.Phone, lead.Email, lead.Message));
        turned.Metadata.ShouldBe(lead.Metadata, ignoreOrder: true);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_at_all_is_taken_by_the_intake() => Prop.ForAll(ArbMap.Default.ArbFor<(string?, string?)[]>(), pairs =>
    {
        var lead = LeadMapper.Map([.. pairs.Select(pair => new FormAnswer(pair.Item1 ?? "", pair.Item2, [pair.Item2 ?? ""]))], FieldMapping.Guessed);

        foreach (var (key, value) in lead.Metadata)
            (TextRules.FindForbiddenControl(key) ?? TextRules.FindForbiddenControl(value)).ShouldBeNull();
        if (lead.MetadataJson is { } json)
            JsonDocument.Parse(json).RootElement.EnumerateObject().Count().ShouldBe(lead.Metadata.Count);
    }).QuickCheckThrowOnFailure();

    private static readonly Arbitrary<FormAnswer[]> Sets = Gen.SubListOf<(string Key, string Label)>(
            ("name", "Your name"), ("full_name", ""), ("first_name", ""), ("surname", ""), ("email", ""), ("e-mail", "Work"), ("phone", ""), ("mobile", "Mobile"), ("text-1", ""),
            ("message", ""), ("comments", ""), ("company", ""), ("organisation", ""), ("city", ""), ("town", ""), ("q7", "What colour?"), ("interest", ""), ("service", ""), ("terms", ""))
        .SelectMany(fields => Gen.Elements("Ada", "Ada Lovelace", "a@b.co", "c@d.org", "+923001234567", "0300 1234567", "yes", "", " x ", "Please call me back\ntomorrow").ArrayOf(fields.Count)
            .Select(values => fields.Zip(values, (field, value) => new FormAnswer(field.Key, field.Label, [value])).ToArray()))
        .ToArbitrary();

    private static MappedLead Map(params (string Key, string Value)[] answers) => LeadMapper.Map(Answers(answers), FieldMapping.Guessed);

    private static FormAnswer[] Answers(params (string Key, string Value)[] answers) => [.. answers.Select(answer => new FormAnswer(answer.Key, null, [answer.Value]))];
}
