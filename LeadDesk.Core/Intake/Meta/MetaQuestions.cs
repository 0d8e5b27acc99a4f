using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <summary>One question of a lead form.</summary>
/// <param name="Key">As <c>field_data</c> names it, or a check box of the disclaimer.</param>
/// <param name="Label">What people saw.</param>
/// <param name="Type">Meta's word, such as <c>EMAIL</c> or <c>CUSTOM</c>; <see cref="MetaQuestions.Disclaimer"/> for check boxes.</param>
public sealed record MetaQuestion(string Key, string? Label, string? Type);

/// <summary>
/// A form's questions as they are kept in <see cref="MetaForm.Questions"/>: an array that is the same text as long as the form asks
/// the same, so that a change shows. The disclaimer's check boxes stand at its end.
/// </summary>
public static class MetaQuestions
{
    public const string Disclaimer = "DISCLAIMER";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<MetaQuestion> Read(string? stored)
    {
        if (string.IsNullOrEmpty(stored))
            return [];
        try
        {
            return [.. Of(JsonElement.Parse(stored))];
        }
        catch (JsonException)
        {
            // Nothing we wrote; without labels leads are read all the same.
            return [];
        }
    }

    /// <summary>
    /// From a form as Graph gives it:
    /// <code>
    /// {"id":"1","questions":[{"key":"full_name","label":"Full name","type":"FULL_NAME","id":"7"},{"key":"size","label":"Size?","type":"CUSTOM","options":[{"key":"s","value":"Small"}]}],
    ///  "legal_content":{"custom_disclaimer":{"title":"…","body":{"text":"…"},"checkboxes":[{"key":"news","text":"Send me news","is_required":false}]}}}
    /// </code>
    /// </summary>
    /// <returns>Null when Graph gave no questions.</returns>
    public static string? Write(JsonElement form)
    {
        var boxes = Boxes(form).ToList();
        if (GraphJson.FindArray(form, "questions"u8) is not { } questions && boxes.Count is 0)
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartArray();
            foreach (var question in GraphJson.Items(GraphJson.Find(form, "questions"u8)))
            {
                if (Question(question) is { } known)
                    Write(json, known, [.. GraphJson.Items(GraphJson.Find(question, "options"u8)).Select(OptionOf).OfType<string>()]);
            }

            foreach (var box in boxes)
                Write(json, box, []);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static IEnumerable<MetaQuestion> Of(JsonElement questions) => GraphJson.Items(questions).Select(Question).OfType<MetaQuestion>();

    private static MetaQuestion? Question(JsonElement question) =>
        (GraphJson.Text(question, "key"u8) ?? GraphJson.Text(question, "name"u8)) is { } key
            ? new MetaQuestion(key, GraphJson.Text(question, "label"u8), GraphJson.Text(question, "type"u8))
            : null;

    private static IEnumerable<MetaQuestion> Boxes(JsonElement form)
    {
        if (GraphJson.FindObject(form, "legal_content"u8) is not { } legal || GraphJson.FindObject(legal, "custom_disclaimer"u8) is not { } disclaimer)
            yield break;
        var whole = TextIn(disclaimer, "body"u8);
        foreach (var box in GraphJson.Items(GraphJson.Find(disclaimer, "checkboxes"u8)))
        {
            if (KeyOf(box) is { } key)
                yield return new MetaQuestion(key, TextIn(box, "text"u8) ?? whole, Disclaimer);
        }
    }

    /// <summary>The name of a check box, in the form and in the answers.</summary>
    internal static string? KeyOf(JsonElement box) =>
        GraphJson.Text(box, "checkbox_key"u8) ?? GraphJson.Text(box, "key"u8) ?? GraphJson.Text(box, "name"u8) ?? GraphJson.Text(box, "id"u8);

    /// <summary>A text, or the <c>text</c> of an object.</summary>
    private static string? TextIn(JsonElement parent, ReadOnlySpan<byte> name) =>
        GraphJson.Text(parent, name) ?? (GraphJson.FindObject(parent, name) is { } inner ? GraphJson.Text(inner, "text"u8) : null);

    private static string? OptionOf(JsonElement option) => GraphJson.Text(option, "value"u8) ?? GraphJson.Text(option, "key"u8) ?? GraphJson.TextOf(option);

    private static void Write(Utf8JsonWriter json, MetaQuestion question, IReadOnlyList<string> options)
    {
        json.WriteStartObject();
        json.WriteString("key", question.Key);
        if (question.Label is not null)
            json.WriteString("label", question.Label);
        if (question.Type is not null)
            json.WriteString("type", question.Type);
        if (options.Count > 0)
        {
            json.WriteStartArray("options");
            foreach (var option in options)
                json.WriteStringValue(option);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
