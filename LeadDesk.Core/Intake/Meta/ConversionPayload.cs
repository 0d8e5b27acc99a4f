using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <param name="MetaLeadId">Meta's id of the lead that the person sent.</param>
internal sealed record ConversionToSend(MetaConversion Row, string? MetaLeadId, string? Email, string? Phone);

/// <summary>
/// Conversions API for CRM:
/// <code>
/// {"data":[{"event_name":"Qualified","event_time":1790848800,"action_source":"system_generated","event_id":"leaddesk-1-77",
///   "custom_data":{"event_source":"crm","lead_event_source":"LeadDesk"},
///   "user_data":{"lead_id":1234567890123456,"em":["&lt;sha256&gt;"],"ph":["&lt;sha256&gt;"]}}]}
/// </code>
/// Contact fields leave only as hashes.
/// </summary>
internal static class ConversionPayload
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ConversionToSend> conversions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var conversion in conversions)
                Write(json, conversion);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, ConversionToSend conversion)
    {
        var row = conversion.Row;
        json.WriteStartObject();
        json.WriteString("event_name", row.EventName);
        json.WriteNumber("event_time", new DateTimeOffset(DateTime.SpecifyKind(row.EventAt, DateTimeKind.Utc)).ToUnixTimeSeconds());
        json.WriteString("action_source", "system_generated");
        // The same for every attempt, so that Meta counts it once.
        json.WriteString("event_id", string.Create(CultureInfo.InvariantCulture, $"leaddesk-{row.ConnectionId}-{row.TimelineEntryId}"));
        json.WriteStartObject("custom_data");
        json.WriteString("event_source", "crm");
        json.WriteString("lead_event_source", "LeadDesk");
        json.WriteEndObject();
        json.WriteStartObject("user_data");
        if (conversion.MetaLeadId is { Length: > 0 and < 19 } id && id.All(char.IsAsciiDigit))
            json.WriteNumber("lead_id", long.Parse(id, CultureInfo.InvariantCulture));
        else if (conversion.MetaLeadId is { } other)
            json.WriteString("lead_id", other);
        WriteHash(json, "em", conversion.Email?.Trim().ToLowerInvariant());
        WriteHash(json, "ph", conversion.Phone is { } phone ? string.Concat(phone.Where(char.IsAsciiDigit)) : null);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteHash(Utf8JsonWriter json, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        json.WriteStartArray(name);
        json.WriteStringValue(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        json.WriteEndArray();
    }
}
