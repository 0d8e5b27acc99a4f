using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class FieldInput
{
    [Parameter, EditorRequired] public CustomField Field { get; set; } = null!;

    /// <summary>For the label's <c>for</c>.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Parameter] public string? Value { get; set; }

    /// <summary>Called when somebody has made up his mind: leaves the control, or picks.</summary>
    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    [Parameter] public EventCallback OnFocus { get; set; }

    [Parameter] public EventCallback OnBlur { get; set; }

    /// <summary>Further classes: <c>quiet</c>, <c>invalid</c>.</summary>
    [Parameter] public string? Css { get; set; }

    /// <summary>Id of the hint or error.</summary>
    [Parameter] public string? Describes { get; set; }

    [Parameter] public bool Wrong { get; set; }

    /// <summary>A text gets room for several lines.</summary>
    [Parameter] public bool Roomy { get; set; }

    [Parameter] public string? Placeholder { get; set; }

    private string? Invalid => Wrong ? "true" : null;

    private IReadOnlyList<CustomFieldOption> All => CustomFieldOptions.Of(Field);

    /// <summary>Not the archived ones, but for those that are chosen.</summary>
    private IEnumerable<CustomFieldOption> Offered => All.Where(option => !option.Archived || Chosen.Contains(option));

    private IReadOnlyList<CustomFieldOption> Chosen =>
        string.IsNullOrEmpty(Value) ? [] : [.. Value.Split("; ").Select(name => All.FirstOrDefault(option => option.Name == name)).OfType<CustomFieldOption>()];

    private string Type => Field.Type is CustomFieldType.Date ? "date" : "text";

    private string? Mode => Field.Type switch
    {
        CustomFieldType.Number or CustomFieldType.Money => "decimal",
        CustomFieldType.Phone => "tel",
        CustomFieldType.Email => "email",
        CustomFieldType.Link => "url",
        _ => null,
    };

    private Task SetAsync(string? value) => ValueChanged.InvokeAsync(value);

    private Task ToggleAsync(CustomFieldOption option, bool chosen) =>
        SetAsync(string.Join("; ", All.Where(other => other == option ? chosen : Chosen.Contains(other)).Select(other => other.Name)));
}
