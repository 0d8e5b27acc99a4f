using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Common;

namespace LeadDesk.Intake.Forms;

/// <summary>One submission that a site listed.</summary>
/// <param name="Id">The site's id of it, or what stands in for one.</param>
/// <param name="Order">What the list is sorted by, as far as it can be told: to see whether the newest come first.</param>
internal sealed record PulledSubmission(string Id, byte[] Raw, DateTime? OccurredAt, string? Order);

/// <summary>
/// Takes apart what sites answer: Gravity Forms' <c>{"total_count":"2","entries":[{"id":"97","form_id":"5",…}]}</c>, or a plain list
/// of submissions, bare or inside something (<c>{"data":{"submissions":[…]}}</c>). Pure.
/// </summary>
internal static class FormPullReader
{
    private static readonly string[] Ids = ["id", "ID", "entry_id", "submission_id", "submissionId", "response_id", "uuid", "_id"];
    private static readonly string[] Times = ["date_created", "created_at", "createdAt", "submitted_at", "submittedAt", "date", "created", "timestamp", "time", "submission_date"];

    /// <returns>Refused, in words, when it is no such list.</returns>
    /// <param name="form">The form with its questions, as <see cref="Form"/> made it; null when the site does not tell.</param>
    public static Outcome<IReadOnlyList<PulledSubmission>> Read(byte[] answer, string formId, string? form)
    {
        using var json = FormJson.TryParse(FormText.Decode(answer, null), out _);
        if (json is null)
            return Refusal.Invalid("url", "The site answered with something that is no JSON, such as a web page. Check the address, and that the site lets programs in.");
        if (List(json.RootElement, 0) is not { } list)
            return Refusal.Invalid("url", "The site's answer holds no list of submissions. Check the address.");
        return list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object).Select(item => Submission(item, formId, form)).ToList();
    }

    /// <summary>What is kept of a Gravity Forms form beside each entry: title, and id, label and type of the fields. Null when it is none.</summary>
    public static string? Form(byte[] answer)
    {
        using var json = FormJson.TryParse(FormText.Decode(answer, null), out _);
        if (json is null || json.RootElement.ValueKind is not JsonValueKind.Object || !json.RootElement.TryGetProperty("fields", out var fields) || fields.ValueKind is not JsonValueKind.Array)
            return null;
        var kept = new JsonArray();
        foreach (var field in fields.EnumerateArray().Where(field => field.ValueKind is JsonValueKind.Object))
            kept.Add(new JsonObject { ["id"] = Text(field, "id"), ["label"] = Text(field, "label"), ["type"] = Text(field, "type") });
        return new JsonObject { ["title"] = Text(json.RootElement, "title"), ["fields"] = kept }.ToJsonString();
    }

    /// <summary>Whether the newest come first, as far as their ids or times tell.</summary>
    public static bool IsNewestFirst(IReadOnlyList<PulledSubmission> page)
    {
        if (page is not [{ Order: { } first }, .., { Order: { } last }])
            return false;
        return decimal.TryParse(first, NumberStyles.Integer, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(last, NumberStyles.Integer, CultureInfo.InvariantCulture, out var b)
            ? a > b
            : string.CompareOrdinal(first, last) > 0;
    }

    private static PulledSubmission Submission(JsonElement item, string formId, string? form)
    {
        var raw = item.GetRawText();
        var id = Ids.Select(name => Text(item, name)).FirstOrDefault(text => text is not null);
        var time = Times.Select(name => Text(item, name)).FirstOrDefault(text => text is not null);
        var key = id ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)).AsSpan(0, 16));
        return new($"{formId}:{key}", Encoding.UTF8.GetBytes(form is null ? raw : $$"""{"form":{{form}},"entry":{{raw}}}"""), FormText.Time(time), time ?? id);
    }

    /// <summary>The list itself, or the one inside an object; at most three levels down.</summary>
    private static JsonElement? List(JsonElement json, int depth)
    {
        if (json.ValueKind is JsonValueKind.Array)
            return json;
        if (json.ValueKind is not JsonValueKind.Object || depth > 2)
            return null;
        var members = json.EnumerateObject().ToList();
        foreach (var member in members.Where(member => member.Value.ValueKind is JsonValueKind.Array))
        {
            if (member.Value.GetArrayLength() is 0 || member.Value[0].ValueKind is JsonValueKind.Object)
                return member.Value;
        }

        return members.Select(member => List(member.Value, depth + 1)).FirstOrDefault(list => list is not null);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 } text ? text : null;
}
