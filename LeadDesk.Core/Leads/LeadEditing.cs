using LeadDesk.Common;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Correcting a lead's facts: validates, keeps the addresses unique, scores anew.</summary>
internal static class LeadEditing
{
    private const int LongestText = 500;

    public static async Task<Refusal?> ApplyAsync(LeadChange change, LeadEdit edit, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        var contactsBefore = LeadContacts.Exact(lead).ToList();
        var nearBefore = LeadContacts.Near(lead).ToList();
        foreach (var (field, written) in edit.Values)
        {
            if (Set(change, field, written) is { } refusal)
                return refusal;
        }

        if (await MoveContactsAsync(change, contactsBefore, cancellationToken) is { } taken)
            return taken;
        await MoveNearKeysAsync(change, nearBefore, cancellationToken);
        lead.NameKey = LeadText.NameKey(lead.Name, lead.Email, lead.Phone);
        Rescore(change);
        return null;
    }

    /// <summary>Scores the lead as it stands after a change, and says so on the timeline when the score moved.</summary>
    public static void Rescore(LeadChange change)
    {
        var lead = change.Lead;
        var before = LeadText.ScoreWords(lead);
        if (LeadScoring.Apply(lead, change.Company.Scoring, change.Now))
            change.Note(TimelineKind.Scored, before: before, after: LeadText.ScoreWords(lead));
    }

    private static Refusal? Set(LeadChange change, LeadField field, string? written)
    {
        var name = JsonName(field);
        written = string.IsNullOrWhiteSpace(written) ? null : written.Trim();
        if (written?.Length > LongestText)
            return Refusal.Invalid(name, $"At most {LongestText} characters fit here.");
        if (written is not null && TextRules.FindForbiddenControl(written) is { } forbidden)
            return Refusal.Invalid(name, $"The text contains a character that cannot be stored ({forbidden}). Remove it.");

        var lead = change.Lead;
        string? value = written;
        switch (field)
        {
            case LeadField.Phone when written is not null:
                if (!PhoneNumber.TryParse(written, change.Company.Region, out var number))
                    return Refusal.Invalid(name, "This is not a phone number that can be called. Write it with its country code, such as +44 20 7946 0958.");
                value = number.E164;
                break;
            case LeadField.Email when written is not null:
                if (!EmailAddress.TryNormalise(written, out var address))
                    return Refusal.Invalid(name, "This is not an e-mail address. Write it like name@example.com.");
                value = address;
                break;
            case LeadField.Name when written is not null:
                value = PersonName.Normalise(written) ?? written;
                break;
        }

        var before = Get(lead, field);
        if (before == value)
            return null;
        Store(lead, field, value);
        change.Note(TimelineKind.FieldChanged, name, before, value);
        change.SearchTextChanged = true;
        return null;
    }

    /// <summary>The field's name in JSON and on the timeline.</summary>
    public static string JsonName(LeadField field) => field switch
    {
        LeadField.Organisation => "organisation",
        LeadField.JobTitle => "job_title",
        _ => field.ToString().ToLowerInvariant(),
    };

    private static string? Get(Lead lead, LeadField field) => field switch
    {
        LeadField.Name => lead.Name,
        LeadField.Organisation => lead.Organisation,
        LeadField.JobTitle => lead.JobTitle,
        LeadField.Phone => lead.Phone,
        LeadField.Email => lead.Email,
        LeadField.City => lead.City,
        LeadField.Country => lead.Country,
        LeadField.Interest => lead.Interest,
        LeadField.Campaign => lead.Campaign,
        LeadField.Source => lead.Source,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static void Store(Lead lead, LeadField field, string? value)
    {
        switch (field)
        {
            case LeadField.Name:
                lead.Name = value;
                lead.Marks = value is null ? lead.Marks | LeadMarks.NameMissing : lead.Marks & ~LeadMarks.NameMissing;
                break;
            case LeadField.Phone:
                (lead.Phone, lead.PhoneValid) = (value, value is not null);
                lead.Marks &= ~LeadMarks.PhoneUnreadable;
                break;
            case LeadField.Email:
                (lead.Email, lead.EmailValid) = (value, value is not null);
                lead.Marks &= ~LeadMarks.EmailUnreadable;
                break;
            case LeadField.Organisation: lead.Organisation = value; break;
            case LeadField.JobTitle: lead.JobTitle = value; break;
            case LeadField.City: lead.City = value; break;
            case LeadField.Country: lead.Country = value; break;
            case LeadField.Interest: lead.Interest = value; break;
            case LeadField.Campaign: lead.Campaign = value; break;
            case LeadField.Source: lead.Source = value; break;
            default: throw new ArgumentOutOfRangeException(nameof(field));
        }
    }

    private static async Task<Refusal?> MoveContactsAsync(LeadChange change, List<(ContactKind Kind, string Value)> before, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        foreach (var (kind, value) in LeadContacts.Exact(lead).Except(before))
        {
            var holder = await change.Context.LeadContacts.FirstOrDefaultAsync(row => row.Kind == kind && row.Value == value, cancellationToken);
            if (holder is not null && holder.LeadId != lead.Id)
                return LeadRefusals.AddressTaken(kind is ContactKind.Phone ? "phone" : "email", holder.LeadId);
            if (holder is null)
                change.Context.LeadContacts.Add(new LeadContact { Kind = kind, Value = value, LeadId = lead.Id });
        }

        // The former address stays known: a message from it still finds this lead.
        return null;
    }

    private static async Task MoveNearKeysAsync(LeadChange change, List<string> before, CancellationToken cancellationToken)
    {
        foreach (var value in LeadContacts.Near(change.Lead).Except(before, StringComparer.Ordinal))
        {
            if (!await change.Context.LeadNearKeys.AnyAsync(row => row.Value == value && row.LeadId == change.Lead.Id, cancellationToken))
                change.Context.LeadNearKeys.Add(new LeadNearKey { Value = value, LeadId = change.Lead.Id });
        }
    }
}
