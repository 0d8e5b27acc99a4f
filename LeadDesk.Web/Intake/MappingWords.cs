using LeadDesk.Intake.Mapping;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Intake;

/// <summary>What people call the places where an answer can go.</summary>
internal static class MappingWords
{
    public static string Of(this IStringLocalizer<Texts> texts, LeadField field) => field switch
    {
        LeadField.Custom => texts["An answer of its own"],
        LeadField.Name => texts["Name"],
        LeadField.FirstName => texts["First name"],
        LeadField.LastName => texts["Last name"],
        LeadField.Phone => texts["Phone"],
        LeadField.Email => texts["E-mail"],
        LeadField.Message => texts["Message"],
        LeadField.Company => texts["Company"],
        LeadField.JobTitle => texts["Job title"],
        LeadField.Address => texts["Address"],
        LeadField.City => texts["City"],
        LeadField.Country => texts["Country"],
        LeadField.Interest => texts["Interest"],
        LeadField.Campaign => texts["Campaign"],
        LeadField.Source => texts["Source"],
        LeadField.Consent => texts["Consent"],
        _ => texts["Nowhere"],
    };
}
