using LeadDesk.Intake.Email.FormMails;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Tests.Intake.Email;

public sealed class FormMailTests
{
    private const string Site = "From: Acme <wordpress@acme.example>\nTo: admin@acme.example\n";

    [Fact]
    public void Contact_Form_7_writes_name_and_address_without_brackets()
    {
        var lead = Lead(Site + """
            Reply-To: ayse.yilmaz@example.com
            Subject: Acme "Fiyat teklifi"

            From: Ayşe Yılmaz ayse.yilmaz@example.com
            Subject: Fiyat teklifi

            Message Body:
            Merhaba, fiyat alabilir miyim?

            Not: acele
            Telefon: 0555 123 45 67

            -- 
            This is a notification that a contact form was submitted on your website (Acme https://acme.example).
            """);

        (lead.Name, lead.Email, lead.Phone).ShouldBe(("Ayşe Yılmaz", "ayse.yilmaz@example.com", "0555 123 45 67"));
        lead.Message.ShouldBe("Merhaba, fiyat alabilir miyim?\n\nNot: acele\nTelefon: 0555 123 45 67");
    }

    [Fact]
    public void Contact_Form_7_once_wrote_them_with_brackets()
    {
        var lead = Lead(Site + "Subject: Acme \"Hello\"\n\nFrom: Visitor, Jane <visitor@example.com>\nSubject: Hello\n\nMessage Body:\nPlease call me.\n\n-- \nThis e-mail was sent from a contact form on Acme (https://acme.example)\n");

        (lead.Name, lead.Email, lead.Message).ShouldBe(("Visitor, Jane", "visitor@example.com", "Please call me."));
    }

    [Theory]
    [InlineData("Von: Jürgen Groß j.gross@example.de\nBetreff: Angebot\n\nNachricht:\nWas kostet das?\n\n-- \nDiese E-Mail wurde gesendet", "Jürgen Groß", "j.gross@example.de", "Was kostet das?")]
    [InlineData("De: Ana López <ana@example.es>\nAsunto: Precio\n\nMensaje:\n¿Cuánto cuesta?", "Ana López", "ana@example.es", "¿Cuánto cuesta?")]
    [InlineData("Kimden: Ali Can ali@example.com.tr\nKonu: Fiyat\n\nMesaj:\nNe kadar?", "Ali Can", "ali@example.com.tr", "Ne kadar?")]
    [InlineData("Ad Soyad: Ali Can\nE-posta: ali@example.com.tr\nTelefon: 0555 123 45 67\nMesaj: Ne kadar?\nİkinci satır", "Ali Can", "ali@example.com.tr", "Ne kadar?\nİkinci satır")]
    [InlineData("You have a new submission:\n\n*Name:* Sara\n*Email:* sara@example.com\n*Comment:* Hi there", "Sara", "sara@example.com", "Hi there")]
    [InlineData("--- Name ---\n\nSara Khan\n\n--- Email ---\n\nsara@example.com\n\n--- Comment or Message ---\n\nHow much?\nAnd when?\n", "Sara Khan", "sara@example.com", "How much?\nAnd when?")]
    [InlineData("Name:\nSara Khan\n\nEmail:\nsara@example.com\n\nMessage:\nHow much?\n\nSent from https://acme.example by the contact form", "Sara Khan", "sara@example.com", "How much?")]
    [InlineData("Name: Sara\nMessage: Hi\nthere\nEmail: sara@example.com\n\n---\n\nDate: October 5, 2026\nPage URL: https://acme.example/contact\nPowered by: Elementor", "Sara", "sara@example.com", "Hi\nthere")]
    [InlineData("First Name: Sara\nLast Name: Khan\nEmail: sara@example.com\n\nI would like to buy five chairs.", "Sara Khan", "sara@example.com", "I would like to buy five chairs.")]
    public void Labels_and_answers_are_taken_apart_in_many_languages(string body, string name, string email, string message)
    {
        var lead = Lead(Site + "Subject: New form\nContent-Type: text/plain; charset=utf-8\n\n" + body);

        (lead.Name, lead.Email, lead.Message).ShouldBe((name, email, message));
    }

    [Theory]
    [InlineData("<table><tr><th>Name</th><td>Sara Khan</td></tr><tr><th>Email</th><td><a href='mailto:sara@example.com'>sara@example.com</a></td></tr><tr><th>Message</th><td>Line one<br>Line two</td></tr></table>")]
    [InlineData("<table><tr><td><table><tr bgcolor='#EAF2FA'><td colspan='2'><font><strong>Name</strong></font></td></tr><tr><td width='20'>&nbsp;</td><td>Sara Khan</td></tr><tr><td colspan='2'><strong>Email</strong></td></tr><tr><td>&nbsp;</td><td>sara@example.com</td></tr><tr><td colspan='2'><strong>Message</strong></td></tr><tr><td>&nbsp;</td><td>Line one<br />Line two</td></tr></table></td></tr></table>")]
    [InlineData("<table><tr><td><strong>Name</strong></td></tr><tr><td>Sara Khan</td></tr><tr><td><b>Email</b></td></tr><tr><td>sara@example.com</td></tr><tr><td><b>Message</b></td></tr><tr><td><p>Line one</p><p>Line two</p></td></tr></table>")]
    [InlineData("<p>Name: Sara Khan<br>Email: sara@example.com<br>Message: Line one<br>Line two</p>")]
    public void Tables_of_form_plug_ins_are_taken_apart(string html)
    {
        var lead = Lead(Site + "Content-Type: text/html; charset=utf-8\n\n<html><head><style>td{}</style></head><body>" + html + "</body></html>");

        (lead.Name, lead.Email, lead.Message).ShouldBe(("Sara Khan", "sara@example.com", "Line one\nLine two"));
    }

    [Fact]
    public void Other_answers_are_kept_under_their_names()
    {
        var answers = Answers(Site + "\n\nName: Sara\nPhone: +44 20 7946 0000\nBudget: 5.000 EUR\nColour:\nMessage: Hi");

        answers.Select(answer => (answer.Key, answer.Values.SingleOrDefault())).ShouldBe([("Name", "Sara"), ("Phone", "+44 20 7946 0000"), ("Budget", "5.000 EUR"), ("Colour", null), ("Message", "Hi")]);
    }

    [Fact]
    public void Where_the_form_asks_for_no_address_Reply_To_names_the_visitor()
    {
        var lead = Lead(Site + "Reply-To: Sara Khan <sara@example.com>\n\nPhone: +44 20 7946 0000\nMessage: Call me");

        (lead.Name, lead.Email, lead.Phone).ShouldBe(("Sara Khan", "sara@example.com", "+44 20 7946 0000"));
    }

    [Fact]
    public void The_site_itself_is_never_the_visitor() =>
        Lead(Site + "\nName: Sara\nPhone: +44 20 7946 0000\nMessage: Call me").Email.ShouldBeNull();

    [Theory]
    [InlineData("Hello,\nhow much is the large one?\nThanks\nSara")]
    [InlineData("Dear Sir:\n\nPlease note: I need five.\nMeeting at 10:30 is fine.")]
    [InlineData("Hello,\n\none\ntwo\nthree\nfour\nfive\nsix\n\nSara Khan\nPhone: +44 20 7946 0000\nEmail: sara@example.com\nCompany: Acme")]
    [InlineData("")]
    public void Letters_of_people_are_left_whole(string body) =>
        FormMail.Read(MailText.Read("From: Sara <sara@example.com>\nTo: in@acme.example\n\n" + body)).ShouldBeNull();

    [Fact]
    public void A_person_who_writes_labels_is_shown_with_all_he_wrote()
    {
        var lead = Lead("From: Sara <sara@example.com>\nTo: in@acme.example\n\nHow much is it?\nName: Sara Khan\nPhone: +44 20 7946 0000");

        (lead.Name, lead.Phone, lead.Email).ShouldBe(("Sara Khan", "+44 20 7946 0000", "sara@example.com"));
        lead.Message.ShouldNotBeNull().ShouldStartWith("How much is it?");
    }

    [Theory]
    [InlineData("From: Sara <sara@example.com>\nReply-To: other@example.org", "sara@example.com")]
    [InlineData("From: noreply@forms.example\nReply-To: sara@example.com", "sara@example.com")]
    [InlineData("From: Acme <info@acme.example>\nTo: sales@acme.example\nReply-To: sara@example.com", "sara@example.com")]
    [InlineData("From: Acme <info@acme.example>\nTo: sales@acme.example\nReply-To: boss@acme.example", "info@acme.example")]
    [InlineData("Reply-To: sara@example.com", "sara@example.com")]
    [InlineData("From: Sara <sara@example.com>\nReply-To: nonsense", "sara@example.com")]
    public void Who_wrote_is_From_unless_a_site_only_passes_it_on(string headers, string visitor) =>
        FormMail.Visitor(MailText.Read(headers + "\n\nHow much?")).ShouldNotBeNull().Address.ShouldBe(visitor);

    private static MappedLead Lead(string mail) => LeadMapper.Map(Answers(mail), FieldMapping.Guessed);

    private static IReadOnlyList<FormAnswer> Answers(string mail) => FormMail.Read(MailText.Read(mail)).ShouldNotBeNull();
}
