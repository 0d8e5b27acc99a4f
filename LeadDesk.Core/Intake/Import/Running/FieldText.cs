using System.Text.Encodings.Web;
using System.Text.Json;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Running;

/// <summary>The values of one custom field as text, to compare them and to put them back.</summary>
internal static class FieldText
{
    /// <summary>Null when there are none.</summary>
    public static string? Write(IReadOnlyList<CustomFieldValue> values) =>
        values.Count is 0 ? null : JsonSerializer.Serialize(values.OrderBy(static value => value.Position).Select(static value => new Stored(value.Number, value.Key, value.Text)), JsonText.Readable);

    public static IReadOnlyList<CustomFieldValue> Read(string? text, long fieldId) =>
        text is null ? [] : [.. (JsonSerializer.Deserialize<Stored[]>(text, JsonText.Readable) ?? []).Select((value, index) => new CustomFieldValue { FieldId = fieldId, Position = index, Number = value.N, Key = value.K, Text = value.T })];

    private sealed record Stored(long? N, string? K, string? T);
}

internal static class JsonText
{
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
