using System.Text.Json;

namespace LeadDesk.Common;

/// <summary>Short lists that stand in one column: form ids, the people of a source, allowed origins.</summary>
internal static class JsonList
{
    public static IReadOnlyList<T> Read<T>(string? stored) => stored is null ? [] : JsonSerializer.Deserialize<T[]>(stored) ?? [];

    /// <returns>Null for an empty list.</returns>
    public static string? Write<T>(IReadOnlyCollection<T>? items) => items is { Count: > 0 } ? JsonSerializer.Serialize(items) : null;
}
