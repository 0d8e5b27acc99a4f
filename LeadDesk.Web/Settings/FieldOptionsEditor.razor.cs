using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

public sealed partial class FieldOptionsEditor
{
    [Parameter, EditorRequired] public List<OptionRow> Options { get; set; } = [];

    [Parameter] public string? Error { get; set; }

    [Parameter, EditorRequired] public EventCallback OnTouched { get; set; }

    /// <summary>Leads that have the one get the other.</summary>
    [Parameter, EditorRequired] public EventCallback<(int From, int Into)> OnMerge { get; set; }

    private Task AddAsync()
    {
        Options.Add(new OptionRow(null, "", archived: false));
        return OnTouched.InvokeAsync();
    }

    private Task RemoveAsync(OptionRow option)
    {
        Options.Remove(option);
        return OnTouched.InvokeAsync();
    }

    private Task ArchiveAsync(OptionRow option)
    {
        option.Archived = !option.Archived;
        return OnTouched.InvokeAsync();
    }

    private Task MoveAsync(int at, int step)
    {
        (Options[at], Options[at + step]) = (Options[at + step], Options[at]);
        return OnTouched.InvokeAsync();
    }
}
