using LeadDesk.Intake.Import;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Imports;

public sealed partial class ImportColumnsCard
{
    [Parameter, EditorRequired] public IReadOnlyList<ImportColumnView> Columns { get; set; } = [];

    [Parameter, EditorRequired] public ImportRules Rules { get; set; } = null!;

    [Parameter, EditorRequired] public ImportLists Lists { get; set; } = ImportLists.Empty;

    [Parameter, EditorRequired] public EventCallback<ImportRules> Changed { get; set; }

    private Task Set(ImportColumn column, string? word) =>
        ImportMappingJson.Target(word) is { } target ? ChangeAsync(column with { To = target.Target, Field = target.Field, Confidence = 100, Values = null }) : Task.CompletedTask;

    private Task SetValue(ImportColumn column, string value, string? meant)
    {
        var values = new Dictionary<string, string>(column.Values ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        if (string.IsNullOrEmpty(meant))
            values.Remove(value);
        else
            values[value] = meant;
        return ChangeAsync(column with { Values = values });
    }

    private Task ChangeAsync(ImportColumn column) =>
        Changed.InvokeAsync(Rules with { Columns = [.. Rules.Columns.Select(one => one.Index == column.Index ? column : one)] });
}
