using System.Text.Json;

namespace LeadDesk.Intake.Forms;

/// <summary>The JSON lists of a <see cref="FormSource"/>.</summary>
internal static class FormSourceJson
{
    public static IReadOnlyList<string> Texts(string? stored) => stored is null ? [] : JsonSerializer.Deserialize<string[]>(stored) ?? [];

    public static IReadOnlyList<long> Longs(string? stored) => stored is null ? [] : JsonSerializer.Deserialize<long[]>(stored) ?? [];

    /// <returns>Null for an empty list.</returns>
    public static string? Write<T>(IReadOnlyList<T> list) => list.Count is 0 ? null : JsonSerializer.Serialize(list);
}

/// <summary>Whose pages may send to a form.</summary>
public static class FormOrigins
{
    /// <summary>Empty allows all.</summary>
    public static IReadOnlyList<string> Of(FormSource source) => FormSourceJson.Texts(source.AllowedOrigins);
}
