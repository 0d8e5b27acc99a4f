using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

public sealed partial class ServiceList
{
    private const int UsualPercent = 100;

    [Parameter, EditorRequired] public List<ServiceRow> Services { get; set; } = [];

    [Parameter] public EventCallback Changed { get; set; }

    [Parameter, EditorRequired] public FormErrors Errors { get; set; } = FormErrors.None;

    /// <summary>An empty line is no error before something is typed into it.</summary>
    private void Add() => Services.Add(new ServiceRow("", UsualPercent));

    private Task RemoveAsync(ServiceRow row)
    {
        Services.Remove(row);
        return Changed.InvokeAsync();
    }

    private Task SetNameAsync(ServiceRow row, ChangeEventArgs change)
    {
        row.Name = change.Value as string ?? "";
        return Changed.InvokeAsync();
    }

    private Task SetPercentAsync(ServiceRow row, ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var percent))
            row.Percent = Math.Clamp(percent, 0, 100);
        return Changed.InvokeAsync();
    }
}
