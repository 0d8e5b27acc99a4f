using System.Buffers;
using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <summary>
/// One lead as it was pushed, or fetched and kept.
/// <code>
/// {"object":"page","entry":[{"id":"138124712925158","time":1630087927,"changes":[{"field":"leadgen",
///   "value":{"form_id":"172036835026334","leadgen_id":"233370042045345","created_time":1630087926,"page_id":"138124712925158"}}]}]}
/// </code>
/// Ids were numbers in older bodies. One sender puts <c>field_data</c> into <c>value</c>; then there is nothing to fetch.
/// </summary>
/// <param name="PageId">Null in a lead that was polled.</param>
/// <param name="Lead">The lead's own JSON, when it is here.</param>
internal sealed record MetaPush(string LeadId, string? PageId, string? FormId, JsonElement? Lead)
{
    /// <returns>Null when no lead is named.</returns>
    public static MetaPush? Read(InboundEvent stored)
    {
        if (Parse(stored.Raw) is not { } body)
            return null;
        var push = OfPush(body) ?? OfLead(body);
        return push is not null && stored.Fetched is { } fetched && Parse(fetched) is { } lead ? push with { Lead = lead } : push;
    }

    private static MetaPush? OfPush(JsonElement body)
    {
        foreach (var entry in GraphJson.Items(GraphJson.Find(body, "entry"u8)))
        {
            foreach (var change in GraphJson.Items(GraphJson.Find(entry, "changes"u8)))
            {
                if (GraphJson.FindObject(change, "value"u8) is { } value && GraphJson.Text(value, "leadgen_id"u8) is { } id)
                {
                    var page = GraphJson.Text(value, "page_id"u8) ?? GraphJson.Text(entry, "id"u8);
                    return new MetaPush(id, page, GraphJson.Text(value, "form_id"u8), GraphJson.Find(value, "field_data"u8) is null ? null : WithId(value, id));
                }
            }
        }

        return null;
    }

    private static MetaPush? OfLead(JsonElement body) =>
        GraphJson.Find(body, "entry"u8) is null && GraphJson.Text(body, "id"u8) is { } id ? new MetaPush(id, null, GraphJson.Text(body, "form_id"u8), body) : null;

    private static JsonElement WithId(JsonElement value, string id)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            foreach (var member in value.EnumerateObject())
            {
                json.WritePropertyName(GraphJson.NameOf(member));
                json.WriteRawValue(GraphJson.RawBytes(member.Value), skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static JsonElement? Parse(byte[] raw)
    {
        try
        {
            return JsonElement.Parse(raw);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
