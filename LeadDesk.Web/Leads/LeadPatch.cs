using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Leads;

/// <param name="Move">Null when the stage stays.</param>
internal sealed record LeadPatchRequest(LeadEdit Edit, StageMove? Move);

/// <summary>
/// Reads a change (JSON merge patch, RFC 7396) such as
/// <c>{"city":"Lahore","email":null,"value":1500,"custom":{"budget":900},"tags":["vip"],"status":"Lost","lost_reason":"Price"}</c>.
/// </summary>
internal static class LeadPatch
{
    private static readonly Dictionary<string, LeadField> Fields =
        Enum.GetValues<LeadField>().ToDictionary(field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString()), StringComparer.Ordinal);

    /// <summary>Members beside the facts.</summary>
    private static readonly string[] Others = ["custom", "tags", "status", "lost_reason", "comment"];

    /// <returns>The change; or 400 where it cannot be read, 422 where a field cannot be changed.</returns>
    public static (LeadPatchRequest? Request, ProblemResult? Problem) Read(byte[] body, CompanyRules company)
    {
        ReadOnlyMemory<byte> json = body.AsSpan().StartsWith(JsonText.ByteOrderMark) ? body.AsMemory(JsonText.ByteOrderMark.Length) : body;
        if (!Utf8.IsValid(json.Span))
            return (null, JsonText.NotUtf8(json.Span));
        try
        {
            using var document = JsonDocument.Parse(json);
            var (edit, problem) = ReadEdit(document.RootElement, "$", Others);
            if (problem is not null)
                return (null, problem);
            var (move, unreadable) = ReadMove(document.RootElement, company, edit!);
            return unreadable is null ? (new LeadPatchRequest(edit!, move), null) : (null, unreadable);
        }
        catch (JsonException exception)
        {
            return (null, JsonText.Broken(exception, null));
        }
    }

    /// <param name="place">Where the object stands, for what cannot be read.</param>
    /// <param name="alsoTaken">Members that are read elsewhere or here, beside the facts.</param>
    public static (LeadEdit? Edit, ProblemResult? Problem) ReadEdit(JsonElement root, string place, IReadOnlyList<string> alsoTaken)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            return (null, JsonText.At(place, place is "$" ? "The body must be one JSON object with the fields to change." : "This must be an object with the fields to change."));
        var values = new Dictionary<LeadField, string?>();
        var custom = new Dictionary<string, string?>(StringComparer.Ordinal);
        string[]? tags = null;
        var refused = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (HasLoneSurrogate(member))
                refused[place] = ["A name or text contains half of a surrogate pair, which is no character. Remove it."];
            else if (Fields.TryGetValue(member.Name, out var field))
            {
                if (Fact(member.Value, field, $"{place}.{member.Name}", values) is { } unreadable)
                    return (null, unreadable);
            }
            else if (!alsoTaken.Contains(member.Name))
                refused[member.Name] = [$"This field cannot be changed here. These can: {string.Join(", ", Fields.Keys.Concat(alsoTaken))}."];
            else if (member.NameEquals("custom") && Custom(member.Value, $"{place}.custom", custom) is { } wrong)
                return (null, wrong);
            else if (member.NameEquals("tags") && !TryTags(member.Value, out tags))
                return (null, JsonText.At($"{place}.tags", "tags must be an array of strings or null."));
        }

        return refused.Count is 0 ? (new LeadEdit(values) { Custom = custom, Tags = tags }, null) : (null, Refusal.Invalid(refused).ToProblem());
    }

    /// <param name="text">A reason's name in any case, or its id.</param>
    /// <returns>0, which no reason has, when there is none of this name.</returns>
    public static long? LostReason(CompanyRules company, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var folded = SearchText.Fold(text);
        return (company.LostReasons.FirstOrDefault(reason => reason.ArchivedAt is null && SearchText.Fold(reason.Name) == folded)
            ?? company.LostReasons.FirstOrDefault(reason => reason.Id.ToString(CultureInfo.InvariantCulture) == folded))?.Id ?? 0;
    }

    private static ProblemResult? Fact(JsonElement value, LeadField field, string place, Dictionary<LeadField, string?> values)
    {
        var number = field is LeadField.Value && value.ValueKind is JsonValueKind.Number;
        if (!number && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            return JsonText.At(place, $"{place[(place.LastIndexOf('.') + 1)..]} must be {(field is LeadField.Value ? "a number, a string" : "a string")} or null.");
        values[field] = number ? value.GetRawText() : value.GetString();
        return null;
    }

    private static ProblemResult? Custom(JsonElement value, string place, Dictionary<string, string?> custom)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return null;
        if (value.ValueKind is not JsonValueKind.Object)
            return JsonText.At(place, "custom must be an object of values by the fields' keys.");
        foreach (var member in value.EnumerateObject())
        {
            if (!TryWritten(member.Value, out var written))
                return JsonText.At($"{place}.{member.Name}", "A value is a string, a number, true, false, null, or an array of strings and numbers.");
            custom[member.Name] = written;
        }

        return null;
    }

    /// <summary>Several choices are joined by what separates them in one text.</summary>
    private static bool TryWritten(JsonElement value, out string? written)
    {
        written = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Array when value.EnumerateArray().All(part => part.ValueKind is JsonValueKind.String or JsonValueKind.Number) =>
                string.Join("; ", value.EnumerateArray().Select(part => part.ValueKind is JsonValueKind.Number ? part.GetRawText() : part.GetString())),
            _ => null,
        };
        return written is not null || value.ValueKind is JsonValueKind.Null;
    }

    private static bool TryTags(JsonElement value, out string[]? tags)
    {
        tags = value.ValueKind is JsonValueKind.Null ? [] : null;
        if (value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(part => part.ValueKind is JsonValueKind.String))
            tags = [.. value.EnumerateArray().Select(part => part.GetString()!)];
        return tags is not null;
    }

    private static (StageMove? Move, ProblemResult? Problem) ReadMove(JsonElement root, CompanyRules company, LeadEdit edit)
    {
        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in (ReadOnlySpan<string>)["status", "lost_reason", "comment"])
        {
            if (!root.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return (null, JsonText.At("$." + name, $"{name} must be a string or null."));
            texts[name] = value.GetString();
        }

        if (texts.GetValueOrDefault("status") is { } status)
            return (new StageMove(StageWords.Find(company, status)?.Id ?? 0, LostReason(company, texts.GetValueOrDefault("lost_reason")), texts.GetValueOrDefault("comment")) { Edit = edit }, null);
        return texts.Count is 0 ? (null, null) : (null, Refusal.Invalid("status", "Say which stage the lead goes to: a reason and a comment belong to a move.").ToProblem());
    }

    /// <summary>Looked for in the text as written: such a name or value cannot even be read.</summary>
    private static bool HasLoneSurrogate(JsonProperty member) => JsonText.HasLoneSurrogate(System.Text.Encoding.UTF8.GetBytes(member.ToString()));
}
