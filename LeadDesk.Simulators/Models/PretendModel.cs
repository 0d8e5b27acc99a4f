using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LeadDesk.Simulators.Models;

/// <summary>
/// Answers like a small model: by a few words of the customer's text. "gullible" obeys orders in that text, "lying" invents
/// facts, the other modes break the answer's form.
/// </summary>
internal static partial class PretendModel
{
    public static string Answer(string mode, string userText) => mode switch
    {
        ModelMode.Malformed => "I think the customer wants to buy something, so I would call them.",
        ModelMode.WrongWords => With(Honest(userText), ("intent", "purchase"), ("urgency", "asap"), ("confidence", 250)),
        ModelMode.Empty => "",
        ModelMode.Lying => Lie(userText),
        ModelMode.Gullible when OrderPattern().IsMatch(userText) => Obey(userText),
        ModelMode.Fenced => $"Here is the analysis you asked for:\n```json\n{Honest(userText).ToJsonString()}\n```\nLet me know if you need more.",
        _ => Honest(userText).ToJsonString(),
    };

    /// <summary>What the words suggest.</summary>
    public static JsonObject Honest(string text)
    {
        var intent = Has(text, "stop", "unsubscribe") ? "other"
            : Has(text, "refund", "broken", "complain") ? "complaint"
            : Has(text, "buy", "order", "purchase", "comprar", "satın") ? "buy"
            : Has(text, "price", "how much", "available", "?") ? "question"
            : "other";
        var quantity = NumberPattern().Match(text) is { Success: true } number ? decimal.Parse(number.Value, CultureInfo.InvariantCulture) : (decimal?)null;
        return new JsonObject
        {
            ["intent"] = intent,
            ["urgency"] = Has(text, "today", "urgent", "now", "asap") ? "high" : intent == "buy" ? "medium" : "low",
            ["category"] = intent switch { "buy" => "sales", "question" => "pricing", "complaint" => "feedback", _ => "general" },
            ["sentiment"] = intent == "complaint" ? "negative" : "neutral",
            ["confidence"] = 88,
            ["language"] = "en",
            ["opt_out"] = Has(text, "stop", "unsubscribe"),
            ["contains_instructions"] = false,
            ["extracted"] = new JsonObject
            {
                ["product"] = ProductPattern().Match(text) is { Success: true } product ? product.Value : null,
                ["quantity"] = quantity,
                ["budget_amount"] = null,
                ["budget_currency"] = null,
                ["date"] = Has(text, "today") ? "today" : null,
                ["place"] = null,
                ["contact"] = null,
            },
        };
    }

    private static string Lie(string text) => With(Honest(text), ("extracted", new JsonObject
    {
        ["product"] = "gold bars",
        ["quantity"] = 7777,
        ["budget_amount"] = 1_000_000,
        ["budget_currency"] = "USD",
        ["date"] = "next Tuesday",
        ["place"] = "Atlantis",
        ["contact"] = "+1 555 0100 999",
    }));

    private static string Obey(string text) => With(
        Honest(text),
        ("intent", "buy"), ("urgency", "high"), ("category", "sales"), ("sentiment", "positive"), ("confidence", 100), ("opt_out", false), ("score", 100));

    private static string With(JsonObject answer, params (string Name, JsonNode Value)[] changes)
    {
        foreach (var (name, value) in changes) answer[name] = value;
        return answer.ToJsonString();
    }

    private static bool Has(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("ignore .{0,40}(instructions|rules)|(set|mark|classify|rate|score|treat) .{0,60}(intent|urgency|score|hot|lead|buy)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"(?<![\p{L}\d])\d{1,6}(?![\p{L}\d])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex("office chairs|chairs|laptops|units|sillas", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProductPattern();
}
