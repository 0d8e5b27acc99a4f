using LeadDesk.Intake.Email;

namespace LeadDesk.Tests.Intake.Email;

public sealed class MailQuotesTests
{
    [Theory]
    [InlineData("Yes.\n\nOn Tue, 3 Mar 2026 at 10:00, Sara <s@example.com> wrote:\n> Shall I?")]
    [InlineData("Yes.\n\nOn Tue, 3 Mar 2026 at 10:00, Sara Khan <\ns@example.com> wrote:\n\n> Shall I?")]
    [InlineData("Yes.\nOn Tue, 3 Mar 2026 at 10:00,\nSara Khan <s@example.com>\nwrote:\n> Shall I?")]
    [InlineData("Yes.\n\nAm Di., 3. März 2026 um 10:00 Uhr schrieb Sara <s@example.com>:\n> Soll ich?")]
    [InlineData("Yes.\n\nLe mar. 3 mars 2026 à 10:00, Sara <s@example.com> a écrit :\n> ?")]
    [InlineData("Yes.\n\nEl mar, 3 mar 2026 a las 10:00, Sara (<s@example.com>) escribió:\n> ?")]
    [InlineData("Yes.\n\nSara <s@example.com>, 3 Mar 2026 Sal, 10:00 tarihinde şunu yazdı:\n> ?")]
    [InlineData("Yes.\n\nFrom: Sara <s@example.com>\nSent: Tuesday, March 3, 2026 10:00\nTo: Ali\nSubject: Offer\n\nShall I?")]
    [InlineData("Yes.\n\n*Von:* Sara\n*Gesendet:* Dienstag\n*An:* Ali\n\nSoll ich?")]
    [InlineData("Yes.\n\nDe : Sara\nEnvoyé : mardi\nÀ : Ali\n\n?")]
    [InlineData("Yes.\n\n-----Original Message-----\nFrom: Sara")]
    [InlineData("Yes.\n\n-----Ursprüngliche Nachricht-----\nVon: Sara")]
    [InlineData("Yes.\n\n________________________________\nFrom: Sara")]
    [InlineData("Yes.\n\n-- \nAli Khan\nAcme")]
    [InlineData("Yes.\n\nSent from my iPhone")]
    [InlineData("> Shall I?\nYes.\n> When?")]
    public void Only_the_new_words_are_left(string mail) => MailQuotes.NewPart(mail).ShouldBe("Yes.");

    [Theory]
    [InlineData("My brother told me:\nask them. He wrote: no.\nFrom: Ankara\nTo: Izmir")]
    [InlineData("---------- Forwarded message ---------\nFrom: Sara")]
    [InlineData("> only a quote")]
    [InlineData("Sizes:\n--- small ---x\n10 - 20")]
    public void Other_words_stay(string mail) => MailQuotes.NewPart(mail).ShouldBe(mail);
}
