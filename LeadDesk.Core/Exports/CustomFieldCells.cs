using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Exports;

/// <summary>The cells of a custom field, typed as <see cref="CustomFieldValues.Typed"/> types its values. Not thread-safe.</summary>
internal sealed class CustomFieldCells
{
    private readonly CustomField field;
    private readonly IReadOnlyList<CustomFieldOption> options;
    private readonly Labels names;
    private readonly List<long> chosen = [];

    public CustomFieldCells(CustomField field)
    {
        (this.field, options) = (field, CustomFieldOptions.Of(field));
        names = new Labels(id => options.FirstOrDefault(option => option.Id == id)?.Name);
    }

    public ExportCell Cell(ExportedLead lead) => field.Type switch
    {
        CustomFieldType.Choice or CustomFieldType.MultiChoice => Chosen(lead),
        CustomFieldType.Check => ExportCell.Of(First(lead) is not null),
        _ => First(lead) is { } value ? Cell(lead, value) : ExportCell.Empty,
    };

    private ExportCell Cell(ExportedLead lead, in ExportedField value) => field.Type switch
    {
        CustomFieldType.Number or CustomFieldType.Money => ExportCell.Of(value.Number ?? 0, CustomFieldValues.NumberPlaces),
        CustomFieldType.Date => ExportCell.Of(Days.Date((int)(value.Number ?? 0))),
        _ => ExportCell.Of(lead.Text(value)),
    };

    private ExportedField? First(ExportedLead lead)
    {
        foreach (var value in lead.Fields)
        {
            if (value.FieldId == field.Id)
                return value;
        }

        return null;
    }

    /// <summary>In the options' order, not in that of choosing.</summary>
    private ExportCell Chosen(ExportedLead lead)
    {
        chosen.Clear();
        foreach (var value in lead.Fields)
        {
            if (value.FieldId == field.Id && value.Number is { } option)
                chosen.Add(option);
        }

        return chosen.Count switch
        {
            0 => ExportCell.Empty,
            1 => names.Cell(chosen[0]),
            _ => ExportCell.Of(string.Join("; ", options.Where(option => chosen.Contains(option.Id)).Select(option => option.Name))),
        };
    }
}
