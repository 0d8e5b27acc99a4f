using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Common;

namespace LeadDesk.Intake.Mapping;

/// <summary>
/// How a <see cref="FieldMapping"/> is stored and spoken by the API:
/// <c>{"fields":{"your-name":"name","menu-12":"interest","rooms":"custom.rooms"},"constants":{"campaign":"Spring"}}</c>. A plain object of fields is understood too.
/// </summary>
public static class FieldMappingJson
{
    private const string FieldsName = "fields";
    private const string ConstantsName = "constants";
    private const string CustomPrefix = "custom.";
    private const int MostFields = 500;

    /// <summary>The words of <see cref="LeadField"/>, in menu order.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<LeadField>().Select(Word)];

    /// <summary><c>job_title</c> for <see cref="LeadField.JobTitle"/>.</summary>
    public static string Word(LeadField field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString());

    /// <summary>In any case, with or without lines between the words.</summary>
    public static LeadField? Field(string? word)
    {
        var bare = word?.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return bare is { Length: > 0 } && char.IsLetter(bare[0]) && Enum.TryParse<LeadField>(bare, ignoreCase: true, out var field) ? field : null;
    }

    /// <summary><c>budget</c> for <c>custom.budget</c>; null for other words.</summary>
    public static string? CustomField(string? word) =>
        word?.Trim() is { } target && target.StartsWith(CustomPrefix, StringComparison.OrdinalIgnoreCase) && target.Length > CustomPrefix.Length ? target[CustomPrefix.Length..] : null;

    /// <summary>The word for one of the company's own fields.</summary>
    public static string CustomWord(string customField) => CustomPrefix + customField;

    /// <summary>What somebody decided that a field is, in a word; null where it is guessed.</summary>
    public static string? Target(FieldMapping mapping, string key) =>
        mapping.CustomFields.TryGetValue(key, out var customField) ? CustomWord(customField) : mapping.Fields.TryGetValue(key, out var field) ? Word(field) : null;

    public static string Write(FieldMapping mapping)
    {
        var json = new JsonObject
        {
            [FieldsName] = new JsonObject(mapping.Fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Target(mapping, field.Key)))),
            [ConstantsName] = new JsonObject(mapping.Constants.Select(constant => KeyValuePair.Create(Word(constant.Key), (JsonNode?)constant.Value))),
        };
        return json.ToJsonString();
    }

    /// <summary>What is stored. What is not understood (an older or a newer version wrote it) is guessed again.</summary>
    public static FieldMapping Read(string? stored)
    {
        if (string.IsNullOrWhiteSpace(stored))
            return FieldMapping.Guessed;
        try
        {
            using var json = JsonDocument.Parse(stored);
            return Read(json.RootElement, []);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return FieldMapping.Guessed;
        }
    }

    /// <summary>What somebody sent; refused where it is not understood, each with its place.</summary>
    public static Outcome<FieldMapping> Check(JsonElement sent)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        try
        {
            var mapping = Read(sent, errors);
            return errors.Count is 0 ? mapping : Refusal.Invalid(errors);
        }
        catch (InvalidOperationException)
        {
            // The framework's word for half of a surrogate pair in a name or text.
            return Refusal.Invalid("mapping", "A text in the mapping contains half of a surrogate pair, which is no character. Remove it.");
        }
    }

    private static FieldMapping Read(JsonElement json, Dictionary<string, string[]> errors)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return FieldMapping.Guessed;
        if (json.ValueKind is not JsonValueKind.Object)
        {
            errors["mapping"] = ["The mapping must be an object of field names, such as {\"fields\":{\"your-name\":\"name\"}}."];
            return FieldMapping.Guessed;
        }

        var named = json.TryGetProperty(FieldsName, out var given) && given.ValueKind is JsonValueKind.Object;
        var fields = new Dictionary<string, LeadField>(StringComparer.OrdinalIgnoreCase);
        var customFields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in (named ? given : json).EnumerateObject())
        {
            if (!named && member.NameEquals(ConstantsName) && member.Value.ValueKind is JsonValueKind.Object)
                continue;
            var word = Text(member.Value);
            customFields.Remove(member.Name.Trim());
            if (CustomField(word) is { } customField)
                (fields[member.Name.Trim()], customFields[member.Name.Trim()]) = (LeadField.Custom, customField);
            else if (Field(word) is { } field)
                fields[member.Name.Trim()] = field;
            else
                errors[$"mapping.fields.{member.Name}"] = [$"Use one of these: {string.Join(", ", Words)}; or custom. and the key of one of the company's own fields."];
        }

        var constants = new Dictionary<LeadField, string>();
        if (json.TryGetProperty(ConstantsName, out var fixedValues) && fixedValues.ValueKind is JsonValueKind.Object)
            ReadConstants(fixedValues, constants, errors);
        if (fields.Count > MostFields)
            errors["mapping"] = [$"At most {MostFields} fields can be mapped."];
        return new FieldMapping(fields, constants) { CustomFields = customFields };
    }

    private static void ReadConstants(JsonElement json, Dictionary<LeadField, string> constants, Dictionary<string, string[]> errors)
    {
        foreach (var member in json.EnumerateObject())
        {
            var field = Field(member.Name);
            if (field is null or LeadField.Custom or LeadField.Consent or LeadField.Ignore or LeadField.FirstName or LeadField.LastName)
                errors[$"mapping.constants.{member.Name}"] = ["This cannot be set for every lead. Use a field such as campaign, source or interest."];
            else if (Text(member.Value) is { Length: <= 500 } text)
                constants[field.Value] = text;
            else
                errors[$"mapping.constants.{member.Name}"] = ["Give a text of at most 500 characters."];
        }
    }

    private static string? Text(JsonElement json) => json.ValueKind is JsonValueKind.String ? json.GetString() : null;
}
