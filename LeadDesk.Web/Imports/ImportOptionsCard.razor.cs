using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Reading;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Imports;

public sealed partial class ImportOptionsCard
{
    private static readonly ImportTarget[] Fixed = [ImportTarget.Campaign, ImportTarget.Source, ImportTarget.Interest, ImportTarget.Channel, ImportTarget.Stage, ImportTarget.Tags];

    private string name = "";

    [Parameter, EditorRequired] public ImportRules Rules { get; set; } = null!;

    [Parameter] public ImportFormat? Format { get; set; }

    [Parameter, EditorRequired] public EventCallback<ImportRules> Changed { get; set; }

    /// <summary>The file is to be read in another way.</summary>
    [Parameter] public EventCallback<FormatChoice> SheetChanged { get; set; }

    [Parameter] public EventCallback<string> Saved { get; set; }

    private Task Fix(string word, string? text)
    {
        var constants = new Dictionary<string, string>(Rules.Constants, StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
            constants.Remove(word);
        else
            constants[word] = text.Trim();
        return Changed.InvokeAsync(Rules with { Constants = constants });
    }
}
