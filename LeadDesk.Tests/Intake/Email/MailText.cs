using System.Text;
using LeadDesk.Intake.Email;

namespace LeadDesk.Tests.Intake.Email;

/// <summary>Mails for tests: header lines, an empty line, the body.</summary>
internal static class MailText
{
    public static InboundMail Read(string mail) => Read(Encoding.UTF8.GetBytes(mail));

    public static InboundMail Read(byte[] mail, string contentType = "message/rfc822") =>
        MailReader.Read(mail, contentType).Mail.ShouldNotBeNull();

    /// <summary>With every letter as one byte, so that any bytes can be written as text.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
