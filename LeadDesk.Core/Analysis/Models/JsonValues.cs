using System.Text.Json;

namespace LeadDesk.Analysis.Models;

/// <summary>
/// Reads values out of JSON that a stranger wrote. Half a surrogate pair in it (<c>"\ud83d"</c>, a cut emoji) parses as JSON, and
/// the framework reports it only on reading, as <see cref="InvalidOperationException"/>.
/// </summary>
internal static class JsonValues
{
    /// <summary>The property of an object; null when there is none, the element is no object, or a name in it is no text.</summary>
    public static JsonElement? Property(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a string; null for every other kind, and for half a surrogate pair.</summary>
    public static string? AsText(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
