using System.Text.Json;
using System.Text.Unicode;
using LeadDesk.Intake.Mapping;
using LeadDesk.Intake.Meta;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Meta;

/// <summary>
/// Reads what to set of a connection. What is missing stays as it is, null clears. Ids come as strings or as numbers.
/// <code>{"page_id":"104857600012345","form_ids":null,"access_token":"EAA…","interval_seconds":300,"region":"TR","active":true,"owners":[3,4]}</code>
/// </summary>
internal sealed class MetaConnectionReader
{
    private ProblemResult? problem;

    /// <returns>The change; or 400 where it cannot be read, 422 where a mapping is not understood.</returns>
    public static (MetaConnectionChange? Change, ProblemResult? Problem) Read(byte[] body)
    {
        ReadOnlyMemory<byte> json = body.AsSpan().StartsWith(JsonText.ByteOrderMark) ? body.AsMemory(JsonText.ByteOrderMark.Length) : body;
        if (!Utf8.IsValid(json.Span))
            return (null, JsonText.NotUtf8(json.Span));
        if (JsonText.HasLoneSurrogate(json.Span))
            return (null, JsonText.At("$", "A name or text contains half of a surrogate pair, which is no character. Remove it."));
        try
        {
            using var document = JsonDocument.Parse(json);
            return new MetaConnectionReader().Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return (null, JsonText.Broken(exception, null));
        }
    }

    private (MetaConnectionChange? Change, ProblemResult? Problem) Read(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            return (null, JsonText.At("$", "The body must be one JSON object."));
        var change = new MetaConnectionChange
        {
            PageId = Text(root, "page_id"),
            FormIds = List(root, "form_ids", TextOf),
            AccessToken = Text(root, "access_token"),
            AppSecret = Text(root, "app_secret"),
            VerifyToken = Text(root, "verify_token"),
            IntervalSeconds = Number(root, "interval_seconds"),
            Region = Text(root, "region"),
            Owners = List(root, "owners", value => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var id) ? id : (long?)null)?.Select(id => id!.Value).ToList(),
            Mapping = Mapping(root),
            Active = Flag(root, "active"),
            ConversionsDatasetId = Text(root, "conversions_dataset_id"),
        };
        return problem is null ? (change, null) : (null, problem);
    }

    private string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.Null)
            return "";
        return TextOf(value) ?? Wrong<string>(name, value, "a string");
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private List<T>? List<T>(JsonElement root, string name, Func<JsonElement, T?> read)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.Null)
            return [];
        if (value.ValueKind is not JsonValueKind.Array)
            return Wrong<List<T>>(name, value, "an array");
        var items = new List<T>();
        foreach (var item in value.EnumerateArray())
        {
            if (read(item) is not { } known)
                return Wrong<List<T>>($"{name}[{items.Count}]", item, "an id");
            items.Add(known);
        }

        return items;
    }

    private int? Number(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        Wrong<string>(name, value, "a whole number");
        return null;
    }

    private bool? Flag(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Wrong<string>(name, value, "true or false");
        return null;
    }

    private FieldMapping? Mapping(JsonElement root)
    {
        if (!root.TryGetProperty("mapping", out var value))
            return null;
        var mapping = FieldMappingJson.Check(value);
        if (!mapping.Succeeded)
            problem ??= mapping.Refusal.ToProblem();
        return mapping.Value;
    }

    private T? Wrong<T>(string name, JsonElement value, string expected)
        where T : class
    {
        problem ??= JsonText.At($"$.{name}", $"{name} must be {expected}, not {NameOf(value.ValueKind)}.");
        return null;
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "this number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
