using LeadDesk.Leads;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Settings;

/// <summary>The types of custom fields in the reader's language.</summary>
internal static class FieldWords
{
    public static string Of(this IStringLocalizer<Texts> texts, CustomFieldType type) => type switch
    {
        CustomFieldType.Number => texts["Number"],
        CustomFieldType.Money => texts["Money"],
        CustomFieldType.Date => texts["Date"],
        CustomFieldType.Choice => texts["Choice"],
        CustomFieldType.MultiChoice => texts["Several choices"],
        CustomFieldType.Check => texts["Yes or no"],
        CustomFieldType.Phone => texts["Phone"],
        CustomFieldType.Email => texts["E-mail"],
        CustomFieldType.Link => texts["Link"],
        _ => texts["Text"],
    };
}
