using LeadDesk.Access;
using LeadDesk.Common;

namespace LeadDesk.Leads.Fields;

/// <summary>The facts every lead has: read, written and named.</summary>
public static class LeadFacts
{
    private const int LongestText = 500;

    /// <summary>The field's name in JSON and on the timeline.</summary>
    internal static string JsonName(LeadField field) => field switch
    {
        LeadField.JobTitle => "job_title",
        _ => field.ToString().ToLowerInvariant(),
    };

    internal static void Set(LeadChange change, LeadField field, string? written, FieldFormat format, FieldErrors errors)
    {
        var name = JsonName(field);
        var read = Read(change, field, written, format);
        if (!read.Succeeded)
        {
            errors.Add(name, read.Refusal.Message);
            return;
        }

        var lead = change.Lead;
        var before = Shown(change, field);
        if (lead.ValueOf(field) == read.Value.Text)
            return;
        Store(lead, field, read.Value.Text);
        change.Note(TimelineKind.FieldChanged, name, before, Shown(change, field));
        change.SearchTextChanged |= field is not LeadField.Value;
    }

    /// <summary>As it is stored; the deal's value as a plain number.</summary>
    public static string? ValueOf(this Lead lead, LeadField field) => field switch
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
        LeadField.Value => DealValue.Print(lead.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static string? Shown(LeadChange change, LeadField field) =>
        field is LeadField.Value ? DealValue.Words(change.Lead.Value, change.Company.Currency) : change.Lead.ValueOf(field);

    private static Outcome<Fact> Read(LeadChange change, LeadField field, string? written, FieldFormat format)
    {
        var name = JsonName(field);
        written = string.IsNullOrWhiteSpace(written) ? null : written.Trim();
        if (written is null)
            return new Fact(null);
        if (written.Length > LongestText)
            return Refusal.Invalid(name, $"At most {LongestText} characters fit here.");
        if (TextRules.FindForbiddenControl(written) is { } forbidden)
            return Refusal.Invalid(name, $"The text contains a character that cannot be stored ({forbidden}). Remove it.");
        switch (field)
        {
            case LeadField.Phone:
                return PhoneNumber.TryParse(written, change.Company.Region, out var number)
                    ? new Fact(number.E164)
                    : Refusal.Invalid(name, "This is not a phone number that can be called. Write it with its country code, such as +44 20 7946 0958.");
            case LeadField.Email:
                return EmailAddress.TryNormalise(written, out var address)
                    ? new Fact(address)
                    : Refusal.Invalid(name, "This is not an e-mail address. Write it like name@example.com.");
            case LeadField.Value:
                var amount = DealValue.Read(written, change.Company, format);
                return amount.Succeeded ? new Fact(DealValue.Print(amount.Value)) : amount.Refusal;
            default:
                return new Fact(field is LeadField.Name ? PersonName.Normalise(written) ?? written : written);
        }
    }

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
            case LeadField.Value: lead.Value = DealValue.Stored(value); break;
            default: throw new ArgumentOutOfRangeException(nameof(field));
        }
    }

    /// <param name="Text">Null empties the field.</param>
    private sealed record Fact(string? Text);
}
