using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Common;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import;

/// <summary>
/// How <see cref="ImportRules"/> are stored and spoken by the API:
/// <code>
/// {"columns":[{"column":"full_name","to":"name"},{"column":"Durum","to":"stage","values":{"Yeni":"New"}},{"column":"Bütçe","to":"field:budget"}],
///  "constants":{"campaign":"Fair 2026"},"existing":"fill","assignment":"by_rules","date_order":"day_month_year","decimal_comma":true}
/// </code>
/// </summary>
public static class ImportMappingJson
{
    private const string FieldPrefix = "field:";
    private const int MostValues = 2_000;
    private const int LongestValue = 500;

    /// <summary>The words of <see cref="ImportTarget"/>, in menu order; custom fields are <c>field:key</c>.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<ImportTarget>().Where(target => target is not ImportTarget.Field).Select(target => Word(target, null))];

    public static string Word(ImportTarget target, string? field) => target is ImportTarget.Field ? FieldPrefix + field : Word(target);

    public static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static (ImportTarget Target, string? Field)? Target(string? word)
    {
        if (word?.Trim() is not { Length: > 0 } text)
            return null;
        if (text.StartsWith(FieldPrefix, StringComparison.OrdinalIgnoreCase) && text.Length > FieldPrefix.Length)
            return (ImportTarget.Field, text[FieldPrefix.Length..].Trim());
        return Parse<ImportTarget>(text) is { } target && target is not ImportTarget.Field ? (target, null) : null;
    }

    public static string Write(ImportRules rules)
    {
        var json = new JsonObject
        {
            ["columns"] = new JsonArray([.. rules.Columns.Select(WriteColumn)]),
            ["constants"] = new JsonObject(rules.Constants.Select(constant => KeyValuePair.Create(constant.Key, (JsonNode?)constant.Value))),
            ["existing"] = Word(rules.Existing),
            ["assignment"] = Word(rules.Assignment),
            ["date_order"] = Word(rules.DateOrder),
            ["date_order_unsure"] = rules.DateOrderUnsure,
            ["decimal_comma"] = rules.DecimalComma,
            ["meta"] = rules.IsMeta,
        };
        if (rules.Region is { } region)
            json["region"] = region;
        return json.ToJsonString();
    }

    /// <summary>What is stored here; null when an older or a newer version wrote something else.</summary>
    public static ImportRules? Read(string? stored, IReadOnlyList<string> columns)
    {
        if (string.IsNullOrWhiteSpace(stored))
            return null;
        try
        {
            using var json = JsonDocument.Parse(stored);
            return Change(Blank(columns), json.RootElement, []);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Rules with what somebody sent in their place; refused where it is not understood, each with its place.</summary>
    public static Outcome<ImportRules> Apply(ImportRules rules, JsonElement sent)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        try
        {
            var changed = Change(rules, sent, errors);
            return errors.Count is 0 ? changed : Refusal.Invalid(errors);
        }
        catch (InvalidOperationException)
        {
            return Refusal.Invalid("mapping", "A text in the mapping contains half of a surrogate pair, which is no character. Remove it.");
        }
    }

    private static ImportRules Blank(IReadOnlyList<string> columns) =>
        new() { Columns = [.. columns.Select((name, index) => new ImportColumn(index, name, ImportTarget.Answer))] };

    private static JsonObject WriteColumn(ImportColumn column)
    {
        var json = new JsonObject { ["column"] = column.Name, ["to"] = Word(column.To, column.Field), ["confidence"] = column.Confidence };
        if (column.Values is { Count: > 0 } values)
            json["values"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value)));
        if (column.DateOrder is { } order)
            json["date_order"] = Word(order);
        return json;
    }

    private static ImportRules Change(ImportRules rules, JsonElement sent, Dictionary<string, string[]> errors)
    {
        if (sent.ValueKind is not JsonValueKind.Object)
        {
            errors["mapping"] = ["The mapping must be an object such as {\"columns\":[{\"column\":\"full_name\",\"to\":\"name\"}]}."];
            return rules;
        }

        foreach (var member in sent.EnumerateObject())
        {
            switch (member.Name)
            {
                case "columns":
                    rules = rules with { Columns = Columns(rules.Columns, member.Value, errors) };
                    break;
                case "constants":
                    rules = rules with { Constants = Texts(member.Value, "mapping.constants", errors, checkTarget: true) };
                    break;
                case "existing":
                    rules = rules with { Existing = Enumeration<ExistingLeads>(member.Value, "mapping.existing", errors) ?? rules.Existing };
                    break;
                case "assignment":
                    rules = rules with { Assignment = Enumeration<ImportAssignment>(member.Value, "mapping.assignment", errors) ?? rules.Assignment };
                    break;
                case "date_order":
                    rules = rules with { DateOrder = Enumeration<DateOrder>(member.Value, "mapping.date_order", errors) ?? rules.DateOrder, DateOrderUnsure = false };
                    break;
                case "date_order_unsure":
                    rules = rules with { DateOrderUnsure = member.Value.ValueKind is JsonValueKind.True };
                    break;
                case "decimal_comma":
                    rules = rules with { DecimalComma = member.Value.ValueKind is JsonValueKind.True };
                    break;
                case "meta":
                    rules = rules with { IsMeta = member.Value.ValueKind is JsonValueKind.True };
                    break;
                case "region":
                    rules = rules with { Region = Region(member.Value, errors) };
                    break;
                default:
                    errors[$"mapping.{member.Name}"] = ["This is no part of a mapping. Its parts are columns, constants, existing, assignment, date_order, decimal_comma, meta and region."];
                    break;
            }
        }

        return rules;
    }

    private static string? Region(JsonElement sent, Dictionary<string, string[]> errors)
    {
        if (sent.ValueKind is JsonValueKind.Null)
            return null;
        if (sent.ValueKind is JsonValueKind.String && PhoneNumber.IsRegion(sent.GetString()))
            return sent.GetString()!.ToUpperInvariant();
        errors["mapping.region"] = ["The region must be a two-letter country code of ISO 3166, such as PK or DE."];
        return null;
    }

    private static IReadOnlyList<ImportColumn> Columns(IReadOnlyList<ImportColumn> columns, JsonElement sent, Dictionary<string, string[]> errors)
    {
        var changed = columns.ToArray();
        if (sent.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in sent.EnumerateObject())
                SetColumn(changed, Index(changed, member.Name), member.Name, member.Value, default, errors);
            return changed;
        }

        if (sent.ValueKind is not JsonValueKind.Array)
        {
            errors["mapping.columns"] = ["The columns must be a list such as [{\"column\":\"full_name\",\"to\":\"name\"}], or an object such as {\"full_name\":\"name\"}."];
            return columns;
        }

        foreach (var entry in sent.EnumerateArray())
        {
            if (entry.ValueKind is not JsonValueKind.Object || !entry.TryGetProperty("column", out var column))
            {
                errors["mapping.columns"] = ["Each column must be an object with its name, such as {\"column\":\"full_name\",\"to\":\"name\"}."];
                continue;
            }

            var name = column.ValueKind is JsonValueKind.String ? column.GetString()! : column.GetRawText();
            SetColumn(changed, Index(changed, name), name, entry.TryGetProperty("to", out var to) ? to : default, entry, errors);
        }

        return changed;
    }

    private static int Index(ImportColumn[] columns, string name) =>
        Array.FindIndex(columns, column => string.Equals(column.Name.Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase));

    private static void SetColumn(ImportColumn[] columns, int index, string name, JsonElement to, JsonElement entry, Dictionary<string, string[]> errors)
    {
        var place = $"mapping.columns.{name}";
        if (index < 0)
        {
            errors[place] = [$"The file has no column “{name}”. Its columns are: {string.Join(", ", columns.Select(column => column.Name))}."];
            return;
        }

        var column = columns[index];
        if (to.ValueKind is not JsonValueKind.Undefined)
        {
            if (to.ValueKind is not JsonValueKind.String || Target(to.GetString()) is not { } target)
            {
                errors[place] = [$"A column can become {string.Join(", ", Words)}, or field: and a custom field's key."];
                return;
            }

            column = column with { To = target.Target, Field = target.Field, Confidence = entry.ValueKind is JsonValueKind.Object && entry.TryGetProperty("confidence", out var sure) && sure.TryGetInt32(out var percent) ? Math.Clamp(percent, 0, 100) : 100 };
        }

        if (entry.ValueKind is JsonValueKind.Object)
        {
            if (entry.TryGetProperty("values", out var values))
                column = column with { Values = Texts(values, place, errors, checkTarget: false) };
            if (entry.TryGetProperty("date_order", out var order))
                column = column with { DateOrder = Enumeration<DateOrder>(order, place, errors) };
        }

        columns[index] = column;
    }

    private static Dictionary<string, string> Texts(JsonElement sent, string place, Dictionary<string, string[]> errors, bool checkTarget)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (sent.ValueKind is JsonValueKind.Null)
            return texts;
        if (sent.ValueKind is not JsonValueKind.Object)
        {
            errors[place] = ["This must be an object of texts, such as {\"campaign\":\"Spring\"}."];
            return texts;
        }

        foreach (var member in sent.EnumerateObject())
        {
            if (texts.Count >= MostValues)
                errors[place] = [$"At most {MostValues:N0} values can be given."];
            else if (member.Value.ValueKind is not JsonValueKind.String || member.Value.GetString() is not { Length: <= LongestValue } text || TextRules.FindForbiddenControl(text) is not null)
                errors[$"{place}.{member.Name}"] = [$"This must be a text of at most {LongestValue} characters."];
            else if (checkTarget && Target(member.Name) is null)
                errors[$"{place}.{member.Name}"] = [$"A constant can be set for {string.Join(", ", Words)}, or field: and a custom field's key."];
            else
                texts[member.Name] = text;
        }

        return texts;
    }

    private static TEnum? Enumeration<TEnum>(JsonElement sent, string place, Dictionary<string, string[]> errors)
        where TEnum : struct, Enum
    {
        if (sent.ValueKind is JsonValueKind.String && Parse<TEnum>(sent.GetString()!) is { } value)
            return value;
        errors[place] = [$"Use one of: {string.Join(", ", Enum.GetValues<TEnum>().Select(Word))}."];
        return null;
    }

    private static TEnum? Parse<TEnum>(string word)
        where TEnum : struct, Enum
    {
        var bare = word.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return bare.Length > 0 && char.IsLetter(bare[0]) && Enum.TryParse<TEnum>(bare, ignoreCase: true, out var value) ? value : null;
    }
}
