using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadDesk.Analysis.Models;

/// <summary>
/// The form of the answer we ask for, built from the same words the parser accepts. It has no score: a model describes a
/// message, the rules score it.
/// </summary>
internal static class AnswerSchema
{
    public static IReadOnlyList<string> Intents { get; } = Words<Intent>();

    public static IReadOnlyList<string> Urgencies { get; } = Words<Urgency>();

    public static IReadOnlyList<string> Sentiments { get; } = Words<Sentiment>();

    /// <summary>JSON Schema in the strict subset of OpenAI: every property required, none besides, null where a fact may be absent.</summary>
    public static JsonElement JsonSchema { get; } = Build(new JsonSchemaDialect());

    /// <summary>Gemini's <c>responseSchema</c>, a subset of OpenAPI: upper-case types and <c>nullable</c>.</summary>
    public static JsonElement GeminiSchema { get; } = Build(new GeminiDialect());

    private static JsonElement Build(ISchemaDialect dialect)
    {
        var extracted = dialect.Object(new JsonObject
        {
            ["product"] = dialect.Optional("string"),
            ["quantity"] = dialect.Optional("number"),
            ["budget_amount"] = dialect.Optional("number"),
            ["budget_currency"] = dialect.Optional("string"),
            ["date"] = dialect.Optional("string"),
            ["place"] = dialect.Optional("string"),
            ["contact"] = dialect.Optional("string"),
        });
        var schema = dialect.Object(new JsonObject
        {
            // First, because a model writes its fields in order and each one guides the next.
            ["contains_instructions"] = dialect.Value("boolean"),
            ["intent"] = dialect.Word(Intents),
            ["urgency"] = dialect.Word(Urgencies),
            ["category"] = dialect.Word(MessageCategory.All),
            ["sentiment"] = dialect.Word(Sentiments),
            ["confidence"] = dialect.Value("integer"),
            ["language"] = dialect.Optional("string"),
            ["opt_out"] = dialect.Value("boolean"),
            ["extracted"] = extracted,
        });
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static string[] Words<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);

    private interface ISchemaDialect
    {
        JsonObject Object(JsonObject properties);

        JsonObject Value(string type);

        JsonObject Optional(string type);

        JsonObject Word(IEnumerable<string> allowed);
    }

    private sealed class JsonSchemaDialect : ISchemaDialect
    {
        public JsonObject Object(JsonObject properties) => new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Names(properties.Select(p => p.Key)),
            ["properties"] = properties,
        };

        public JsonObject Value(string type) => new() { ["type"] = type };

        public JsonObject Optional(string type) => new() { ["type"] = new JsonArray(type, "null") };

        public JsonObject Word(IEnumerable<string> allowed) => new() { ["type"] = "string", ["enum"] = Names(allowed) };
    }

    private sealed class GeminiDialect : ISchemaDialect
    {
        public JsonObject Object(JsonObject properties) => new()
        {
            ["type"] = "OBJECT",
            ["required"] = Names(properties.Select(p => p.Key)),
            // Without it the fields come in the order of the alphabet.
            ["propertyOrdering"] = Names(properties.Select(p => p.Key)),
            ["properties"] = properties,
        };

        public JsonObject Value(string type) => new() { ["type"] = type.ToUpperInvariant() };

        public JsonObject Optional(string type) => new() { ["type"] = type.ToUpperInvariant(), ["nullable"] = true };

        public JsonObject Word(IEnumerable<string> allowed) => new() { ["type"] = "STRING", ["enum"] = Names(allowed) };
    }
}
