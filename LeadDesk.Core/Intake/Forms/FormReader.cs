using System.Buffers;
using System.Text;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Intake.Forms.Platforms;

namespace LeadDesk.Intake.Forms;

/// <summary>
/// Reads what website forms, form services and ad platforms send, whatever its shape. The door reads with it to refuse what is no
/// form; the handler reads the stored body again with the same code.
/// </summary>
public static class FormReader
{
    private static readonly Func<FormNode, FormSubmission?>[] Platforms =
        [GoogleAds.TryRead, TikTok.TryRead, LinkedIn.TryRead, Typeform.TryRead, Tally.TryRead, GravityForms.TryRead, Elementor.TryRead, WPForms.TryRead, ContactForm7.TryRead];

    // Sent along by browsers and plug-ins, and no answers.
    private static readonly HashSet<string> Technical = new(StringComparer.OrdinalIgnoreCase) { "_charset_", "_wpnonce", "_wp_http_referer", "isDragging", FormRobots.StampField };

    /// <returns>One part for each submission; refused with what to do about it when the body is no form.</returns>
    public static Outcome<IReadOnlyList<FormPart>> Read(byte[] body, string? contentType)
    {
        var read = FormBody.Read(body, contentType);
        if (!read.Succeeded)
            return read.Refusal;
        using var content = read.Value;
        if (content.Json is not { } json)
        {
            var submission = Submission(content.Fields!, content.Files);
            return submission.Succeeded ? Outcome([new FormPart(submission.Value, body, contentType)]) : submission.Refusal;
        }

        var pieces = Cut(json.RootElement);
        if (pieces.Count > FormLimits.Submissions)
            return FormLimits.TooManySubmissions;
        var parts = new List<FormPart>(pieces.Count);
        foreach (var (element, raw) in pieces)
        {
            var node = FormJson.Read(element);
            if (!node.Succeeded)
                return node.Refusal;
            if (node.Value is { IsObject: false, IsList: false })
                return Refusal.Invalid("$", "The body has no fields. Send a JSON object with the fields of the form.");
            var submission = Submission(node.Value, content.Files);
            if (!submission.Succeeded)
                return submission.Refusal;
            parts.Add(new(submission.Value, raw ?? body, raw is null ? contentType : "application/json"));
        }

        return parts.Count > 0 ? Outcome(parts) : Refusal.Invalid("$", "The list of submissions is empty.");
    }

    /// <summary>Adds to a LinkedIn notice what was fetched for it; null when that cannot be read.</summary>
    public static FormSubmission? Complete(FormSubmission notice, byte[] fetched)
    {
        using var json = FormJson.TryParse(FormText.Decode(fetched, null), out _);
        return json is not null && FormJson.Read(json.RootElement) is { Succeeded: true, Value: { } node } ? LinkedIn.Complete(notice, node) : null;
    }

    private static Outcome<IReadOnlyList<FormPart>> Outcome(List<FormPart> parts) => parts;

    private static Outcome<FormSubmission> Submission(FormNode root, IReadOnlyList<IncomingFile> files)
    {
        var found = Platforms.Select(read => read(root)).FirstOrDefault(submission => submission is not null)
            ?? new FormSubmission { Platform = FormPlatform.Other, Answers = FormAnswers.Of(root), IsTest = root.TextOf("is_test")?.ToLowerInvariant() is "true" or "1" };
        var (answers, caught) = FormRobots.Check(found.Answers);
        if (answers.Count > FormLimits.Fields)
            return FormLimits.TooManyFields;
        return found with
        {
            Answers = [.. answers.Where(answer => !Technical.Contains(answer.Key))],
            Files = files,
            Stamp = root[FormRobots.StampField]?.Text,
            IsOurForm = root.Has(FormRobots.TrapField),
            Ignored = found.Ignored ?? (caught ? FormRobots.Caught : null),
        };
    }

    /// <summary>Bodies of many, cut so that each piece still has the sender's shape. A null piece is the whole body.</summary>
    private static List<(JsonElement Element, byte[]? Raw)> Cut(JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.Array && root.GetArrayLength() > 0 && root.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object) && !IsOfPairs(root))
        {
            if (root.GetArrayLength() is 1)
                return [(root[0], null)];
            return [.. root.EnumerateArray().Select(item => (item, (byte[]?)Encoding.UTF8.GetBytes(item.GetRawText())))];
        }

        if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("entry", out var entries) && entries.ValueKind is JsonValueKind.Array && entries.GetArrayLength() > 1
            && FormJson.Read(root) is { Succeeded: true, Value: { } node } && TikTok.IsBody(node))
        {
            return [.. entries.EnumerateArray().Select(entry => WithOne(root, entry))];
        }

        return [(root, null)];
    }

    private static bool IsOfPairs(JsonElement list) =>
        list.EnumerateArray().All(item => FormJson.Read(item) is { Succeeded: true, Value: { IsObject: true } node } && FormAnswers.IsPair(node, named: false));

    private static (JsonElement Element, byte[]? Raw) WithOne(JsonElement root, JsonElement entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in root.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                if (!member.NameEquals("entry"))
                {
                    json.WriteRawValue(member.Value.GetRawText());
                    continue;
                }

                json.WriteStartArray();
                json.WriteRawValue(entry.GetRawText());
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        var raw = buffer.WrittenSpan.ToArray();
        return (JsonElement.Parse(raw), raw);
    }
}
