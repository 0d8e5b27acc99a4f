using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary>The <c>fields</c> parameter: which properties an answer has.</summary>
internal static class GraphFields
{
    /// <summary>An object with the fields asked for, in that order, and its id.</summary>
    /// <param name="value">Null when there is nothing to tell: the property is left out.</param>
    public static JsonObject Pick(IEnumerable<string> fields, string id, Func<string, JsonNode?> value)
    {
        var picked = new JsonObject();
        foreach (var field in fields)
        {
            if (field != "id" && value(field) is { } found) picked[field] = found;
        }

        picked["id"] = id;
        return picked;
    }

    /// <summary>Reads <c>id,name,page{id,name},leads.limit(5){id}</c> as id, name, page, leads.</summary>
    /// <param name="preset">What is meant when nothing is asked for.</param>
    /// <param name="unknown">The first name that is not known; null: all are.</param>
    public static IReadOnlyList<string> Read(string? fields, IReadOnlyList<string> preset, IReadOnlyList<string> known, out string? unknown)
    {
        unknown = null;
        if (string.IsNullOrWhiteSpace(fields)) return preset;
        var names = TopLevel(fields).Select(name => name.Split('{', '.', '(')[0].Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        unknown = names.FirstOrDefault(name => !known.Contains(name));
        return names;
    }

    private static IEnumerable<string> TopLevel(string fields)
    {
        int depth = 0, start = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i] is '{' or '(') depth++;
            else if (fields[i] is '}' or ')') depth--;
            else if (fields[i] == ',' && depth == 0)
            {
                yield return fields[start..i];
                start = i + 1;
            }
        }

        yield return fields[start..];
    }
}
