using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using LeadDesk.Common;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Leads.Filtering;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.Extensions.Primitives;

namespace LeadDesk.Web.Bulk;

/// <summary>
/// Reads the body of a change of many leads and names every place that is wrong.
/// <code>{"action":"status","ids":[17,18],"value":"Contacted"}
/// {"action":"assign","filter":{"quality":"HOT","owner":"none"},"value":[4,7]}
/// {"action":"follow_up","ids":[17],"kind":"call","due_at":"2026-11-23T09:00:00Z","text":"Ask for the order"}</code>
/// </summary>
internal sealed class BulkBody(JsonElement body, FilterScope scope)
{
    private const string NotAnId = "Give a user's id, \"me\", a list of them to take turns, or null for nobody.";
    private const string NotAnAction = "Use one of: status, assign, tag, untag, field, follow_up, helper, delete, restore.";

    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <returns>The document, which the caller disposes; or 400 where it cannot be read.</returns>
    public static (JsonDocument? Document, ProblemResult? Problem) Parse(byte[] body)
    {
        ReadOnlyMemory<byte> json = body.AsSpan().StartsWith(JsonText.ByteOrderMark) ? body.AsMemory(JsonText.ByteOrderMark.Length) : body;
        if (!Utf8.IsValid(json.Span))
            return (null, JsonText.NotUtf8(json.Span));
        if (JsonText.HasLoneSurrogate(json.Span))
            return (null, JsonText.At("$", "A name or text contains half of a surrogate pair, which is no character. Remove it."));
        try
        {
            var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return (document, null);
            document.Dispose();
            return (null, JsonText.At("$", "The body must be one JSON object with an action and the leads."));
        }
        catch (JsonException exception)
        {
            return (null, JsonText.Broken(exception, null));
        }
    }

    public Outcome<BulkRequest> Read()
    {
        if (Text("action") is not { } word || !Enum.TryParse<BulkAction>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var action) || !Enum.IsDefined(action) || char.IsAsciiDigit(word[0]))
            return Refusal.Invalid("action", NotAnAction);
        var request = new BulkRequest(action) { Ids = Ids("ids"), Filter = Filter(), Except = Ids("except") ?? [] };
        request = action switch
        {
            BulkAction.Status => request with { StageId = Value() is { } stage ? StageWords.Find(scope.Company, stage)?.Id : null, LostReasonId = LostReason(), Comment = Text("comment") },
            BulkAction.Assign => request with { OwnerIds = Owners() },
            BulkAction.Tag or BulkAction.Untag => Tag(request),
            BulkAction.Field => request with { Field = Text("field"), Value = Value(required: true) },
            BulkAction.FollowUp => request with { FollowUpKind = Kind(), DueAt = Due(), AssigneeId = Person("assignee_id"), Text = Text("text") },
            BulkAction.Helper => request with { HelperId = Person("value") },
            BulkAction.Delete => request with { Reason = Blank(Text("reason") ?? Value()) },
            _ => request,
        };
        return errors.Count is 0 ? request : Refusal.Invalid(errors);
    }

    private List<long>? Ids(string name)
    {
        if (!Has(name, out var given))
            return null;
        var ids = new List<long>();
        if (given.ValueKind is not JsonValueKind.Array || given.GetArrayLength() > BulkRequest.Most)
        {
            Add(name, given.ValueKind is JsonValueKind.Array ? $"At most {BulkRequest.Most:N0} leads can be changed at once." : "Give the leads' ids as a list of numbers.");
            return ids;
        }

        foreach (var one in given.EnumerateArray())
        {
            if (one.ValueKind is JsonValueKind.Number && one.TryGetInt64(out var id) && id > 0)
            {
                ids.Add(id);
                continue;
            }

            Add(name, $"Ids are whole numbers above 0; number {ids.Count + 1} of the list is not.");
            break;
        }

        return ids;
    }

    private LeadFilter? Filter()
    {
        if (!Has("filter", out var given))
            return null;
        if (given.ValueKind is not JsonValueKind.Object)
        {
            Add("filter", "Give the filter as an object with the words of GET /api/v1/leads, such as {\"quality\":\"HOT\"}.");
            return new LeadFilter();
        }

        var words = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in given.EnumerateObject())
        {
            string?[] values = member.Value.ValueKind is JsonValueKind.Array ? [.. member.Value.EnumerateArray().Select(one => Scalar("filter." + member.Name, one))] : [Scalar("filter." + member.Name, member.Value)];
            words[member.Name] = new StringValues(values);
        }

        var filter = LeadListQuery.Choose(new QueryCollection(words), scope);
        foreach (var (field, sentences) in filter.Refusal?.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal))
            Add("filter." + field, sentences[0]);
        return filter.Value ?? new LeadFilter();
    }

    private List<long> Owners()
    {
        if (!body.TryGetProperty("value", out var given))
            Add("value", NotAnId);
        else if (given.ValueKind is JsonValueKind.Array)
            return [.. given.EnumerateArray().Select(one => Person("value", one)).OfType<long>()];
        else if (given.ValueKind is not JsonValueKind.Null && Person("value", given) is { } id)
            return [id];
        return [];
    }

    private BulkRequest Tag(BulkRequest request)
    {
        if (!Has("value", out var given))
            Add("value", "Give the tag's name, or its id.");
        return given.ValueKind is JsonValueKind.Number && given.TryGetInt64(out var id) ? request with { TagId = id } : request with { TagName = Value() };
    }

    private long? LostReason()
    {
        if (!Has("lost_reason", out var given))
            return null;
        if (given.ValueKind is JsonValueKind.Number && given.TryGetInt64(out var id))
            return id;
        var name = Scalar("lost_reason", given)?.Trim();
        // No reason has the id 0: the service says which there are.
        return scope.Company.LostReasons.FirstOrDefault(reason => string.Equals(reason.Name, name, StringComparison.OrdinalIgnoreCase))?.Id ?? 0;
    }

    private FollowUpKind Kind()
    {
        if (Text("kind") is not { } word)
            return FollowUpKind.Task;
        if (Enum.TryParse<FollowUpKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(word[0]))
            return kind;
        Add("kind", "Use one of: call, email, message, meeting, task.");
        return FollowUpKind.Task;
    }

    private DateTime? Due()
    {
        if (Text("due_at") is not { } word)
            return null;
        if (DateTime.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var due))
            return due;
        Add("due_at", "Write the time like 2026-11-23T09:00:00Z.");
        return null;
    }

    private long? Person(string name) => Has(name, out var given) ? Person(name, given) : null;

    private long? Person(string name, JsonElement given)
    {
        if (given.ValueKind is JsonValueKind.Number && given.TryGetInt64(out var id))
            return id;
        if (given.ValueKind is JsonValueKind.String && given.ValueEquals("me"))
            return scope.User.UserId;
        Add(name, name is "value" ? NotAnId : "Give a user's id, or \"me\".");
        return null;
    }

    /// <summary>The value as a text; of several choices the names with semicolons.</summary>
    private string? Value(bool required = false)
    {
        if (!body.TryGetProperty("value", out var given))
        {
            if (required)
                Add("value", "Give the new value, or null to empty the field.");
            return null;
        }

        return given.ValueKind is JsonValueKind.Array ? string.Join("; ", given.EnumerateArray().Select(one => Scalar("value", one))) : Scalar("value", given);
    }

    private string? Text(string name) => Has(name, out var given) ? Scalar(name, given) : null;

    private string? Scalar(string name, JsonElement given)
    {
        switch (given.ValueKind)
        {
            case JsonValueKind.String:
                return given.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return given.GetRawText();
            case JsonValueKind.Null:
                return null;
            default:
                Add(name, "Give a text or a number here.");
                return null;
        }
    }

    /// <summary>Null counts as not given.</summary>
    private bool Has(string name, out JsonElement value) => body.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null;

    private void Add(string field, string sentence) => errors.TryAdd(field, [sentence]);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
