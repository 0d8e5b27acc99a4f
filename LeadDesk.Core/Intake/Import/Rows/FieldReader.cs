using System.Globalization;
using LeadDesk.Companies;
using LeadDesk.Intake.Import.Guessing;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>Reads cells into one custom field: undoes what the file's country and spreadsheet made of numbers and dates; the field's own rules decide. Pure.</summary>
internal sealed class FieldReader(CustomField field, ImportColumn? column, ImportRules rules, CompanyRules company)
{
    private readonly IReadOnlyDictionary<string, string>? values = column?.Values;
    private readonly Dictionary<string, ReadField?> choices = new(StringComparer.Ordinal);

    public string Name => @field.Name;

    /// <returns>Null when the text is no such value; <paramref name="problem"/> says why.</returns>
    public ReadField? Read(string text, out string? problem)
    {
        problem = null;
        if (values is not null && values.TryGetValue(text, out var meant))
            text = meant;
        if (field.Type is CustomFieldType.Choice && choices.TryGetValue(text, out var known))
            return known;
        var read = CustomFieldValues.Read(field, Plain(text), company);
        if (!read.Succeeded)
        {
            problem = read.Refusal.Message;
            return null;
        }

        var value = new ReadField(field, read.Value);
        if (field.Type is CustomFieldType.Choice && choices.Count < ColumnProfile.MostValues)
            choices[text] = value;
        return value;
    }

    /// <summary>As programs write: a decimal point, ISO dates, yes and no.</summary>
    private string Plain(string text) => @field.Type switch
    {
        CustomFieldType.Number or CustomFieldType.Money => CellNumbers.Read(text, rules.DecimalComma)?.ToString(CultureInfo.InvariantCulture) ?? text,
        CustomFieldType.Date => CellDates.Read(text, column?.DateOrder ?? rules.DateOrder) is { } date ? date.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text,
        CustomFieldType.Check => FieldContent.IsYes(text) ? "yes" : FieldContent.IsNo(text) ? "no" : text,
        CustomFieldType.Phone => CellPhones.Restore(text, out _),
        _ => text,
    };
}
