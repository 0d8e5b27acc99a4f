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
