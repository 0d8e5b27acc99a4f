using LeadDesk.Intake.Mapping;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Intake;

/// <summary>What people read for a <see cref="LeadField"/>.</summary>
internal static class LeadFieldNames
{
    /// <summary>In the order of menus.</summary>
    public static IReadOnlyList<LeadField> All { get; } =
    [
        LeadField.Name, LeadField.FirstName, LeadField.LastName, LeadField.Phone, LeadField.Email, LeadField.Message, LeadField.Company, LeadField.JobTitle, LeadField.Address, LeadField.City,
        LeadField.Country, LeadField.Interest, LeadField.Campaign, LeadField.Source, LeadField.Consent, LeadField.Custom, LeadField.Ignore,
    ];

    public static string Of(LeadField field, IStringLocalizer<Texts> T) => field switch
    {
        LeadField.Name => T["Name"],
        LeadField.FirstName => T["First name"],
        LeadField.LastName => T["Last name"],
        LeadField.Phone => T["Phone"],
        LeadField.Email => T["E-mail"],
        LeadField.Message => T["Message"],
        LeadField.Company => T["Organisation"],
        LeadField.JobTitle => T["Job title"],
        LeadField.Address => T["Address"],
        LeadField.City => T["City"],
        LeadField.Country => T["Country"],
        LeadField.Interest => T["Interest"],
        LeadField.Campaign => T["Campaign"],
        LeadField.Source => T["Source"],
        LeadField.Consent => T["Consent"],
        LeadField.Ignore => T["Leave out"],
        _ => T["Other field, under its own name"],
    };
}
