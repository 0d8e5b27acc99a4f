using System.Text.Json;
using System.Text.Unicode;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Leads;

/// <summary>Reads a change such as <c>{"city":"Lahore","email":null}</c> (JSON merge patch, RFC 7396).</summary>
internal static class LeadPatch
{
    private static readonly Dictionary<string, LeadField> Fields =
        Enum.GetValues<LeadField>().ToDictionary(field => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString()), StringComparer.Ordinal);

    /// <returns>The change; or 400 where it cannot be read, 422 where a field cannot be changed.</returns>
    public static (LeadEdit? Edit, ProblemResult? Problem) Read(byte[] body)
    {
        ReadOnlyMemory<byte> json = body.AsSpan().StartsWith(JsonText.ByteOrderMark) ? body.AsMemory(JsonText.ByteOrderMark.Length) : body;
        if (!Utf8.IsValid(json.Span))
            return (null, JsonText.NotUtf8(json.Span));
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return (null, JsonText.Broken(exception, null));
        }
    }

    private static (LeadEdit? Edit, ProblemResult? Problem) Read(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            return (null, JsonText.At("$", "The body must be one JSON object with the fields to change."));
        var values = new Dictionary<LeadField, string?>();
        var refused = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (HasLoneSurrogate(member))
                refused["$"] = ["A name or text contains half of a surrogate pair, which is no character. Remove it."];
            else if (!Fields.TryGetValue(member.Name, out var field))
                refused[member.Name] = [$"This field cannot be changed here. These can: {string.Join(", ", Fields.Keys)}."];
            else if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return (null, JsonText.At("$." + member.Name, $"{member.Name} must be a string or null."));
            else
                values[field] = member.Value.GetString();
        }

        return refused.Count is 0 ? (new LeadEdit(values), null) : (null, Refusal.Invalid(refused).ToProblem());
    }

    /// <summary>Looked for in the text as written: such a name or value cannot even be read.</summary>
    private static bool HasLoneSurrogate(JsonProperty member) => JsonText.HasLoneSurrogate(System.Text.Encoding.UTF8.GetBytes(member.ToString()));
}
