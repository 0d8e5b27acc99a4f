using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Intake.Email;
using LeadDesk.Intake.Email.FormMails;
using LeadDesk.Tests.Common;

namespace LeadDesk.Tests.Intake.Email;

public sealed class MimeProperties
{
    private static readonly string[] Charsets =
        ["utf-8", "iso-8859-1", "iso-2022-jp", "iso-2022-kr", "gb18030", "hz-gb-2312", "shift_jis", "euc-jp", "big5", "koi8-u", "windows-1258", "utf-16", "utf-32", "utf-7", "x-none", ""];

    // Texts made of what mails are made of, so that many of them get far into the reader.
    private static readonly string[] Pieces =
    [
        "From: ", "To: ", "Subject: ", "Content-Type: ", "multipart/mixed; boundary=b", "multipart/alternative; boundary=\"b\"", "text/html", "text/plain; charset=", "message/rfc822", "\r\n", "\n", "\n\n", "\n ",
        "--b\n", "--b--\n", "--", "=?utf-8?B?", "=?utf-8?Q?", "?=", "=C3", "=\n", "w4Q=", "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n",
        "Content-Disposition: attachment; filename*0*=utf-8''%C3", "; filename*1=x", "a@b.example", "<", ">", "\"", "(", ")", ",", ";", ":", "\\", "<p>", "<table><tr><td>", "</td>", "<script>", "<!--", "Name: Ali\n", "Email: a@b.example\n",
        "Message:\n", "Phone: +44 20 7946 0000\n", "Date: 5 Oct 2022 10:00 +0000\n", "\0", "\x80", "\xFF", "\xC3\xBC", "{", "}", "[", "]", "\"Headers\":", "\"FromFull\":", "\\ud83d", "&", "%C3", "=", "+", "name=\"headers\"", "Content-Disposition: form-data; ",
        "\x1B$B", "~{", "x",
    ];

    private static Gen<byte[]> AnyBytes { get; } = Gen.OneOf(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
        Gen.Elements(Pieces).ListOf().Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces))),
        from head in Gen.Elements("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n", "{\"FromFull\":", "From: a@b.example\nContent-Type: text/html\n\n", "Content-Disposition: form-data; name=\"text\"\n\n")
        from pieces in Gen.Elements(Pieces).ListOf()
        select Encoding.Latin1.GetBytes(head + string.Concat(pieces)));

    [Fact]
    public void No_bytes_make_the_reader_throw_and_whatever_it_reads_can_be_stored()
    {
        var requests = Gen.Zip(AnyBytes, Gen.Elements("message/rfc822", "application/json", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded", "", "nonsense;;=")).ToArbitrary();
        Prop.ForAll(requests, request =>
        {
            var mail = MailReader.Read(request.Item1, request.Item2).Mail;
            MailReader.SignatureOf(request.Item1, request.Item2);
            if (mail is null)
                return true;
            var answers = FormMail.Read(mail) ?? [];
            string?[] texts = [mail.Subject, mail.Text, mail.MessageId, mail.From?.Name, mail.From?.Address, .. mail.Files.Select(file => file.Name), .. answers.SelectMany(answer => answer.Values)];
            return texts.All(text => text is null || LeadDesk.Common.TextRules.FindForbiddenControl(text) is null);
        }).Check(TextSamples.Many);
    }

    [Fact]
    public void No_character_set_makes_any_bytes_throw() =>
        Prop.ForAll(Gen.Zip(AnyBytes, Gen.Elements(Charsets)).ToArbitrary(), pair =>
            LeadDesk.Common.TextRules.FindForbiddenControl(LeadDesk.Intake.Email.Mime.Charsets.Decode(pair.Item1, pair.Item2)) is null).Check(TextSamples.Many);

    [Fact]
    public void What_a_sender_writes_is_what_is_read() =>
        Prop.ForAll(Written.ToArbitrary(), written =>
        {
            var mail = MailText.Read(written.ToBytes());
            return mail.Subject == written.Subject && mail.Text == written.Text && mail.From!.Name == written.Name
                && mail.Files.Single().Name == written.FileName && mail.Files.Single().Content.Span.SequenceEqual(written.File);
        }).QuickCheckThrowOnFailure();

    private static Gen<WrittenMail> Written =>
        from subject in Words
        from name in Words
        from text in Words
        from file in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
        from fileName in Gen.Elements("plan.pdf", "Şema 1.pdf", "見積.xlsx", "a;b's.txt")
        from quoted in Gen.Elements(true, false)
        from width in Gen.Choose(1, 20)
        from lineEnd in Gen.Elements("\r\n", "\n")
        select new WrittenMail(subject, name, text, file, fileName, quoted, width, lineEnd);

    private static Gen<string> Words { get; } =
        Gen.NonEmptyListOf(Gen.Elements("Fiyat", "İstanbul", "ürün", "سلام", "見積もり", "📞", "Khan", "=?", "?=", "--b", "=3D", "10%", "a,b", "<c>", "\"d\"", "e@f.example")).Select(words => string.Join(' ', words));

    /// <summary>A small sender of mails that cuts its encoded words anywhere, even inside characters.</summary>
    private sealed record WrittenMail(string Subject, string Name, string Text, byte[] File, string FileName, bool Quoted, int Width, string LineEnd)
    {
        public byte[] ToBytes()
        {
            string[] lines =
            [
                $"From: {Encoded(Name)} <ali@example.com>",
                $"Subject: {Encoded(Subject)}",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed;",
                "\tboundary=\"the boundary\"",
                "",
                "--the boundary",
                "Content-Type: text/plain; charset=\"utf-8\"",
                $"Content-Transfer-Encoding: {(Quoted ? "Quoted-Printable" : "BASE64")}",
                "",
                Quoted ? string.Concat(Encoding.UTF8.GetBytes(Text).Select(value => $"={value:X2}")) : Convert.ToBase64String(Encoding.UTF8.GetBytes(Text)),
                "--the boundary",
                "Content-Type: application/octet-stream",
                $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(FileName)}",
                "Content-Transfer-Encoding: base64",
                "",
                Convert.ToBase64String(File, Base64FormattingOptions.InsertLineBreaks),
                "--the boundary--",
            ];
            return Encoding.ASCII.GetBytes(string.Join(LineEnd, lines));
        }

        private string Encoded(string text) => string.Join(LineEnd + " ", Encoding.UTF8.GetBytes(text).Chunk(Width).Select(chunk => Quoted
            ? $"=?utf-8?q?{string.Concat(chunk.Select(value => $"={value:X2}"))}?="
            : $"=?UTF-8?B?{Convert.ToBase64String(chunk)}?="));
    }
}
