using System.Text;
using System.Text.Json;
using LeadDesk.Intake;
using LeadDesk.Intake.Mapping;
using LeadDesk.Intake.Meta;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class MetaLeadReaderTests
{
    private const string Whole =
        """
        {"id":"4567890123456789123","created_time":"2026-10-01T10:00:00+0000","ad_id":"23840000000000001","ad_name":"Reel 3","adset_id":"23840000000000002","adset_name":"Women 25-40",
         "campaign_id":"23840000000000003","campaign_name":"Spring sale","form_id":"172036835026334","platform":"ig","is_organic":false,"partner_name":"Agency","vehicle":{"make":"X"},
         "field_data":[{"name":"full_name","values":["Ayşe Yılmaz 🌸"]},{"name":"phone_number","values":["+905551234567"]},{"name":"email","values":["ayse@example.com"]},
           {"name":"which_models_do_you_like?","values":["Model A","Model B","Model C"]},{"name":"city","values":["İzmir"]},{"name":"empty","values":[]},{"name":"missing"}],
         "custom_disclaimer_responses":[{"checkbox_key":"news","is_checked":"1"},{"checkbox_key":"calls","is_checked":""}]}
        """;

    [Fact]
    public void A_whole_lead_keeps_person_answers_advertisement_and_consent()
    {
        var questions = MetaQuestions.Write(JsonElement.Parse(
            """
            {"questions":[{"key":"which_models_do_you_like?","label":"Which models do you like?","type":"CUSTOM"}],
             "legal_content":{"custom_disclaimer":{"title":"T","body":{"text":"Whole"},"checkboxes":[{"key":"news","text":"Send me news by e-mail","is_required":false},{"key":"calls"}]}}}
            """));

        var reading = Read(Whole, new() { FormId = "1", FormName = "Spring form", Questions = MetaQuestions.Read(questions), Region = "TR", Owners = [3] });

        reading.LeadId.ShouldBe("4567890123456789123");
        var lead = reading.Lead.ShouldNotBeNull();
        (lead.Source, lead.Channel, lead.Origin, lead.ExternalId, lead.RepeatKey).ShouldBe(("meta", "meta", "172036835026334", "4567890123456789123", "4567890123456789123"));
        (lead.Name, lead.Phone, lead.Email).ShouldBe(("Ayşe Yılmaz 🌸", "+905551234567", "ayse@example.com"));
        lead.OccurredAt.ShouldBe(new DateTime(2026, 10, 1, 10, 0, 0, DateTimeKind.Utc));
        (lead.Region, lead.IsTest, lead.AcceptWithoutContact).ShouldBe(("TR", false, true));
        lead.Owners.ShouldBe([3]);
        lead.Metadata["campaign"].ShouldBe("Spring sale");
        lead.Metadata["source"].ShouldBe("Instagram");
        lead.Metadata["city"].ShouldBe("İzmir");
        lead.Metadata["ad_id"].ShouldBe("23840000000000001");
        lead.Metadata["adset_name"].ShouldBe("Women 25-40");
        lead.Metadata["partner_name"].ShouldBe("Agency");
        lead.Metadata["is_organic"].ShouldBe("false");
        lead.Metadata["form_name"].ShouldBe("Spring form");
        lead.Metadata["vehicle"].ShouldBe("""{"make":"X"}""");
        using var metadata = JsonDocument.Parse(lead.MetadataJson.ShouldNotBeNull());
        metadata.RootElement.GetProperty("which_models_do_you_like?").EnumerateArray().Select(value => value.GetString()).ShouldBe(["Model A", "Model B", "Model C"]);
        lead.Consents.ShouldBe([new ConsentAnswer("news", "Send me news by e-mail", true), new ConsentAnswer("calls", "Whole", false)]);
        Encoding.UTF8.GetString(lead.Raw).ShouldBe(Whole.Trim());
    }

    [Fact]
    public void The_documented_page_of_a_form_is_read()
    {
        var page = JsonElement.Parse(Sample.Text("meta_graph_form_leads_page_with_next.json"));

        var lead = MetaLeadReader.Read(page.GetProperty("data")[0], new MetaLeadSource { FormId = "999" }).Lead.ShouldNotBeNull();

        (lead.Name, lead.Phone, lead.Email, lead.Origin).ShouldBe(("Ayşe Yılmaz 🌸", "+905551234567", "ayse@example.com", "999"));
        lead.Metadata["source"].ShouldBe("Facebook");
    }

    [Theory]
    [InlineData("""{"id":4567890123456789123}""")]
    [InlineData("""{"id":"4567890123456789123","field_data":null,"created_time":null}""")]
    [InlineData("""{"id":"4567890123456789123","field_data":[]}""")]
    [InlineData("""{"id":"4567890123456789123","field_data":[null,7,"x",{},{"name":null,"values":null},{"name":"email","values":[null,""]}]}""")]
    [InlineData("""{"id":"4567890123456789123","field_data":"none","custom_disclaimer_responses":[null,{"is_checked":"1"}]}""")]
    public void A_lead_without_answers_is_still_one(string json)
    {
        var reading = Read(json);

        reading.LeadId.ShouldBe("4567890123456789123");
        var lead = reading.Lead.ShouldNotBeNull();
        lead.ExternalId.ShouldBe("4567890123456789123");
        (lead.Phone, lead.Email, lead.OccurredAt, lead.AcceptWithoutContact).ShouldBe((null, null, null, true));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"lead\"")]
    [InlineData("{}")]
    [InlineData("""{"id":null,"field_data":[{"name":"email","values":["a@example.com"]}]}""")]
    [InlineData("""{"id":{"a":1}}""")]
    public void What_has_no_id_is_reported_and_not_thrown(string json)
    {
        var reading = Read(json);

        reading.Lead.ShouldBeNull();
        reading.Problem.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("""[{"name":"FULL_NAME","values":["<test lead: dummy data for FULL_NAME>"]}]""")]
    [InlineData("""[{"name":"email","values":["test@meta.com"]}]""")]
    [InlineData("""[{"name":"EMAIL","values":["TEST@FB.COM"]}]""")]
    public void The_test_tools_leads_are_marked(string fields) => Read($$"""{"id":"1","field_data":{{fields}}}""").Lead.ShouldNotBeNull().IsTest.ShouldBeTrue();

    [Theory]
    [InlineData("""{"full_name":"Ann Lee","phone_number":447400123456,"email":["ann@example.com"]}""")]
    [InlineData("""[{"name":"full_name","values":"Ann Lee"},{"name":"phone_number","value":447400123456},{"name":"email","values":["ann@example.com"]}]""")]
    [InlineData("""[{"key":"FULL_NAME","values":["Ann Lee"]},{"key":"PHONE","values":[447400123456]},{"key":"EMAIL","values":["ann@example.com"]}]""")]
    public void Odd_shapes_of_answers_are_read_too(string fields)
    {
        var lead = Read($$"""{"id":"1","field_data":{{fields}}}""").Lead.ShouldNotBeNull();

        (lead.Name, lead.Phone, lead.Email).ShouldBe(("Ann Lee", "447400123456", "ann@example.com"));
    }

    [Fact]
    public void Advertisement_ids_of_zero_are_none()
    {
        var lead = Read("""{"id":"1","ad_id":0,"adset_id":"0","campaign_id":null,"field_data":[{"name":"rooms","values":["0"]}]}""").Lead.ShouldNotBeNull();

        lead.Metadata.Keys.ShouldNotContain("ad_id");
        lead.Metadata.Keys.ShouldNotContain("adset_id");
        lead.Metadata["rooms"].ShouldBe("0");
    }

    [Fact]
    public void Halves_of_characters_and_control_characters_do_no_harm()
    {
        var lead = Read("""{"id":"1","field_data":[{"name":"full_name","values":["A\u0000nn \ud83d Lee \"x\""]},{"name":"\ud800?","values":["\\ud800\n"]}]}""").Lead.ShouldNotBeNull();

        lead.Name.ShouldBe("Ann \uFFFD Lee \"x\"");
        lead.Metadata["\uFFFD?"].ShouldBe("\\ud800");
    }

    [Fact]
    public void What_people_decided_comes_before_what_Meta_says()
    {
        var mapping = new FieldMapping(
            new Dictionary<string, LeadField> { ["how_did_you_hear"] = LeadField.Source },
            new Dictionary<LeadField, string> { [LeadField.Campaign] = "Ours" });

        var lead = Read(
            """{"id":"1","campaign_name":"Meta's","platform":"fb","field_data":[{"name":"how_did_you_hear","values":["A friend"]}]}""", new() { Mapping = mapping }).Lead.ShouldNotBeNull();

        lead.Metadata["campaign"].ShouldBe("Ours");
        lead.Metadata["source"].ShouldBe("A friend");
        lead.Metadata["campaign_name"].ShouldBe("Meta's");
    }

    [Fact]
    public void A_question_that_is_called_campaign_does_not_hide_Metas()
    {
        var lead = Read("""{"id":"1","campaign_name":"Spring","field_data":[{"name":"campaign","values":["a poster"]}]}""").Lead.ShouldNotBeNull();

        lead.Metadata["campaign"].ShouldBe("Spring");
        lead.Metadata.Values.ShouldContain("a poster");
    }

    [Fact]
    public void The_questions_of_a_form_are_the_same_text_until_one_changes()
    {
        var first = MetaQuestions.Write(JsonElement.Parse("""{"name":"A","questions":[{"key":"a","label":"A?","type":"CUSTOM","id":"1","options":[{"key":"x","value":"X"}]}]}"""));
        var same = MetaQuestions.Write(JsonElement.Parse("""{"questions":[{"id":"2","type":"CUSTOM","options":[{"value":"X","key":"x"}],"key":"a","label":"A?"}],"name":"B"}"""));
        var changed = MetaQuestions.Write(JsonElement.Parse("""{"questions":[{"key":"a","label":"A?","type":"CUSTOM","options":[{"key":"x","value":"Y"}]}]}"""));

        same.ShouldBe(first);
        changed.ShouldNotBe(first);
        MetaQuestions.Write(JsonElement.Parse("""{"name":"A"}""")).ShouldBeNull();
    }

    private static MetaReading Read(string json, MetaLeadSource? source = null) => MetaLeadReader.Read(JsonElement.Parse(json), source ?? new MetaLeadSource());
}
