using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Leads.Bulk;

/// <summary>A custom field's value as a trace keeps it.</summary>
internal sealed record TracedValue(int Position, long? Number, string? Key, string? Text);

/// <summary>
/// What a change did to one lead, as JSON: each column before and after, and the rows beside the lead.
/// <code>{"lead":{"StageId":[1,3],"LastActivityAt":["2026-…","2026-…"]},"at":"2026-…"}</code>
/// </summary>
internal sealed class BulkTrace
{
    private readonly List<(LeadColumn Column, object? Before, object? After)> columns = [];

    /// <summary>The rows beside the lead that the change made have this time.</summary>
    public DateTime? At { get; set; }

    /// <summary>Set before an undo: somebody worked on the lead since.</summary>
    public bool ChangedSince { get; set; }

    public List<TracedValue>? ValuesBefore { get; set; }

    public List<TracedValue>? ValuesAfter { get; set; }

    public IReadOnlyList<(LeadColumn Column, object? Before, object? After)> Columns => columns;

    /// <summary>Notes what is different now.</summary>
    /// <param name="before">As <see cref="LeadColumns.Of(Lead)"/> gave it before the change.</param>
    public void Compare(object?[] before, Lead lead)
    {
        for (var at = 0; at < before.Length; at++)
        {
            var column = LeadColumns.All[at];
            var after = column.Get(lead);
            if (!Equals(before[at], after))
                columns.Add((column, before[at], after));
        }
    }

    /// <summary>Puts the columns back as they were.</summary>
    /// <returns>Why not: somebody changed since what the change was about.</returns>
    public string? Restore(Lead lead)
    {
        foreach (var (column, _, after) in columns)
        {
            if (column.Fact is { } fact && !Equals(column.Get(lead), after))
                return $"Its {fact} was changed since.";
        }

        foreach (var (column, before, after) in columns)
        {
            if (column.Fact is not null || Equals(column.Get(lead), after))
                column.Set(lead, before);
        }

        return null;
    }

    /// <param name="buffer">Used again for each trace of a step.</param>
    public string ToJson(ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("lead");
            foreach (var (column, before, after) in columns)
            {
                json.WriteStartArray(column.Property);
                LeadColumns.Write(json, before);
                LeadColumns.Write(json, after);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            if (At is { } at)
            {
                json.WritePropertyName("at");
                LeadColumns.Write(json, at);
            }

            Write(json, "values_before", ValuesBefore);
            Write(json, "values_after", ValuesAfter);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static BulkTrace FromJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var trace = new BulkTrace
        {
            At = root.TryGetProperty("at", out var at) ? at.GetDateTime() : null,
            ValuesBefore = root.TryGetProperty("values_before", out var before) ? before.Deserialize(BulkJson.Default.ListTracedValue) : null,
            ValuesAfter = root.TryGetProperty("values_after", out var after) ? after.Deserialize(BulkJson.Default.ListTracedValue) : null,
        };
        foreach (var kept in root.GetProperty("lead").EnumerateObject())
        {
            // A column that this version does not know cannot be put back; none has gone so far.
            var column = LeadColumns.All.First(one => kept.NameEquals(one.Property));
            trace.columns.Add((column, column.Read(kept.Value[0]), column.Read(kept.Value[1])));
        }

        return trace;
    }

    private static void Write(Utf8JsonWriter json, string name, List<TracedValue>? values)
    {
        if (values is null)
            return;
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, values, BulkJson.Default.ListTracedValue);
    }
}
