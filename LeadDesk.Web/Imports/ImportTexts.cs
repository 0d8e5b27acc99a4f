using LeadDesk.Intake.Import;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads.Fields;
using LeadDesk.Web.Intake;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Imports;

/// <summary>What people read of imports.</summary>
internal static class ImportTexts
{
    /// <summary>In the order of menus; custom fields come behind.</summary>
    public static IReadOnlyList<ImportTarget> Targets { get; } =
    [
        ImportTarget.Name, ImportTarget.FirstName, ImportTarget.LastName, ImportTarget.NameAndEmail, ImportTarget.Phone, ImportTarget.Email, ImportTarget.Message, ImportTarget.Company, ImportTarget.JobTitle, ImportTarget.Address,
        ImportTarget.FullAddress, ImportTarget.City, ImportTarget.Country, ImportTarget.Interest, ImportTarget.Campaign, ImportTarget.Source, ImportTarget.Channel, ImportTarget.Stage, ImportTarget.Owner, ImportTarget.Tags,
        ImportTarget.Value, ImportTarget.CreatedAt, ImportTarget.ExternalId, ImportTarget.Consent, ImportTarget.Answer, ImportTarget.Ignore,
    ];

    public static string Target(ImportTarget target, IStringLocalizer<Texts> T) => target switch
    {
        ImportTarget.NameAndEmail => T["Name with e-mail"],
        ImportTarget.FullAddress => T["Address with city"],
        ImportTarget.Channel => T["Channel"],
        ImportTarget.Stage => T["Stage"],
        ImportTarget.Owner => T["Owner"],
        ImportTarget.Tags => T["Tags"],
        ImportTarget.Value => T["Value"],
        ImportTarget.CreatedAt => T["Came in"],
        ImportTarget.ExternalId => T["Id elsewhere"],
        ImportTarget.Answer => LeadFieldNames.Of(LeadField.Custom, T),
        _ => LeadFieldNames.Of(Enum.Parse<LeadField>(target.ToString()), T),
    };

    public static string State(ImportState state, IStringLocalizer<Texts> T) => state switch
    {
        ImportState.Checking => T["Being checked"],
        ImportState.Ready => T["Ready"],
        ImportState.Running => T["Running"],
        ImportState.Done => T["Done"],
        ImportState.Cancelled => T["Cancelled"],
        ImportState.Failed => T["Failed"],
        ImportState.Reverting => T["Being reverted"],
        _ => T["Reverted"],
    };

    public static string? Tone(ImportState state) => state switch
    {
        ImportState.Done => "won",
        ImportState.Running or ImportState.Checking or ImportState.Reverting => "accent",
        ImportState.Failed => "danger",
        _ => null,
    };

    public static string Existing(ExistingLeads existing, IStringLocalizer<Texts> T) => existing switch
    {
        ExistingLeads.Skip => T["Leave them as they are"],
        ExistingLeads.Fill => T["Fill what is empty"],
        ExistingLeads.Overwrite => T["Overwrite with the file"],
        _ => T["Join as a new submission"],
    };

    public static string Order(DateOrder order, IStringLocalizer<Texts> T) => order switch
    {
        DateOrder.MonthDayYear => T["Month, day, year"],
        DateOrder.YearMonthDay => T["Year, month, day"],
        _ => T["Day, month, year"],
    };

    public static string Outcome(string outcome, IStringLocalizer<Texts> T) => outcome switch
    {
        "new" => T["New"],
        "updated" => T["Updated"],
        "joined" => T["Joined"],
        "duplicate" => T["Twice in the file"],
        "rejected" => T["Rejected"],
        _ => T["Unchanged"],
    };
}
