using System.Text;
using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Tests.Intake.Email;

public sealed class MimeReaderTests
{
    [Fact]
    public void A_folded_header_is_one_text()
    {
        var mail = MailText.Read("From: ali@example.com\r\nSubject: Prices of\r\n the large\r\n\tone\r\n\r\nHello");

        mail.Subject.ShouldBe("Prices of the large one");
        mail.Text.ShouldBe("Hello");
    }

    [Fact]
    public void Headers_may_hold_bytes_of_UTF8_or_of_the_set_the_mail_names_or_of_none()
    {
        MailText.Read("From: Şükrü <s@example.com>\nSubject: fiyat?\n\n").From!.Name.ShouldBe("Şükrü");
        MailText.Read(MailText.Bytes("From: Ren\xE9 <r@example.com>\n\nx")).From!.Name.ShouldBe("René");
        MailText.Read(MailText.Bytes("From: \xDE\xFC kr\xFC <s@example.com>\nContent-Type: text/plain; charset=windows-1254\n\nx")).From!.Name.ShouldBe("Şü krü");
    }

    [Fact]
    public void A_line_store_s_first_line_and_a_byte_order_mark_are_no_headers()
    {
        var mail = MailText.Read("\uFEFFFrom ali@example.com Mon Oct  5 10:00:00 2026\nFrom: Ali <ali@example.com>\nSubject: Hi\n\nBody");

        mail.From!.Address.ShouldBe("ali@example.com");
        mail.Text.ShouldBe("Body");
    }

    [Fact]
    public void Plain_text_is_preferred_and_nested_files_are_found()
    {
        const string Nested = """
            From: ali@example.com
            Content-Type: multipart/mixed; boundary="outer"

            A note for old programs.
            --outer
            Content-Type: multipart/related; boundary=inner

            --inner
            Content-Type: multipart/alternative; boundary=innermost

            --innermost
            Content-Type: text/plain; charset=utf-8

            The plain words
            --innermost
            Content-Type: text/html

            <p>The <b>rich</b> words</p>
            --innermost--
            --inner
            Content-Type: image/png; name="logo.png"
            Content-Transfer-Encoding: base64
            Content-ID: <1>

            iVBORw0KGgo=
            --inner--
            --outer
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="plan.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0xLjQ=
            --outer--
            An epilogue.
            """;

        var mail = MailText.Read(Nested);

        mail.Text.ShouldBe("The plain words");
        mail.Html.ShouldNotBeNull().ShouldContain("rich");
        mail.Files.Select(file => (file.Name, file.ContentType, file.Content.Length)).ShouldBe([("logo.png", "image/png", 8), ("plan.pdf", "application/pdf", 8)]);
    }

    [Fact]
    public void Html_alone_becomes_text() =>
        MailText.Read("From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n<p>Hello&nbsp;<b>you</b></p>").Text.ShouldBe("Hello you");

    [Fact]
    public void Text_on_both_sides_of_a_picture_is_all_kept()
    {
        var mail = MailText.Read("From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nBefore\n--b\nContent-Type: image/png\n\nx\n--b\n\nAfter\n--b--");

        mail.Text.ShouldBe("Before\nAfter");
        mail.Files.Count.ShouldBe(1);
    }

    [Fact]
    public void A_mail_inside_a_mail_is_a_file()
    {
        var mail = MailText.Read("From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below\n--b\nContent-Type: message/rfc822\n\nFrom: x@example.org\nSubject: Old: offer\n\nInside\n--b--");

        mail.Text.ShouldBe("See below");
        mail.From!.Address.ShouldBe("a@example.com");
        mail.Files.Single().Name.ShouldBe("Old offer.eml");
        Encoding.UTF8.GetString(mail.Files.Single().Content.Span).ShouldContain("Inside");
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n\n\n", null)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nJust words", "Just words")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nOne part without an end", "One part without an end")]
    [InlineData("Content-Type: multipart/mixed\n\n--guess\nContent-Type: text/plain\n\nFound\n--guess--", "Found")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--bb\n\nNot a part\n--b  \n\nA part\n--b--", "A part")]
    [InlineData("Content-Type: nonsense\n\nWords", "Words")]
    [InlineData("Content-Type: text/plain; format=flowed\n\nOne line \nthat goes on\nand another", "One line that goes on\nand another")]
    public void Odd_multiparts_lose_no_words(string rest, string? text) =>
        MailText.Read("From: a@example.com\n" + rest).Text.ShouldBe(text);

    [Fact]
    public void Line_ends_of_old_programs_are_line_ends() =>
        MailText.Read("From: a@example.com\rSubject: Old\r\rOne\rTwo").ShouldSatisfyAllConditions(
            mail => mail.Subject.ShouldBe("Old"),
            mail => mail.Text.ShouldBe("One\nTwo"));

    [Fact]
    public void Depth_and_number_of_parts_are_bounded()
    {
        var deep = new StringBuilder("From: a@example.com\n");
        for (int level = 0; level < 200; level++)
            deep.Append("Content-Type: multipart/mixed; boundary=b").Append(level).Append("\n\n--b").Append(level).Append('\n');
        var wide = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 5_000));

        Depth(MimeReader.Read(Encoding.ASCII.GetBytes(deep.ToString()))).ShouldBe(MimeReader.Deepest);
        MimeReader.Read(Encoding.ASCII.GetBytes(wide)).Parts.Count.ShouldBe(MimeReader.MostParts);
    }

    private static int Depth(MimeEntity entity) => entity.Parts.Count is 0 ? 0 : 1 + entity.Parts.Max(Depth);
}
