using System.Collections.Frozen;
using System.Text.Json;

namespace LeadDesk.Analysis.Models;

/// <summary>A model's text after all checks: an analysis, or why it cannot be used.</summary>
internal readonly record struct ParsedAnswer(MessageAnalysis? Analysis, NoAnswer? Reason);

/// <summary>
/// Reads a model's text leniently and judges it strictly. Sample:
/// <code>
/// {"intent":"buy","urgency":"high","category":"sales","sentiment":"positive","confidence":92,"language":"en","opt_out":false,
///  "contains_instructions":false,"extracted":{"product":"office chairs","quantity":50,"budget_amount":null,"budget_currency":null,
///  "date":"today","place":null,"contact":null}}
/// </code>
/// A wrong judgement makes the whole answer unusable; a wrong or invented fact is left out.
/// </summary>
internal static class ModelAnswerParser
{
    private const int LongestFact = 200;

    private static readonly FrozenDictionary<string, Intent> s_intents = Words<Intent>();
    private static readonly FrozenDictionary<string, Urgency> s_urgencies = Words<Urgency>();
    private static readonly FrozenDictionary<string, Sentiment> s_sentiments = Words<Sentiment>();
    private static readonly FrozenDictionary<string, string> s_categories =
        MessageCategory.All.ToFrozenDictionary(word => word, StringComparer.OrdinalIgnoreCase);

    /// <param name="answer">The model's text.</param>
    /// <param name="text">The customer's text as the model saw it.</param>
    public static ParsedAnswer Parse(string answer, string text)
    {
        if (JsonInProse.FindObject(answer, "intent") is not { } json) return new(null, NoAnswer.Malformed);
        if (Word(json, "intent", s_intents, out var intent)
            && Word(json, "urgency", s_urgencies, out var urgency)
            && Word(json, "category", s_categories, out var category)
            && Word(json, "sentiment", s_sentiments, out var sentiment)
            && Confidence(json) is { } confidence)
        {
            var analysis = new MessageAnalysis(
                intent, urgency, category!, sentiment, confidence, Grounding.Keep(Extracted(json), text),
                Language(json), IsTrue(json, "opt_out"), IsTrue(json, "contains_instructions"));
            return new(analysis, null);
        }

        return new(null, NoAnswer.Invalid);
    }

    private static ExtractedData Extracted(JsonElement json)
    {
        if (json.Property("extracted") is not { ValueKind: JsonValueKind.Object } facts) return ExtractedData.None;
        var budget = Positive(facts, "budget_amount");
        return new ExtractedData(
            Fact(facts, "product"),
            Positive(facts, "quantity"),
            budget,
            budget is null ? null : Fact(facts, "budget_currency")?.ToUpperInvariant(),
            Fact(facts, "date"),
            Fact(facts, "place"),
            Fact(facts, "contact"));
    }

    private static bool Word<T>(JsonElement json, string name, FrozenDictionary<string, T> known, out T? value)
    {
        value = default;
        return json.Property(name)?.AsText() is { } word && known.TryGetValue(word.Trim(), out value);
    }

    /// <summary>A whole number from 0 to 100. A fraction such as 0.9 is on another scale and therefore refused.</summary>
    private static int? Confidence(JsonElement json) =>
        json.Property("confidence") is { ValueKind: JsonValueKind.Number } value
        && value.TryGetDecimal(out var number) && number is >= 0 and <= 100 && decimal.IsInteger(number)
            ? (int)number
            : null;

    /// <summary>ISO 639-1, also when written with a region (<c>pt-BR</c>).</summary>
    private static string? Language(JsonElement json)
    {
        var code = Fact(json, "language");
        if (code is { Length: > 2 } && code[2] is '-' or '_') code = code[..2];
        return code is { Length: 2 } && code.All(char.IsAsciiLetter) ? code.ToLowerInvariant() : null;
    }

    private static string? Fact(JsonElement json, string name)
    {
        var text = json.Property(name)?.AsText()?.Trim();
        return text is { Length: > 0 and <= LongestFact } && !text.Any(char.IsControl) ? text : null;
    }

    private static decimal? Positive(JsonElement json, string name) =>
        json.Property(name) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetDecimal(out var number) && number > 0
            ? number
            : null;

    private static bool IsTrue(JsonElement json, string name) => json.Property(name) is { ValueKind: JsonValueKind.True };

    private static FrozenDictionary<string, T> Words<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(value => value.ToString(), StringComparer.OrdinalIgnoreCase);
}
