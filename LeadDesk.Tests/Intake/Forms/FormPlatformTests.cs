using System.Text;
using LeadDesk.Intake;
using LeadDesk.Intake.Forms;

namespace LeadDesk.Tests.Intake.Forms;

/// <summary>One body of each platform, as its documentation shows it.</summary>
public sealed class FormPlatformTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    [Fact]
    public void Contact_Form_7_posts_are_read_without_its_own_fields()
    {
        var submission = FormSamples.Read(FormSamples.Multipart(
            ("_wpcf7", null, null, "12"), ("_wpcf7_version", null, null, "6.0"), ("_wpcf7_locale", null, null, "tr_TR"), ("_wpcf7_unit_tag", null, null, "wpcf7-f12-p3-o1"),
            ("your-name", null, null, "Ayşe Yılmaz"), ("your-email", null, null, "ayse@example.com"), ("your-subject", null, null, "Fiyat"), ("your-message", null, null, "Merhaba"),
            ("menu-7[]", null, null, "A"), ("menu-7[]", null, null, "B"), ("acceptance-1", null, null, "1"), ("g-recaptcha-response", null, null, "03AG")), "multipart/form-data; boundary=xYz");
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.RepeatKey, submission.Attribution["form_id"]).ShouldBe((FormPlatform.ContactForm7, null, "12"));
        (lead.Name, lead.Email, lead.Message).ShouldBe(("Ayşe Yılmaz", "ayse@example.com", "Merhaba"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["interest"] = "Fiyat", ["menu-7"] = "A, B" });
        lead.Consents.ShouldBe([new ConsentAnswer("acceptance-1", "acceptance-1", true)]);
    }

    [Theory]
    [InlineData("mail_sent")]
    [InlineData("spam")]
    public void What_Contact_Form_7_answers_to_the_visitor_is_no_lead(string status) =>
        FormSamples.Read($$"""{"contact_form_id":12,"status":"{{status}}","message":"Thank you.","posted_data_hash":"d5","into":"#w","invalid_fields":[]}""").Ignored.ShouldNotBeNull();

    [Fact]
    public void A_Gravity_Forms_entry_is_put_together_by_its_numbers()
    {
        var submission = FormSamples.Read(GravityEntry);
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.RepeatKey, submission.OccurredAt).ShouldBe((FormPlatform.GravityForms, "5:97", new DateTime(2026, 5, 4, 13, 30, 0, DateTimeKind.Utc)));
        (lead.Name, lead.Email, lead.Phone).ShouldBe(("Ada Lovelace", "ada@example.com", "+44 7400 123456"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["address"] = "12 St James's Sq, Flat 2", ["city"] = "London", ["country"] = "United Kingdom", ["6.5"] = "SW1Y", ["4"] = "Red, Blue", ["9"] = "" }.Where(pair => pair.Value.Length > 0), ignoreOrder: true);
        lead.Consents.ShouldBe([new ConsentAnswer("5", "I agree to the policy.", true)]);
    }

    [Fact]
    public void The_same_Gravity_Forms_entry_as_a_form_is_the_same() =>
        FormSamples.Answers(FormSamples.Read("form_id=5&id=97&date_created=2026-05-04+13%3A30%3A00&input_1_3=Ada&input_1_6=Lovelace&input_2=ada%40example.com", UrlEncoded))
            .ShouldBe(new Dictionary<string, string> { ["1.3"] = "Ada", ["1.6"] = "Lovelace", ["2"] = "ada@example.com" });

    [Fact]
    public void A_fetched_Gravity_Forms_entry_takes_its_questions_from_the_form()
    {
        var lead = FormSamples.Lead(FormSamples.Read("""
            {"form":{"title":"Contact","fields":[{"id":1,"label":"Your name","type":"text"},{"id":"2","label":"Favourite colour","type":"checkbox"},{"id":3,"label":"Privacy","type":"consent"}]},
             "entry":{"id":3,"form_id":5,"date_created":"2026-05-04 13:30:00","1":"Ada","2.1":"Red","2.2":"Blue","3.1":"1","3.2":"I agree","3.3":"4"}}
            """));

        lead.Name.ShouldBe("Ada");
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["Favourite colour"] = "Red, Blue" });
        lead.Consents.ShouldBe([new ConsentAnswer("3", "I agree", true)]);
    }

    [Fact]
    public void Spam_of_the_site_is_no_lead() => FormSamples.Read("""{"id":"1","form_id":"5","date_created":"2026-05-04 13:30:00","status":"spam","1":"x"}""").Ignored.ShouldNotBeNull();

    [Fact]
    public void Elementor_in_simple_mode_is_read_with_spaces_behind_its_keys()
    {
        var submission = FormSamples.Read(
            "Name+=Ada+Lovelace&E-mail+=ada%40example.com&Phone=&Message+=Hello&Date=May+4%2C+2026&Time=1%3A30+pm&Page+URL=https%3A%2F%2Fexample.com%2Fcontact%2F&User+Agent=Mozilla&Remote+IP=192.0.2.7&Powered+by=Elementor&form_id=7c1&form_name=New+Form",
            UrlEncoded);
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.FormName, submission.Attribution["page_url"]).ShouldBe((FormPlatform.Elementor, "New Form", "https://example.com/contact/"));
        (lead.Name, lead.Email, lead.Phone, lead.Message).ShouldBe(("Ada Lovelace", "ada@example.com", null, "Hello"));
        lead.Answers.ShouldBeEmpty();
    }

    [Fact]
    public void Elementor_in_advanced_mode_is_read()
    {
        var submission = FormSamples.Read(
            "form[id]=7c1&form[name]=Contact&fields[name][id]=name&fields[name][type]=text&fields[name][title]=Name&fields[name][value]=Ada&fields[name][raw_value]=Ada&fields[name][required]=1"
            + "&fields[field_a1][id]=field_a1&fields[field_a1][type]=tel&fields[field_a1][title]=Call+me&fields[field_a1][value]=0300+1234567&fields[field_a1][raw_value]=0300+1234567"
            + "&fields[field_4f1c2ab][type]=checkbox&fields[field_4f1c2ab][title]=Colours&fields[field_4f1c2ab][value]=Red%2C+Blue&fields[field_4f1c2ab][raw_value][0]=Red&fields[field_4f1c2ab][raw_value][1]=Blue"
            + "&fields[ok][type]=acceptance&fields[ok][title]=I+agree&fields[ok][value]=on&meta[page_url][title]=Page+URL&meta[page_url][value]=https%3A%2F%2Fexample.com%2F&meta[remote_ip][value]=192.0.2.7",
            UrlEncoded);
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.FormName, submission.Attribution["page_url"]).ShouldBe((FormPlatform.Elementor, "Contact", "https://example.com/"));
        (lead.Name, lead.Phone).ShouldBe(("Ada", "0300 1234567"));
        lead.MetadataJson.ShouldBe("""{"Colours":["Red","Blue"]}""");
        lead.Consents.ShouldBe([new ConsentAnswer("ok", "I agree", true)]);
    }

    [Fact]
    public void WPForms_own_post_is_read()
    {
        var submission = FormSamples.Read("wpforms[fields][0][first]=Ada&wpforms[fields][0][last]=Lovelace&wpforms[fields][1]=ada%40example.com&wpforms[fields][2]=Please+call%0Atomorrow&wpforms[hp]=&wpforms[id]=7&wpforms[submit]=wpforms-submit", UrlEncoded);
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.Ignored).ShouldBe((FormPlatform.WPForms, null));
        (lead.Name, lead.Email, lead.Message).ShouldBe(("Ada Lovelace", "ada@example.com", "Please call\ntomorrow"));
    }

    [Fact]
    public void Typeform_answers_get_their_questions()
    {
        var submission = FormSamples.Read(TypeformBody);
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.RepeatKey, submission.FormName, submission.OccurredAt).ShouldBe((FormPlatform.Typeform, "a3a12ec67a1365927098a606107fac15", "Contact", new DateTime(2026, 5, 4, 13, 30, 1, DateTimeKind.Utc)));
        (lead.Name, lead.Email, lead.Phone).ShouldBe(("Ada Lovelace", "ada@example.com", "+441234567890"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["Which colours?"] = "Red, Blue, none", ["size"] = "L", ["a1b2c3d4e5f6"] = "42", ["source"] = "google", ["score"] = "9" }, ignoreOrder: true);
        lead.Consents.ShouldBe([new ConsentAnswer("terms_1", "Do you accept?", true)]);
    }

    [Fact]
    public void A_Typeform_body_without_answers_is_read() => FormSamples.Read("""{"event_id":"LtWXD3crgy","event_type":"form_response"}""").Answers.ShouldBeEmpty();

    [Fact]
    public void Tally_choices_become_their_texts()
    {
        var submission = FormSamples.Read(TallyBody);
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.RepeatKey, submission.FormName).ShouldBe((FormPlatform.Tally, "a4cb511e", "Register"));
        (lead.Name, lead.Email).ShouldBe(("Ada Lovelace", "ada@example.com"));
        lead.MetadataJson.ShouldBe("""{"Colours":["Red","Blue"],"Size":"Large","Plain":"Small","CV":"https://example.com/cv.pdf","Row":"9"}""");
    }

    [Fact]
    public void Google_Ads_leads_are_read_with_numbers_as_strings_or_not()
    {
        var submission = FormSamples.Read("""
            {"lead_id":"TeSter-123","api_version":"1.0","form_id":40000000007,"campaign_id":"123456789","adgroup_id":20000000000,"creative_id":30000000000,"gcl_id":"TeSter-123-ABCDEFGH","google_key":"k1","is_test":true,
             "lead_submit_time":"2026-05-04T13:30:00.123Z","user_column_data":[{"column_name":"Full Name","string_value":"Ada Lovelace","column_id":"FULL_NAME"},{"string_value":"+16505550123","column_id":"PHONE_NUMBER"},
             {"column_id":"EMAIL","string_value":"ada@example.com"},{"column_id":"what_is_your_budget?","column_name":"What is your budget?","string_value":"100"},{"column_id":"WORK_EMAIL"}],"new_field":{"a":1}}
            """);
        var lead = FormSamples.Lead(submission);

        (submission.Platform, submission.RepeatKey, submission.IsTest, submission.GoogleKey, submission.Channel).ShouldBe((FormPlatform.GoogleAds, "TeSter-123", true, "k1", "google"));
        (lead.Name, lead.Phone, lead.Email).ShouldBe(("Ada Lovelace", "+16505550123", "ada@example.com"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["what_is_your_budget?"] = "100" });
        submission.Attribution.ShouldBe(new Dictionary<string, string> { ["form_id"] = "40000000007", ["campaign_id"] = "123456789", ["adgroup_id"] = "20000000000", ["creative_id"] = "30000000000", ["gclid"] = "TeSter-123-ABCDEFGH" }, ignoreOrder: true);
    }

    [Fact]
    public void TikTok_ids_keep_all_their_digits_and_each_entry_is_a_submission()
    {
        var parts = FormReader.Read(Encoding.UTF8.GetBytes(TikTokBody), "application/json").Value!;

        parts.Select(part => part.Submission.RepeatKey).ShouldBe(["7012345678901234567", "7012345678901234568"]);
        parts[0].Submission.Attribution["ad_id"].ShouldBe("7012345678901234005");
        FormSamples.Lead(parts[0].Submission).Name.ShouldBe("Ayşe Yılmaz");
        FormSamples.Lead(parts[1].Submission).Email.ShouldBe("b@example.com");
        parts.ShouldAllBe(part => FormReader.Read(part.Raw, part.ContentType).Value!.Single().Submission.RepeatKey == part.Submission.RepeatKey);
    }

    [Fact]
    public void A_LinkedIn_notice_names_the_lead_and_what_is_fetched_fills_it()
    {
        var notice = FormSamples.Read("""
            {"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:9a1b-7","leadGenForm":"urn:li:leadGenForm:4","owner":{"sponsoredAccount":"urn:li:sponsoredAccount:5"},
             "associatedEntity":{"associatedCreative":"urn:li:sponsoredCreative:6"},"leadType":"SPONSORED","leadAction":"CREATED","occurredAt":1777901400000}
            """);
        var submission = FormReader.Complete(notice, Encoding.UTF8.GetBytes("""
            {"response":{"id":"9a1b-7","submittedAt":1777901399000,"testLead":true,"formResponse":{"answers":[
              {"questionId":1,"answerDetails":{"textQuestionAnswer":{"answer":"Ada"}}},{"questionId":2,"answerDetails":{"textQuestionAnswer":{"answer":"ada@example.com"}}},
              {"questionId":3,"answerDetails":{"multipleChoiceAnswer":{"options":[2,1]}}},{"questionId":9,"answerDetails":{"textQuestionAnswer":{"answer":"x"}}}],
              "consentResponses":[{"consentId":7,"accepted":true}]}},
             "form":{"name":"Spring","content":{"questions":[{"questionId":1,"predefinedField":"FIRST_NAME"},{"questionId":2,"predefinedField":"EMAIL"},
              {"questionId":3,"name":"colour","question":{"localized":{"en_US":"Colour?"}},"questionDetails":{"multipleChoiceQuestionDetails":{"options":[{"id":1,"text":{"localized":{"en_US":"Red"}}},{"id":2,"text":{"localized":{"en_US":"Blue"}}}]}}}]}}}
            """))!;
        var lead = FormSamples.Lead(submission);

        (notice.Platform, notice.FetchId, notice.RepeatKey, notice.Deleted).ShouldBe((FormPlatform.LinkedIn, "9a1b-7", "9a1b-7", false));
        (submission.IsTest, submission.FetchId, submission.FormName, submission.Attribution["form_id"]).ShouldBe((true, null, "Spring", "4"));
        (lead.Name, lead.Email).ShouldBe(("Ada", "ada@example.com"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["colour"] = "Blue, Red", ["9"] = "x" });
        lead.Consents.ShouldHaveSingleItem().Granted.ShouldBeTrue();
    }

    [Fact]
    public void A_LinkedIn_deletion_is_told_apart_from_the_lead_it_names()
    {
        var notice = FormSamples.Read("""{"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:9a1b-7","leadAction":"DELETED","occurredAt":1777901400000}""");

        (notice.Deleted, notice.FetchId, notice.RepeatKey).ShouldBe((true, "9a1b-7", "9a1b-7:deleted"));
    }

    [Theory]
    [InlineData("""{"name":"Ada","email":"ada@example.com","phone":"+441234567890"}""")]
    [InlineData("""{"data":{"full_name":"Ada","email":"ada@example.com","phone_number":"+441234567890"}}""")]
    [InlineData("""{"lead":{"fields":{"name":"Ada","email":"ada@example.com","mobile":"+441234567890"}}}""")]
    [InlineData("""[{"name":"Ada","email":"ada@example.com","phone":"+441234567890"}]""")]
    [InlineData("""[{"name":"name","value":"Ada"},{"name":"email","value":"ada@example.com"},{"name":"phone","value":"+441234567890"}]""")]
    [InlineData("""{"fields":[{"field":"name","value":"Ada"},{"field":"email","value":["ada@example.com"]},{"field":"phone","value":"+441234567890"}]}""")]
    [InlineData("""{"answers":[{"question":"Your name?","answer":"Ada"},{"question":"E-mail","answer":"ada@example.com"},{"question":"Phone number","answer":"+441234567890"}]}""")]
    [InlineData("""{"fields":{"1":{"id":1,"name":"Name","value":"Ada"},"2":{"id":2,"name":"Email","value":"ada@example.com"},"3":{"id":3,"name":"Phone","value":"+441234567890"}}}""")]
    [InlineData("""{"field_data":[{"name":"full_name","values":["Ada"]},{"name":"email","values":["ada@example.com"]},{"name":"phone_number","values":["+441234567890"]}]}""")]
    public void Connectors_flat_shapes_are_all_the_same_lead(string body)
    {
        var lead = FormSamples.Lead(FormSamples.Read(body));

        (lead.Name, lead.Email, lead.Phone).ShouldBe(("Ada", "ada@example.com", "+441234567890"));
        lead.Answers.ShouldBeEmpty();
    }

    [Fact]
    public void A_list_of_leads_is_as_many_submissions_and_each_is_read_again_from_its_part()
    {
        var parts = FormReader.Read("""[{"email":"a@example.com","n":1},{"email":"b@example.com","n":2}]"""u8.ToArray(), "application/json").Value!;

        parts.Select(part => FormSamples.Lead(FormSamples.Read(part.Raw, part.ContentType)).Email).ShouldBe(["a@example.com", "b@example.com"]);
    }

    [Fact]
    public void Members_inside_others_are_told_by_their_last_name()
    {
        var lead = FormSamples.Lead(FormSamples.Read("""{"person":{"name":{"first":"Ada","last":"Lovelace"},"emails":["ada@example.com"]},"billing":{"city":"London","country":"UK"},"tags":["a","b"],"items":[{"sku":1},{"sku":2}],"none":null,"empty":{}}"""));

        (lead.Name, lead.Email).ShouldBe(("Ada Lovelace", "ada@example.com"));
        lead.Metadata.ShouldBe(new Dictionary<string, string> { ["city"] = "London", ["country"] = "UK", ["tags"] = "a, b", ["items.1.sku"] = "1", ["items.2.sku"] = "2" });
    }

    [Theory]
    [InlineData("name=Ada&_gotcha=http%3A%2F%2Fspam.example", true)]
    [InlineData("name=Ada&website_url_hp=x", true)]
    [InlineData("name=Ada&leaddesk_website=x", true)]
    [InlineData("wpforms[fields][0]=Ada&wpforms[hp]=x", true)]
    [InlineData("name=Ada&_gotcha=&honeypot-42=", false)]
    [InlineData("name=Ada&website=example.com", false)]
    public void A_field_that_people_do_not_see_catches_robots(string body, bool caught)
    {
        var submission = FormSamples.Read(body, UrlEncoded);

        (submission.Ignored is not null).ShouldBe(caught);
        submission.Answers.ShouldNotContain(answer => answer.Key == "_gotcha" || answer.Key == FormRobots.TrapField);
    }

    private const string GravityEntry = """
        {"id":"97","form_id":"5","post_id":null,"date_created":"2026-05-04 13:30:00","date_updated":"2026-05-04 13:30:00","is_starred":0,"is_read":"0","ip":"192.0.2.7","source_url":"https://example.com/contact/","user_agent":"Mozilla/5.0",
         "currency":"GBP","status":"active","1.2":"","1.3":"Ada","1.4":"","1.6":"Lovelace","1.8":"","2":"ada@example.com","3":"+44 7400 123456","4.1":"Red","4.2":"","4.3":"Blue","5.1":"1","5.2":"I agree to the policy.","5.3":"3",
         "6.1":"12 St James's Sq","6.2":"Flat 2","6.3":"London","6.4":"","6.5":"SW1Y","6.6":"United Kingdom","9":""}
        """;

    private const string TypeformBody = """
        {"event_id":"LtWXD3crgy","event_type":"form_response","form_response":{"form_id":"lT4Z3j","token":"a3a12ec67a1365927098a606107fac15","landed_at":"2026-05-04T13:29:00Z","submitted_at":"2026-05-04T13:30:01Z","hidden":{"utm_source":"google"},
         "calculated":{"score":9},"definition":{"id":"lT4Z3j","title":"Contact","fields":[{"id":"n1","title":"What is your name?","type":"short_text","ref":"01FKXYZABC123456"},{"id":"m1","title":"E-mail?","type":"email"},
          {"id":"c1","title":"Which colours?","type":"multiple_choice"},{"id":"g1","type":"group","title":"More","properties":{"fields":[{"id":"l1","title":"Do you accept?","type":"legal"}]}}]},
         "answers":[{"type":"text","text":"Ada Lovelace","field":{"id":"n1","type":"short_text","ref":"01FKXYZABC123456"}},{"type":"email","email":"ada@example.com","field":{"id":"m1","type":"email"}},
          {"type":"phone_number","phone_number":"+441234567890","field":{"id":"p1","type":"phone_number","ref":"ph"}},{"type":"choices","choices":{"labels":["Red","Blue"],"other":"none"},"field":{"id":"c1","type":"multiple_choice","ref":"8f9ad0c2-1111"}},
          {"type":"choice","choice":{"label":"L"},"field":{"id":"s1","type":"multiple_choice","ref":"size"}},{"type":"boolean","boolean":true,"field":{"id":"l1","type":"legal","ref":"terms_1"}},
          {"type":"number","number":42,"field":{"id":"zz","type":"number","ref":"a1b2c3d4e5f6"}},{"type":"future"},{"type":"future","field":{"id":"f"}}]}}
        """;

    private const string TallyBody = """
        {"eventId":"a4cb511e","eventType":"FORM_RESPONSE","createdAt":"2026-05-04T13:30:00.000Z","data":{"responseId":"2wgx4n","submissionId":"2wgx4n","respondentId":"dwQKYm","formId":"VwbNEw","formName":"Register","createdAt":"2026-05-04T13:30:00.000Z","fields":[
         {"key":"question_3EKz4n","label":"Full name","type":"INPUT_TEXT","value":"Ada Lovelace"},{"key":"question_nrq6lM","label":"Write to","type":"INPUT_EMAIL","value":"ada@example.com"},
         {"key":"question_w4Q4Xn","label":"Colours","type":"CHECKBOXES","value":["id1","id2"],"options":[{"id":"id1","text":"Red"},{"id":"id2","text":"Blue"},{"id":"id3","text":"Green"}]},
         {"key":"question_w4Q4Xn_id1","label":"Colours (Red)","type":"CHECKBOXES","value":true},{"key":"question_w4Q4Xn_id3","label":"Colours (Green)","type":"CHECKBOXES","value":false},
         {"key":"question_3jZaa3","label":"Size","type":"DROPDOWN","value":"id9","options":[{"id":"id9","text":"Large"}]},{"key":"question_3jZbb4","label":"Plain","type":"MULTIPLE_CHOICE","value":"Small","options":[{"id":"id9","text":"Small"}]},
         {"key":"question_mZ1Vvv","label":"CV","type":"FILE_UPLOAD","value":[{"id":"f1","name":"cv.pdf","url":"https://example.com/cv.pdf","mimeType":"application/pdf","size":7}]},{"key":"question_nW8LVo","label":"Row","type":"LINEAR_SCALE","value":9},
         {"key":"question_pp1pp2","label":"Nothing","type":"TEXTAREA","value":null}]}}
        """;

    private const string TikTokBody = """
        {"object":1,"time":1758794733,"entry":[{"id":7012345678901234567,"page_id":7012345678901234001,"ad_id":7012345678901234005,"create_time":1758794730,"lead_source":"INSTANT_FORM",
          "changes":[{"field":"name","value":"Ayşe Yılmaz"},{"field":"email","value":"a@example.com"}]},{"id":7012345678901234568,"changes":[{"field":"email","value":"b@example.com"}]}]}
        """;
}
