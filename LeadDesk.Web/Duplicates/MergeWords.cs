using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Duplicates;

/// <summary>What the pages say about merges.</summary>
internal static class MergeWords
{
    public static string Undone(IStringLocalizer<Texts> texts, Outcome<UndoResult> outcome)
    {
        if (!outcome.Succeeded)
            return texts[outcome.Refusal.Message];
        var left = outcome.Value.NotRestored;
        return left.Count is 0 ? texts["The merge was undone."] : $"{texts["The merge was undone."]} {string.Join(' ', left.Select(item => $"{item.Name}: {item.Reason}"))}";
    }

    public static string FieldName(IStringLocalizer<Texts> texts, string key) => texts[key switch
    {
        "name" => "Name",
        "organisation" => "Organisation",
        "job_title" => "Job title",
        "phone" => "Phone",
        "email" => "E-mail",
        "city" => "City",
        "country" => "Country",
        "interest" => "Interest",
        "campaign" => "Campaign",
        "source" => "Source",
        "value" => "Value",
        "owner_id" => "Owner",
        _ => "Stage",
    }];
}
