using System.Globalization;
using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Web.Settings;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Bulk;

public sealed partial class BulkFieldChoice
{
    private const string CustomPrefix = "custom.";

    /// <summary>Not phone and e-mail: two leads never share one.</summary>
    private static readonly IReadOnlyList<LeadField> Facts = [.. Enum.GetValues<LeadField>().Where(fact => fact is not (LeadField.Phone or LeadField.Email))];

    [Parameter, EditorRequired] public CompanyRules Company { get; set; } = null!;

    [Parameter, EditorRequired] public FormErrors Errors { get; set; } = FormErrors.None;

    /// <summary>The field's word in JSON.</summary>
    [Parameter, EditorRequired] public string? Word { get; set; }

    [Parameter] public EventCallback<string?> WordChanged { get; set; }

    /// <summary>As the reader's language writes it.</summary>
    [Parameter, EditorRequired] public string? Value { get; set; }

    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>The value as programs write it; what cannot be read stays, and is refused with its reason.</summary>
    public static string? Plain(CompanyRules company, string? word, string? value)
    {
        var format = FieldFormat.Of(CultureInfo.CurrentCulture);
        if (CustomOf(company, word) is { } custom)
            return CustomFieldValues.Read(custom, value, company, format) is { Succeeded: true } read ? CustomFieldValues.Print(custom, read.Value) : value;
        return word == WordOf(LeadField.Value) && DealValue.Read(value, company, format) is { Succeeded: true } amount ? DealValue.Print(amount.Value) : value;
    }

    private static CustomField? CustomOf(CompanyRules company, string? word) =>
        word?.StartsWith(CustomPrefix, StringComparison.Ordinal) is true ? company.Field(word[CustomPrefix.Length..]) : null;

    private static string WordOf(LeadField fact) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fact.ToString());

    private async Task ChooseAsync(ChangeEventArgs change)
    {
        await WordChanged.InvokeAsync(change.Value as string);
        await ValueChanged.InvokeAsync(null);
    }
}
