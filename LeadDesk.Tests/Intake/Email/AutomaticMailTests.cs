namespace LeadDesk.Tests.Intake.Email;

public sealed class AutomaticMailTests
{
    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-generated; owner-email=\"x@example.com\"")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: Junk")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: anything")]
    [InlineData("Return-Path: <>")]
    [InlineData("Return-Path:")]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b")]
    [InlineData("X-Auto-Response-Suppress: All\nSubject: Automatic reply: Prices")]
    [InlineData("X-Failed-Recipients: x@example.com")]
    public void Mails_of_machines_are_told_by_their_headers(string header) =>
        MailText.Read($"{header}\nFrom: ali@example.com\n\nI am away.").Automatic.ShouldNotBeNullOrWhiteSpace();

    [Theory]
    [InlineData("MAILER-DAEMON@mx.example.com")]
    [InlineData("Postmaster <postmaster@example.com>")]
    public void Mails_of_mail_servers_are_told_by_their_sender(string from) =>
        MailText.Read($"From: {from}\nSubject: Undelivered\n\nSorry").Automatic.ShouldNotBeNullOrWhiteSpace();

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("Auto-Submitted: NO (really)")]
    [InlineData("X-Autoreply: no")]
    [InlineData("X-Auto-Response-Suppress: OOF, DR, RN")]
    [InlineData("Subject: Automatic reply to your question")]
    [InlineData("Precedence: first-class")]
    [InlineData("Return-Path: <ali@example.com>")]
    [InlineData("X-Mailer: Outlook")]
    public void Mails_of_people_are_not(string header) =>
        MailText.Read($"{header}\nFrom: ali@example.com\n\nHow much?").ShouldSatisfyAllConditions(mail => mail.Automatic.ShouldBeNull(), mail => mail.Bulk.ShouldBeNull());

    [Theory]
    [InlineData("List-Unsubscribe: <mailto:off@example.com>")]
    [InlineData("List-Id: News <news.example.com>")]
    [InlineData("Precedence: list")]
    public void Newsletters_are_told_apart_less_surely(string header) =>
        MailText.Read($"{header}\nFrom: news@example.com\n\nBuy now").ShouldSatisfyAllConditions(mail => mail.Automatic.ShouldBeNull(), mail => mail.Bulk.ShouldNotBeNull());

    [Fact]
    public void A_shared_mailbox_of_Google_s_marks_every_mail_as_a_list_s() =>
        MailText.Read("X-Google-Group-Id: 123\nList-Id: <info.acme.example>\nPrecedence: list\nFrom: ali@example.com\n\nHow much?").Bulk.ShouldBeNull();

    [Fact]
    public void An_envelope_without_a_sender_is_a_report() =>
        MailText.Read("""{"from":"x@example.com","headers":"Subject: Away\n","text":"I am away","envelope":"{\"to\":[\"in@acme.example\"],\"from\":\"\"}"}"""u8.ToArray()).Automatic.ShouldNotBeNull();
}
