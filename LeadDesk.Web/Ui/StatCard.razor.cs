using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Ui;

public sealed partial class StatCard
{
    /// <summary>What is counted: "Leads today".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The formatted number; null while it loads.</summary>
    [Parameter, EditorRequired] public string? Value { get; set; }

    /// <summary>Small word behind the number, such as min.</summary>
    [Parameter] public string? Unit { get; set; }

    /// <summary>The formatted change in words: "+4 since yesterday".</summary>
    [Parameter] public string? Change { get; set; }

    /// <summary>Whether the change is good news; null is neither.</summary>
    [Parameter] public bool? ChangeIsGood { get; set; }

    /// <summary>Values of the last days, oldest first.</summary>
    [Parameter] public IReadOnlyList<double>? Trend { get; set; }

    /// <summary>hot, warm, cold, won, lost, danger or accent.</summary>
    [Parameter] public string Tone { get; set; } = "accent";

    /// <summary>Icon name.</summary>
    [Parameter] public string? Symbol { get; set; }

    /// <summary>The list behind the number.</summary>
    [Parameter, EditorRequired] public string Href { get; set; } = "";

    private string? Direction => ChangeIsGood switch { true => "good", false => "bad", null => null };
}
