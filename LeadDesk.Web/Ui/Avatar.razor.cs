using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Ui;

public sealed partial class Avatar
{
    /// <summary>Full name in any script; null draws the empty place of nobody.</summary>
    [Parameter, EditorRequired] public string? Name { get; set; }

    /// <summary>40 instead of 24 pixels.</summary>
    [Parameter] public bool Large { get; set; }

    private static string Css(string css, bool large) => large ? css + " large" : css;

    private static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var first = StringInfo.GetNextTextElement(words[0]);
        return words.Length == 1 ? first : first + StringInfo.GetNextTextElement(words[^1]);
    }

    /// <summary>The same name has the same colour on every node and after every start, so string.GetHashCode will not do (FNV-1a).</summary>
    private static uint Hue(string name)
    {
        var hash = 2166136261u;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 16777619u);
        return hash % 360;
    }
}
