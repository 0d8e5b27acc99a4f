using LeadDesk.Common;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Email.FormMails;

/// <summary>
/// A website's form that was filled in and sent by mail, taken apart into what was asked and answered. The person is who filled
/// it in: the address in the form or in Reply-To, never the site in From.
/// </summary>
public static class FormMail
{
    /// <summary>Fields that make a list of labels a form's rather than a letter with a signature.</summary>
    private const int FewestKnown = 2;

    /// <summary>A form's labels start near the top; a signature's at the end.</summary>
    private const int LongestIntroduction = 6;

    /// <returns>The answers in their order; null when the mail is no form's.</returns>
    public static IReadOnlyList<FormAnswer>? Read(InboundMail mail)
    {
        var lines = mail.Text is null ? null : LabelledLines.Read(mail.Text);
        var byLine = lines is not null && lines.Introduction <= LongestIntroduction ? lines.Answers : [];
        var byCell = mail.Html is null ? [] : HtmlPairs.Read(mail.Html);
        var answers = Known(byCell) > Known(byLine) ? byCell : byLine;
        // Some forms ask for a name and a message only; then the site tells who asked in Reply-To.
        if (Known(answers) < FewestKnown || (!answers.Any(IsContact) && Visitor(mail) == mail.From))
            return null;

        var all = answers.ToList();
        if (lines is not null && answers == byLine && FreeText(mail, lines) is { } message)
            all.Add(message);
        if (!all.Any(answer => IsField(answer, LeadField.Email)) && Visitor(mail) is { } visitor)
            AddVisitor(all, visitor);
        return all;
    }

    /// <summary>
    /// Who wrote to us, of a mail that is no form's: Reply-To where the site only passes the mail on, else From.
    /// </summary>
    public static MailPerson? Visitor(InboundMail mail)
    {
        if (mail.ReplyTo is not { } reply || !EmailAddress.TryNormalise(reply.Address, out var address))
            return mail.From;
        if (mail.From is not { } from || !EmailAddress.TryNormalise(from.Address, out var site))
            return reply;
        return address != site && (IsRobot(site) || mail.To.Any(to => DomainOf(to.Address) == DomainOf(site) && DomainOf(address) != DomainOf(site))) ? reply : from;
    }

    /// <summary>Words beside the labels. A person who wrote labels into his own mail is shown with all he wrote.</summary>
    private static FormAnswer? FreeText(InboundMail mail, LabelledLines lines)
    {
        if (lines.Answers.Any(answer => IsField(answer, LeadField.Message)))
            return null;
        var text = IsOwnMail(mail, lines.Answers) ? mail.Text : lines.Rest;
        return string.IsNullOrWhiteSpace(text) ? null : new FormAnswer("message", null, [text], LeadField.Message);
    }

    private static bool IsOwnMail(InboundMail mail, IReadOnlyList<FormAnswer> answers)
    {
        if (mail.From is not { } from || !EmailAddress.TryNormalise(from.Address, out var sender) || IsRobot(sender))
            return false;
        var given = answers.Where(answer => IsField(answer, LeadField.Email)).SelectMany(answer => answer.Values).FirstOrDefault();
        return given is null ? Visitor(mail) == from : EmailAddress.TryNormalise(given, out var address) && address == sender;
    }

    private static void AddVisitor(List<FormAnswer> answers, MailPerson visitor)
    {
        if (EmailAddress.TryNormalise(visitor.Address, out var address) && IsRobot(address))
            return;
        answers.Add(new FormAnswer("reply-to", null, [visitor.Address], LeadField.Email));
        if (visitor.Name is { } name && !answers.Any(answer => IsField(answer, LeadField.Name) || IsField(answer, LeadField.FirstName) || IsField(answer, LeadField.LastName)))
            answers.Add(new FormAnswer("reply-to-name", null, [name], LeadField.Name));
    }

    /// <summary>Addresses that programs write from and nobody reads.</summary>
    internal static bool IsRobot(string address)
    {
        var local = address.Split('@')[0].Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return local is "wordpress" or "www" or "wwwdata" or "apache" or "nobody" or "mailer" or "webform" or "webforms" or "webmaster" or "website" or "forms" or "form" or "notifications" or "notification"
            || local.StartsWith("noreply", StringComparison.Ordinal) || local.StartsWith("donotreply", StringComparison.Ordinal);
    }

    private static string DomainOf(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
        return domain.StartsWith("www.", StringComparison.Ordinal) ? domain["www.".Length..] : domain;
    }

    private static int Known(IReadOnlyList<FormAnswer> answers) => answers
        .Where(answer => answer.Values.Count > 0)
        .Select(FieldOf)
        .Where(field => field is not (LeadField.Custom or LeadField.Ignore or LeadField.Source or LeadField.Campaign))
        .Distinct().Count();

    private static LeadField FieldOf(FormAnswer answer) => answer.Hint ?? FormLabels.Named(answer.Label ?? answer.Key) ?? LeadField.Custom;

    private static bool IsField(FormAnswer answer, LeadField field) => answer.Values.Count > 0 && FieldOf(answer) == field;

    private static bool IsContact(FormAnswer answer) => FieldOf(answer) switch
    {
        LeadField.Email => answer.Values.Any(FieldContent.IsEmail),
        LeadField.Phone => answer.Values.Any(FieldContent.HasPhoneDigits),
        _ => false,
    };
}
