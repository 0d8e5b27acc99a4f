using System.Text;
using System.Text.Json;
using LeadDesk.Common;

namespace LeadDesk.Intake.Forms;

/// <summary>JSON as a <see cref="FormNode"/>.</summary>
internal static class FormJson
{
    private static readonly JsonDocumentOptions Forgiving = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = FormLimits.Depth };
    private static readonly JsonDocumentOptions Deep = Forgiving with { MaxDepth = 1000 };

    /// <summary>Null with a refusal when it is no JSON.</summary>
    public static JsonDocument? TryParse(string text, out Refusal? refusal)
    {
        var json = RepairSurrogates(text);
        refusal = null;
        try
        {
            return JsonDocument.Parse(json, Forgiving);
        }
        catch (JsonException exception)
        {
            refusal = IsDeep(json) ? FormLimits.TooDeep : Refusal.Invalid("$",
                $"The body is no readable JSON (line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}). Send the fields as a JSON object or as a form.");
            return null;
        }
    }

    public static Outcome<FormNode> Read(JsonElement json)
    {
        var left = FormLimits.Fields * 10;
        return Read(json, ref left, out var refusal) is { } node ? node : refusal!;
    }

    private static FormNode? Read(JsonElement json, ref int left, out Refusal? refusal)
    {
        refusal = --left < 0 ? FormLimits.TooManyFields : null;
        if (refusal is not null)
            return null;
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new List<FormMember>();
                foreach (var member in json.EnumerateObject())
                {
                    if (member.Name.Length > FormLimits.NameLength)
                        refusal = FormLimits.NameTooLong;
                    if (refusal is not null || Read(member.Value, ref left, out refusal) is not { } value)
                        return null;
                    members.Add(new(member.Name, value));
                }

                return FormNode.Of(members);
            case JsonValueKind.Array:
                var items = new List<FormNode>();
                foreach (var element in json.EnumerateArray())
                {
                    if (Read(element, ref left, out refusal) is not { } item)
                        return null;
                    items.Add(item);
                }

                return FormNode.Of(items);
            case JsonValueKind.String:
                var text = json.GetString()!;
                refusal = text.Length > FormLimits.ValueLength ? FormLimits.ValueTooLong : null;
                return refusal is null ? FormNode.Of(text) : null;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return FormNode.Empty;
            default:
                return FormNode.Of(json.GetRawText()); // Long numbers keep their digits.
        }
    }

    private static bool IsDeep(string json)
    {
        try
        {
            using var deep = JsonDocument.Parse(json, Deep);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Cut-off emoji come as half of a pair (<c>\ud83d</c>), which no reader of JSON takes.</summary>
    private static string RepairSurrogates(string text)
    {
        if (!text.Contains(@"\ud", StringComparison.OrdinalIgnoreCase))
            return text;
        StringBuilder? repaired = null;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                repaired?.Append(text[at]);
                continue;
            }

            var code = Escape(text, at);
            var length = code < 0 ? Math.Min(2, text.Length - at) : 6;
            if (code is >= 0xD800 and <= 0xDBFF && Escape(text, at + 6) is >= 0xDC00 and <= 0xDFFF)
                length = 12;
            else if (code is >= 0xD800 and <= 0xDFFF)
                repaired = (repaired ?? new StringBuilder(text, 0, at, text.Length)).Append(@"\ufffd");
            if (length is 12 || code is not (>= 0xD800 and <= 0xDFFF))
                repaired?.Append(text, at, length);
            at += length - 1;
        }

        return repaired?.ToString() ?? text;
    }

    private static int Escape(string text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && int.TryParse(text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code)
            ? code
            : -1;
}
