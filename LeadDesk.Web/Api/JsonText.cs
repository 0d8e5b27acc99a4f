using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Api;

/// <summary>What every JSON body from outside is checked for.</summary>
internal static class JsonText
{
    /// <summary>Characters of <c>\uXXXX</c>.</summary>
    private const int EscapeLength = 6;

    /// <summary>Characters of <c>\n</c> and its like.</summary>
    private const int ShortEscapeLength = 2;

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>400, naming line and byte position (both from 1) and the field that was being read.</summary>
    /// <param name="field">The top-level field; null before the first one.</param>
    public static ProblemResult Broken(JsonException exception, string? field)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}");
        var path = field is null ? "$" : "$." + field;
        return At(path, $"The body is not valid JSON: look at {place}, in {path}.");
    }

    /// <summary>400, naming the byte (from 1).</summary>
    public static ProblemResult NotUtf8(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) is OperationStatus.Done)
            at += length;
        return At("$", string.Create(CultureInfo.InvariantCulture, $"The body is not UTF-8: look at byte {at + 1}."));
    }

    /// <summary>400 for one place.</summary>
    public static ProblemResult At(string path, string sentence) =>
        Problems.Unreadable(sentence) with { Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = [sentence] } };

    /// <summary>Such as "a number", for sentences.</summary>
    public static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.String => "a string",
        _ => "null",
    };

    /// <summary>
    /// Half of a surrogate pair written as an escape (<c>"\ud800"</c>): allowed by JSON's grammar, but no text, and it cannot be stored.
    /// </summary>
    /// <param name="escaped">A string's inside as written, with its escapes.</param>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        while (escaped.IndexOf((byte)'\\') is >= 0 and var at)
        {
            escaped = escaped[at..];
            var unit = CodeUnitAt(escaped);
            if (unit is { } low && char.IsLowSurrogate(low))
                return true;
            if (unit is { } high && char.IsHighSurrogate(high))
            {
                escaped = escaped[EscapeLength..];
                if (CodeUnitAt(escaped) is not { } next || !char.IsLowSurrogate(next))
                    return true;
            }

            escaped = escaped[(unit is null ? ShortEscapeLength : EscapeLength)..];
        }

        return false;
    }

    /// <returns>The character of an escape such as <c>\u00e9</c> at the beginning; null when something else stands there.</returns>
    private static char? CodeUnitAt(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && text[0] is (byte)'\\' && text[1] is (byte)'u'
        && Utf8Parser.TryParse(text[2..EscapeLength], out ushort unit, out var used, 'x') && used is EscapeLength - 2
            ? (char)unit
            : null;
}
