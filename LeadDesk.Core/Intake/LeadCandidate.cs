using LeadDesk.Common;
using LeadDesk.Intake.Channels;
using LeadDesk.Leads;

namespace LeadDesk.Intake;

/// <summary>An incoming lead, normalised: addresses checked, names cleaned, the channel's habits undone.</summary>
internal sealed record LeadCandidate
{
    public required string Channel { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public bool PhoneValid { get; init; }

    public string? Email { get; init; }

    public bool EmailValid { get; init; }

    /// <summary>The whole message as written.</summary>
    public string? Message { get; init; }

    /// <summary>What of the message says something new: without quoted mails and signatures.</summary>
    public string? Telling { get; init; }

    /// <summary>How the channel names the person, when it does.</summary>
    public string? ChannelId { get; init; }

    public LeadMarks Marks { get; init; }

    public string? Organisation { get; init; }

    public string? JobTitle { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    public string? Interest { get; init; }

    public string? Campaign { get; init; }

    public string? Source { get; init; }
}

/// <summary>Turns what came in into a <see cref="LeadCandidate"/>, or says which field cannot be taken. Pure.</summary>
internal static class LeadNormaliser
{
    public const int LongestMessage = 20_000;

    private const int LongestField = 500;
    private const int LongestChannel = 50;
    private const int LongestExternalId = 250;

    public static Outcome<LeadCandidate> Normalise(IncomingLead incoming, string companyRegion)
    {
        var errors = Problems(incoming);
        if (errors.Count > 0)
            return Refusal.Invalid(errors);

        var channel = ChannelWord(incoming.Channel);
        var read = ChannelAdapters.For(channel).Read(incoming);
        var region = incoming.Region is { Length: > 0 } given ? given.Trim().ToUpperInvariant() : companyRegion;
        var phoneWritten = Blank(read.Phone);
        var phoneValid = PhoneNumber.TryParse(phoneWritten, region, out var number);
        var emailWritten = Blank(read.Email);
        var emailValid = EmailAddress.TryNormalise(emailWritten, out var address);
        var name = PersonName.Normalise(read.Name);
        var message = Blank(read.Message);
        return new LeadCandidate
        {
            Channel = channel,
            Name = name,
            Phone = phoneValid ? number.E164 : phoneWritten,
            PhoneValid = phoneValid,
            Email = emailValid ? address : emailWritten,
            EmailValid = emailValid,
            Message = message,
            Telling = Blank(read.Telling) ?? message,
            ChannelId = Blank(read.ChannelId),
            Marks = (phoneWritten is null || phoneValid ? LeadMarks.None : LeadMarks.PhoneUnreadable)
                | (emailWritten is null || emailValid ? LeadMarks.None : LeadMarks.EmailUnreadable)
                | (name is null ? LeadMarks.NameMissing : LeadMarks.None)
                | (ChannelAdapters.IsKnown(channel) ? LeadMarks.None : LeadMarks.ChannelUnknown)
                | (incoming.IsTest ? LeadMarks.Test : LeadMarks.None)
                | (incoming.AcceptWithoutContact && phoneWritten is null && emailWritten is null ? LeadMarks.NoContact : LeadMarks.None),
            Organisation = Metadata(incoming, "company", "organisation", "organization", "company_name"),
            JobTitle = Metadata(incoming, "job_title", "position"),
            City = Metadata(incoming, "city", "town"),
            Country = Metadata(incoming, "country"),
            Interest = Metadata(incoming, "interest", "service", "product", "service_interest"),
            Campaign = Metadata(incoming, "campaign", "utm_campaign", "campaign_name"),
            Source = Metadata(incoming, "source", "utm_source"),
        };
    }

    private static Dictionary<string, string[]> Problems(IncomingLead incoming)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Check(errors, "phone", incoming.Phone, LongestField);
        Check(errors, "email", incoming.Email, LongestField);
        Check(errors, "sender_name", incoming.Name, LongestField);
        Check(errors, "channel", incoming.Channel, LongestChannel);
        Check(errors, "external_id", incoming.ExternalId, LongestExternalId);
        Check(errors, "message", incoming.Message, LongestMessage);
        foreach (var (name, value) in incoming.Metadata)
        {
            // U+0000 and lone surrogates cannot be stored; other odd characters in foreign fields are the sender's business.
            if (TextRules.FindForbiddenControl(name) is { } inName)
                errors[$"metadata.{name[..inName.Index]}"] = [$"A field's name contains a character that cannot be stored ({inName}). Remove it."];
            else
                Check(errors, $"metadata.{name}", value, LongestMessage);
        }

        if (incoming.Region is { Length: > 0 } region && !PhoneNumber.IsRegion(region.Trim()))
            errors["region"] = ["The region must be a two-letter country code of ISO 3166, such as PK or DE."];
        if (!incoming.AcceptWithoutContact && Blank(incoming.Phone) is null && Blank(incoming.Email) is null && Blank(incoming.ExternalId) is null)
            errors["phone"] = ["Give a phone, an email or an external_id: without one of them nobody can answer."];
        return errors;
    }

    private static void Check(Dictionary<string, string[]> errors, string field, string? text, int longest)
    {
        if (text is null)
            return;
        if (text.Length > longest)
            errors[field] = [$"At most {longest:N0} characters are allowed here; this has {text.Length:N0}."];
        else if (TextRules.FindForbiddenControl(text) is { } forbidden)
            errors[field] = [$"The text contains a character that cannot be stored ({forbidden}). Remove it."];
    }

    private static string ChannelWord(string? written) =>
        Blank(written)?.ToLowerInvariant() switch
        {
            null => ChannelAdapters.Other,
            "e-mail" or "mail" => "email",
            "web" or "form" or "site" => "website",
            "wa" => "whatsapp",
            "ig" or "insta" => "instagram",
            "facebook" or "fb" or "facebook_messenger" => "messenger",
            var word => word,
        };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Metadata(IncomingLead incoming, params ReadOnlySpan<string> names)
    {
        if (incoming.Metadata.Count is 0)
            return null;
        foreach (var name in names)
        {
            if (incoming.Metadata.TryGetValue(name, out var value) && Blank(value) is { } text)
                return text.Length > LongestField ? text[..LongestField] : text;
        }

        return null;
    }
}
