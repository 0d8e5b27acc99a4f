using System.Security.Cryptography;
using System.Text;
using LeadDesk.Intake;
using LeadDesk.Intake.Email;

namespace LeadDesk.Tests.Intake.Email;

public sealed class RelayTests
{
    private const string Postmark = """
        {"FromFull":{"Email":"ali@example.com","Name":"Ali Khan","MailboxHash":""},"ToFull":[{"Email":"in@acme.example","Name":"Acme"}],"ReplyTo":"ali.khan@example.org",
         "Subject":"Prices","MessageID":"22c74902-a0c1-4511-804f-2f341342852c","Date":"Wed, 11 Oct 2017 18:31:04 -0700","TextBody":"How much?\r\n","HtmlBody":"<p>How much?</p>","StrippedTextReply":"",
         "Headers":[{"Name":"Return-Path","Value":"<ali@example.com>"},{"Name":"Received","Value":"a"},{"Name":"Received","Value":"b"},{"Name":"Return-Path","Value":"<>"},{"Name":"Message-ID","Value":"<1@example.com>"}],
         "Attachments":[{"Name":"plan.txt","ContentType":"text/plain","Data":"SGVsbG8=","ContentLength":5}]}
        """;

    [Fact]
    public void Postmark_tells_a_mail_as_json()
    {
        var mail = MailText.Read(Encoding.UTF8.GetBytes(Postmark), "application/json");

        mail.From.ShouldBe(new MailPerson("Ali Khan", "ali@example.com"));
        mail.ReplyTo!.Address.ShouldBe("ali.khan@example.org");
        (mail.Subject, mail.Text, mail.MessageId).ShouldBe(("Prices", "How much?", "1@example.com"));
        mail.Date.ShouldBe(new DateTime(2017, 10, 12, 1, 31, 4, DateTimeKind.Utc));
        mail.Automatic.ShouldBeNull(); // the second Return-Path is a forgery
        Encoding.UTF8.GetString(mail.Files.Single().Content.Span).ShouldBe("Hello");
    }

    [Fact]
    public void Postmark_s_raw_mail_fills_what_is_missing()
    {
        var mail = MailText.Read("""{"FromFull":{"Email":"a@example.com","Name":""},"MessageID":"00000000-0000-0000-0000-000000000000","RawEmail":"From: A <a@example.com>\r\nMessage-ID: <9@example.com>\r\nSubject: =?utf-8?Q?=C3=BC?=\r\n\r\nBody"}"""u8.ToArray(), "text/plain");

        (mail.MessageId, mail.Subject, mail.Text).ShouldBe(("9@example.com", "ü", "Body"));
    }

    [Fact]
    public void The_id_of_Postmark_s_test_mails_is_none() =>
        MailText.Read("""{"From":"a@example.com","MessageID":"00000000-0000-0000-0000-000000000000","TextBody":"x"}"""u8.ToArray()).MessageId.ShouldBeNull();

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=xYz")]
    [InlineData("application/json")]
    public void Mailgun_tells_a_mail_as_fields(string contentType)
    {
        var mail = MailText.Read(Body(contentType,
            ("recipient", "in@acme.example"), ("sender", "envelope@example.com"), ("subject", "Preise für Süßes"), ("body-plain", "Wie viel?\r\n\r\n> früher"), ("stripped-text", "Wie viel?"), ("body-html", "<p>Wie viel?</p>"),
            ("message-headers", """[["From","\"Khan, Ali\" <ali@example.com>"],["Message-Id","<2@example.com>"],["Received","a"],["In-Reply-To","<1@acme.example>"],["Subject","Preise für Süßes"]]""")), contentType);

        mail.From.ShouldBe(new MailPerson("Khan, Ali", "ali@example.com"));
        (mail.Subject, mail.Text, mail.MessageId, mail.InReplyTo).ShouldBe(("Preise für Süßes", "Wie viel?\n\n> früher", "2@example.com", "1@acme.example"));
        mail.To.Single().Address.ShouldBe("in@acme.example");
    }

    [Fact]
    public void SendGrid_names_the_character_set_of_each_text()
    {
        byte[] body = MailText.Bytes(
            "--xYz\r\nContent-Disposition: form-data; name=\"headers\"\r\n\r\nMessage-ID: <3@example.com>\nFrom: =?utf-8?Q?=C3=87a=C4=9Fr=C4=B1?= <c@example.com>\n\r\n"
            + "--xYz\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\u00DEi\u00FEe\r\n"
            + "--xYz\r\nContent-Disposition: form-data; name=\"charsets\"\r\n\r\n{\"to\":\"UTF-8\",\"text\":\"iso-8859-9\"}\r\n"
            + "--xYz\r\nContent-Disposition: form-data; name=\"dkim\"\r\n\r\n{@example.com : pass}\r\n"
            + "--xYz\r\nContent-Disposition: form-data; name=\"envelope\"\r\n\r\n{\"to\":[\"in@acme.example\"],\"from\":\"c@example.com\"}\r\n"
            + "--xYz\r\nContent-Disposition: form-data; name=\"attachment1\"; filename=\"plan.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--xYz--\r\n");

        var mail = MailText.Read(body, "multipart/form-data; boundary=xYz");

        (mail.From!.Name, mail.Text, mail.MessageId).ShouldBe(("Çağrı", "Şişe", "3@example.com"));
        mail.Files.Select(file => (file.Name, file.ContentType, file.Content.Length)).ShouldBe([("plan.pdf", "application/pdf", 4)]);
    }

    [Theory]
    [InlineData("email")]
    [InlineData("body-mime")]
    public void A_relay_may_post_the_mail_itself_as_a_field(string field)
    {
        var mail = MailText.Read(Body("multipart/form-data; boundary=xYz", ("sender", "a@example.com"), (field, "From: Ali <a@example.com>\r\nSubject: Hi\r\n\r\nBody\r\n")), "multipart/form-data; boundary=xYz");

        (mail.From!.Name, mail.Subject, mail.Text).ShouldBe(("Ali", "Hi", "Body"));
    }

    [Theory]
    [InlineData("message/rfc822")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/octet-stream")]
    [InlineData("application/json")]
    [InlineData("")]
    public void A_raw_mail_is_known_whatever_it_is_called(string contentType) =>
        MailText.Read("From: Ali <a@example.com>\r\nSubject: Hi\r\n\r\nBody"u8.ToArray(), contentType).Text.ShouldBe("Body");

    [Fact]
    public void A_notice_without_the_mail_says_what_is_missing()
    {
        var reading = MailReader.Read("""{"type":"email.received","data":{"email_id":"1","from":"Ali <a@example.com>","subject":"Hi","attachments":[]}}"""u8.ToArray(), "application/json");

        reading.State.ShouldBe(InboundState.Failed);
        reading.Reason.ShouldNotBeNull().ShouldContain("Resend");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    [InlineData("a=1&b=2")]
    [InlineData("%PDF-1.4")]
    public void What_is_no_mail_is_unreadable_and_says_so(string body)
    {
        var reading = MailReader.Read(Encoding.UTF8.GetBytes(body), "text/plain");

        (reading.State, reading.Mail).ShouldBe((InboundState.Unreadable, null));
        reading.Reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("key-test", 0, true)]
    [InlineData("key-other", 0, false)]
    [InlineData("key-test", 23 * 60, true)]
    [InlineData("key-test", 25 * 60, false)] // minutes: a day is the oldest
    [InlineData("key-test", -4, true)]
    [InlineData("key-test", -6, false)]
    public void Mailgun_s_signature_counts_with_the_right_key_and_at_its_time(string key, int minutesLater, bool valid)
    {
        // printf 146126133006c9…52f0 | openssl dgst -sha256 -hmac key-test
        byte[] body = Body("application/x-www-form-urlencoded", ("timestamp", "1461261330"), ("token", "06c96bafc3f42a66b9edd546347a2fe18dc23461fe80dc52f0"),
            ("signature", Convert.ToHexStringLower(HMACSHA256.HashData("key-test"u8, "146126133006c96bafc3f42a66b9edd546347a2fe18dc23461fe80dc52f0"u8))));

        MailReader.SignatureOf(body, "application/x-www-form-urlencoded").ShouldNotBeNull().IsValid(key, DateTime.UnixEpoch.AddSeconds(1461261330).AddMinutes(minutesLater)).ShouldBe(valid);
    }

    [Fact]
    public void The_signature_that_Mailgun_documents_is_valid() =>
        MailReader.SignatureOf("""{"timestamp":"1461261330","token":"06c96bafc3f42a66b9edd546347a2fe18dc23461fe80dc52f0","signature":"23e7599cf79a2fe0f5ca35fe611457545ccdf3a1d4e16b03709fa9ac04610960"}"""u8.ToArray(), null)
            .ShouldNotBeNull().IsValid("key-test", DateTime.UnixEpoch.AddSeconds(1461261330)).ShouldBeTrue();

    [Theory]
    [InlineData("timestamp=1&token=2")]
    [InlineData("timestamp=x&token=2&signature=3")]
    [InlineData("timestamp=99999999999999999999&token=2&signature=3")]
    public void A_missing_or_broken_signature_is_none(string body) =>
        (MailReader.SignatureOf(Encoding.UTF8.GetBytes(body), null)?.IsValid("key", DateTime.UnixEpoch) ?? false).ShouldBeFalse();

    private static byte[] Body(string contentType, params (string Name, string Value)[] fields) => Encoding.UTF8.GetBytes(contentType switch
    {
        "application/json" => System.Text.Json.JsonSerializer.Serialize(fields.ToDictionary(field => field.Name, field => field.Value)),
        "application/x-www-form-urlencoded" => string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value).Replace("%20", "+", StringComparison.Ordinal)}")),
        _ => string.Concat(fields.Select(field => $"--xYz\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n")) + "--xYz--\r\n",
    });
}
