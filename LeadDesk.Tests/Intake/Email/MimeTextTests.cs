using System.Text;
using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Tests.Intake.Email;

/// <summary>Encoded words, parameters, transfer encodings, character sets, addresses and dates.</summary>
public sealed class MimeTextTests
{
    [Theory]
    [InlineData("=?UTF-8?B?2YXYqtis2LEg2LPZiNmC?=", "متجر سوق")]
    [InlineData("=?utf-8?Q?Fiyat_teklifi?= =?utf-8?Q?_=C4=B0stanbul?=", "Fiyat teklifi İstanbul")]
    [InlineData("=?UTF-8?B?w4Q=?= and =?UTF-8?B?w5w=?=", "Ä and Ü")]
    [InlineData("=?UTF-8?Q?=C3?= =?UTF-8?Q?=A9t=C3=A9?=", "été")] // cut inside a character
    [InlineData("=?UTF-8?B?w?= =?UTF-8?Q?=A9?=", "\uFFFD")]
    [InlineData("=?iso-8859-9?Q?=DE=FCkr=FC?=", "Şükrü")]
    [InlineData("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本")]
    [InlineData("=?utf-8*en?Q?with_a_language?=", "with a language")]
    [InlineData("=?utf-8?Q?spaces that must not be?=", "spaces that must not be")]
    [InlineData("=?x-nobody-knows?Q?plain?=", "plain")]
    [InlineData("=?utf-8?X?what?=", "=?utf-8?X?what?=")]
    [InlineData("=?utf-8?Q?never ends", "=?utf-8?Q?never ends")]
    [InlineData("a =? b ?= c", "a =? b ?= c")]
    public void Encoded_words_are_read(string written, string text)
    {
        if (text is "\uFFFD")
            EncodedWords.Decode(written).ShouldNotBeEmpty();
        else
            EncodedWords.Decode(written).ShouldBe(text);
    }

    [Theory]
    [InlineData("attachment; filename=\"plan.pdf\"", "plan.pdf")]
    [InlineData("attachment; filename*=utf-8''%C5%9Fema.pdf", "şema.pdf")]
    [InlineData("attachment; filename*0=\"a long \"; filename*1=\"name.pdf\"", "a long name.pdf")]
    [InlineData("attachment; filename*1*=%BC.pdf; filename*0*=utf-8'tr'fiyat%C3", "fiyatü.pdf")]
    [InlineData("attachment; filename=plain.pdf; filename*=utf-8''%C3%BC.pdf", "ü.pdf")]
    [InlineData("attachment; filename=\"=?utf-8?Q?=C5=9Fema.pdf?=\"", "şema.pdf")]
    [InlineData("attachment; filename=\"a;b \\\"c\\\".pdf\"", "a;b \"c\".pdf")]
    [InlineData("attachment; filename=ci\u00EFle.txt", "ciïle.txt")]
    [InlineData("attachment; filename=\"never closed.pdf", "never closed.pdf")]
    public void File_names_are_read_in_all_their_forms(string header, string name) =>
        HeaderParameters.Parse(header).Value("filename").ShouldBe(name);

    [Theory]
    [InlineData("SGVsbG8=", "Hello")]
    [InlineData("SGVsbG8", "Hello")]
    [InlineData("SGVs\r\n  bG8= \r\n", "Hello")]
    [InlineData("SG!Vs*bG8=", "Hello")]
    [InlineData("SGVsbG8=SGVsbG8=", "HelloHello")]
    [InlineData("S", "")]
    public void Broken_base64_gives_what_can_be_had(string encoded, string text) =>
        Encoding.UTF8.GetString(TransferEncodings.FromBase64(Encoding.ASCII.GetBytes(encoded))).ShouldBe(text);

    [Theory]
    [InlineData("f=C3=BCnf", "fünf")]
    [InlineData("f=c3=bcnf", "fünf")]
    [InlineData("one =\r\nline", "one line")]
    [InlineData("one=  \nline", "oneline")]
    [InlineData("1=2, =XY", "1=2, =XY")]
    [InlineData("at the end=", "at the end")]
    public void Broken_quoted_printable_gives_what_can_be_had(string encoded, string text) =>
        Encoding.UTF8.GetString(TransferEncodings.FromQuotedPrintable(Encoding.ASCII.GetBytes(encoded), isWord: false)).ShouldBe(text);

    [Theory]
    [InlineData("ks_c_5601-1987", "\xBD\xBA\xC6\xBC\xC7\xD8", "스티해")]
    [InlineData("KS_C_5601-1987", "\xBD\xBA", "스")]
    [InlineData("windows-1254", "\xDE\xFD", "Şı")]
    [InlineData("cp1254", "\xDE\xFD", "Şı")]
    [InlineData("iso-8859-9", "\xDE\xFD", "Şı")]
    [InlineData("iso-8859-15", "\xA4", "€")]
    [InlineData("iso-8859-1", "\x80", "€")] // what Windows programs mean by it
    [InlineData("windows-1256", "\xE3\xD1\xCD\xC8\xC7", "مرحبا")]
    [InlineData("koi8-r", "\xF0\xD2\xC9", "При")]
    [InlineData("gb2312", "\xC4\xE3\xBA\xC3", "你好")]
    [InlineData("shift_jis", "\x93\xFA\x96\x7B", "日本")]
    [InlineData("big5", "\xA7\x41", "你")]
    [InlineData(" \"UTF8\" ", "\xC3\xBC", "ü")]
    [InlineData("x-unknown", "\xC3\xBC", "ü")]
    [InlineData("x-unknown", "\xFC", "ü")]
    [InlineData("us-ascii", "\xFC", "ü")]
    [InlineData("utf-8", "\xFC", "ü")]
    [InlineData("utf-7", "a+b", "a+b")]
    [InlineData("cp99999", "\xFC", "ü")]
    [InlineData(null, "\xC3\xBC", "ü")]
    public void Character_sets_are_known_by_the_names_mails_use(string? name, string bytes, string text) =>
        Charsets.Decode(MailText.Bytes(bytes), name).ShouldBe(text);

    [Fact]
    public void One_broken_character_does_not_turn_a_text_into_another_language() =>
        Charsets.Decode(MailText.Bytes("\xC5\x9F\xC3\xBC\xC4\xB1 \xFF"), "utf-8").ShouldBe("şüı \uFFFD");

    [Fact]
    public void What_cannot_be_stored_is_left_out() => Charsets.Decode("a\0b\u0007c\r\nd\re"u8, null).ShouldBe("abc\nd\ne");

    [Theory]
    [InlineData("ali@example.com", null, "ali@example.com")]
    [InlineData("Ali Khan <ali@example.com>", "Ali Khan", "ali@example.com")]
    [InlineData("\"Khan, Ali\" <ali@example.com>", "Khan, Ali", "ali@example.com")]
    [InlineData("\"Ali \\\"AK\\\" Khan\" <ali@example.com>", "Ali \"AK\" Khan", "ali@example.com")]
    [InlineData("=?utf-8?Q?Khan=2C_Ali?= <ali@example.com>", "Khan, Ali", "ali@example.com")]
    [InlineData("ali@example.com (Ali Khan)", "Ali Khan", "ali@example.com")]
    [InlineData("Ay\u015Fe Y\u0131lmaz ayse@example.com", "Ayşe Yılmaz", "ayse@example.com")]
    [InlineData("'ali@example.com' <ali@example.com>", null, "ali@example.com")]
    [InlineData("<@relay.example,@b.example:ali@example.com>", null, "ali@example.com")]
    [InlineData("Team: Ali <ali@example.com>, sara@example.com;", "Ali", "ali@example.com")]
    [InlineData("\"never closed <ali@example.com>", "never closed", "ali@example.com")]
    public void Addresses_are_read_as_they_are_written(string header, string? name, string address)
    {
        var person = MailAddresses.First(header).ShouldNotBeNull();
        (person.Name, person.Address).ShouldBe((name, address));
    }

    [Theory]
    [InlineData("Undisclosed recipients:;")]
    [InlineData("<>")]
    [InlineData("nobody")]
    [InlineData("@")]
    [InlineData(null)]
    public void What_is_no_address_is_nobody(string? header) => MailAddresses.Parse(header).ShouldBeEmpty();

    [Fact]
    public void A_list_may_use_commas_and_semicolons() =>
        MailAddresses.Parse("\"A, B\" <a@example.com>, b@example.com; C <c@example.com>").Select(person => person.Address).ShouldBe(["a@example.com", "b@example.com", "c@example.com"]);

    [Theory]
    [InlineData("Wed, 28 May 2014 17:18:19 +0900 (JST)", "2014-05-28T08:18:19Z")]
    [InlineData("28 May 14 17:18 GMT", "2014-05-28T17:18:00Z")]
    [InlineData("Wed,  5 Oct 2022 09:00:00 -0330", "2022-10-05T12:30:00Z")]
    [InlineData("5 Oct 2022 09:00:00 PDT", "2022-10-05T16:00:00Z")]
    [InlineData("2024-02-22T23:41:12.126Z", "2024-02-22T23:41:12.126Z")]
    public void Dates_are_read_with_their_zone(string written, string utc) =>
        MailDates.Parse(written).ShouldBe(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal));

    [Theory]
    [InlineData("31 Feb 2022 10:00:00 +0000")]
    [InlineData("5 Oct 2022 25:00:00 +0000")]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_date_is_none(string? written) => MailDates.Parse(written).ShouldBeNull();

    [Theory]
    [InlineData("<p>Hello<br>you</p><p>Bye</p>", "Hello\nyou\n\nBye")]
    [InlineData("a<script>alert('</p>')</script>b<style>p{}</style>c<!-- <b>d</b> -->e", "abce")]
    [InlineData("<head><title>x</title></head><body>y</body>", "y")]
    [InlineData("<script>never closed", "")]
    [InlineData("1 < 2 &amp; 3 &gt; 2 &euro;", "1 < 2 & 3 > 2 €")]
    [InlineData("<a title=\"a > b\">link</a>", "link")]
    [InlineData("<a title=\"never closed>link</a> more", "link more")]
    [InlineData("<ul><li>one<li>two</ul>", "- one\n- two")]
    [InlineData("  many\n   spaces\t here ", "many spaces here")]
    [InlineData("<<<>>>", "<<<>>>")]
    public void Html_becomes_text_without_what_is_never_shown(string html, string text) => HtmlText.Read(html).ShouldBe(text);

    [Theory]
    [InlineData("..\\..\\windows\\system32\\evil.exe", "evil.exe")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("offer\u202Efdp.exe", "offerfdp.exe")]
    [InlineData("a\u0000b\r\n:*?.txt", "ab.txt")]
    [InlineData("...", null)]
    [InlineData("", null)]
    public void File_names_are_made_safe(string written, string? name) => FileNames.Safe(written).ShouldBe(name);

    [Fact]
    public void A_long_file_name_keeps_its_ending() =>
        FileNames.Safe(new string('x', 400) + ".pdf").ShouldNotBeNull().ShouldSatisfyAllConditions(name => name.Length.ShouldBe(150), name => name.ShouldEndWith(".pdf"));
}
