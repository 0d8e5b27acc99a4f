using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LeadDesk.Intake.Mapping;

/// <summary>The answers of a form in the places of a lead. Texts are as they were written; interpreting them is the intake's work.</summary>
public sealed record MappedLead
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Message { get; init; }

    /// <summary>
    /// Everything else, in the form's order: what the lead has a place for under its known name (see
    /// <see cref="IncomingLead.Metadata"/>, and <c>address</c>), other answers under their own keys.
    /// </summary>
    public required OrderedDictionary<string, IReadOnlyList<string>> Answers { get; init; }

    public IReadOnlyList<ConsentAnswer> Consents { get; init; } = [];

    /// <summary>Several values of one answer as one text.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Texts(Answers);

    /// <summary>Several values of one answer as an array; null when there is nothing.</summary>
    public string? MetadataJson => Json(Answers);

    public bool HasContact => Phone is not null || Email is not null;

    public bool IsEmpty => Name is null && Phone is null && Email is null && Message is null && Answers.Count is 0;

    /// <summary>
    /// Puts the answers into what a door knows. The door's own metadata (campaign, source, form name) fill what the answers left
    /// open; where both say something, the door's stays beside it as <c>campaign (2)</c>.
    /// </summary>
    public IncomingLead Into(IncomingLead incoming)
    {
        var all = new OrderedDictionary<string, IReadOnlyList<string>>(Answers, StringComparer.Ordinal);
        foreach (var (key, value) in incoming.Metadata)
        {
            if (!string.IsNullOrWhiteSpace(value))
                MappedText.Add(all, key, [value]);
        }

        return incoming with
        {
            Name = Name ?? incoming.Name,
            Phone = Phone ?? incoming.Phone,
            Email = Email ?? incoming.Email,
            Message = Message ?? incoming.Message,
            Metadata = Texts(all),
            MetadataJson = Json(all),
            Consents = [.. incoming.Consents, .. Consents],
        };
    }

    private static Dictionary<string, string> Texts(OrderedDictionary<string, IReadOnlyList<string>> answers) =>
        answers.ToDictionary(answer => answer.Key, answer => MappedText.Joined(answer.Value), StringComparer.Ordinal);

    private static string? Json(OrderedDictionary<string, IReadOnlyList<string>> answers)
    {
        if (answers.Count is 0)
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            foreach (var (key, values) in answers)
            {
                json.WritePropertyName(key);
                if (values is [var single])
                {
                    json.WriteStringValue(single);
                    continue;
                }

                json.WriteStartArray();
                foreach (var value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
