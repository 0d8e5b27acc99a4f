using LeadDesk.Leads.Filtering;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads.Filters;

public sealed partial class FilterDialog(NavigationManager navigation)
{
    private readonly List<FilterRow> rows = [];
    private IReadOnlyList<LeadFilterField> fields = [];
    private string? text;
    private string? error;
    private bool asText;
    private bool shown;

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter, EditorRequired] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired] public LeadListAddress Address { get; set; } = LeadListAddress.Default;

    [Parameter, EditorRequired] public FilterScope Scope { get; set; } = null!;

    /// <summary>Channels in use.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Channels { get; set; } = [];

    /// <summary>The part of the filter to change; null adds one.</summary>
    [Parameter] public LeadCondition? Part { get; set; }

    /// <summary>The whole filter is no good, or somebody wants to write it.</summary>
    [Parameter] public bool AsText { get; set; }

    private LeadCondition? Whole => LeadFilterText.Parse(Address.Filter).Value;

    protected override void OnParametersSet()
    {
        if (Open && !shown)
            Begin();
        shown = Open;
    }

    private void Begin()
    {
        fields = LeadFilterFields.All(Scope);
        (text, error, asText) = (Address.Filter, null, AsText);
        rows.Clear();
        if (Part is not null && !TryFill(Part))
            asText = true;
        if (rows.Count is 0)
            AddRow();
    }

    /// <returns>False when the part is more than a list of conditions, or names a field that is gone.</returns>
    private bool TryFill(LeadCondition part)
    {
        IReadOnlyList<LeadCondition> conditions = part is LeadConditionGroup { Any: true } group ? group.Parts : [part];
        foreach (var condition in conditions)
        {
            if (condition is not LeadFieldCondition leaf || fields.FirstOrDefault(field => field.Word == leaf.Field) is not { } field)
            {
                rows.Clear();
                return false;
            }

            rows.Add(new FilterRow(field, leaf));
        }

        return true;
    }

    private void AddRow() => rows.Add(new FilterRow(rows is [.., var last] ? last.Field : fields[0]));

    private void ChooseField(FilterRow row, ChangeEventArgs change)
    {
        if (fields.FirstOrDefault(field => field.Word == change.Value as string) is { } chosen)
            row.Choose(chosen);
    }

    private static void ChooseOperator(FilterRow row, ChangeEventArgs change)
    {
        if (Enum.TryParse<FilterOperator>(change.Value as string, out var chosen))
            row.Choose(chosen);
    }

    private void Switch()
    {
        (asText, error) = (!asText, null);
        if (!asText)
            return;
        text = rows.TrueForAll(row => row.Condition is not null) ? LeadFilterText.Print(WithRows()) : Address.Filter;
    }

    private async Task ApplyAsync()
    {
        if (rows.Exists(row => row.Condition is null))
        {
            error = T["Give every condition a value, or remove it."];
            return;
        }

        await GoAsync(WithRows());
    }

    private async Task ApplyTextAsync()
    {
        var parsed = LeadFilterText.Parse(text);
        if (parsed.Refusal is { } refusal)
            error = refusal.Message;
        else
            await GoAsync(parsed.Value);
    }

    /// <summary>The filter with the rows in the place of the part.</summary>
    private LeadCondition? WithRows()
    {
        var mine = LeadFilterText.Group(any: true, [.. rows.Select(row => row.Condition).OfType<LeadCondition>()]);
        if (Part is null)
            return LeadFilterText.Both(Whole, mine!);
        return Whole is LeadConditionGroup { Any: false } all
            ? LeadFilterText.Group(any: false, [.. all.Parts.Select(part => part == Part ? mine : part).OfType<LeadCondition>()])
            : mine;
    }

    private async Task GoAsync(LeadCondition? condition)
    {
        if (condition is not null && LeadFilterReader.Read(condition, Scope).Refusal is { } refusal)
        {
            error = refusal.Message;
            return;
        }

        var written = LeadFilterText.Print(condition);
        if (written.Length > LeadFilterText.LongestText)
        {
            error = T["This filter is too long. Remove a condition."];
            return;
        }

        await OpenChanged.InvokeAsync(false);
        navigation.NavigateTo((Address with { Filter = written.Length is 0 ? null : written }).Href);
    }
}
