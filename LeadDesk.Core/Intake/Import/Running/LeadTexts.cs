using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Analysis;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Running;

/// <summary>One fact of a lead before and after an import.</summary>
/// <param name="Name">As <see cref="LeadTexts"/> names it, <c>field:7</c> for a custom field by its id, <c>tags</c>.</param>
internal sealed record ChangedFact(string Name, string? Before, string? After);

/// <summary>
/// The facts of a lead that an import may change, as texts: to show them, and to put them back. Those that only follow from others
/// (score, reading, counts) are put back too, and not shown.
/// </summary>
internal static class LeadTexts
{
    public const string Tags = "tags";
    public const string FieldPrefix = "field:";

    /// <summary>That the person came in once more, with the ids of event and message as <see cref="Ids"/> writes them.</summary>
    public const string Submission = "submission";

    /// <summary>Addresses by which the lead is found since.</summary>
    public const string Contacts = "contacts";

    private static readonly Fact[] All =
    [
        new("name", true, static lead => lead.Name, static (lead, text) => lead.Name = text),
        new("organisation", true, static lead => lead.Organisation, static (lead, text) => lead.Organisation = text),
        new("job_title", true, static lead => lead.JobTitle, static (lead, text) => lead.JobTitle = text),
        new("city", true, static lead => lead.City, static (lead, text) => lead.City = text),
        new("country", true, static lead => lead.Country, static (lead, text) => lead.Country = text),
        new("phone", true, static lead => lead.Phone, static (lead, text) => lead.Phone = text),
        new("phone_valid", false, static lead => Flag(lead.PhoneValid), static (lead, text) => lead.PhoneValid = text is "1"),
        new("email", true, static lead => lead.Email, static (lead, text) => lead.Email = text),
        new("email_valid", false, static lead => Flag(lead.EmailValid), static (lead, text) => lead.EmailValid = text is "1"),
        new("source", true, static lead => lead.Source, static (lead, text) => lead.Source = text),
        new("campaign", true, static lead => lead.Campaign, static (lead, text) => lead.Campaign = text),
        new("interest", true, static lead => lead.Interest, static (lead, text) => lead.Interest = text),
        new("status", true, static lead => Number(lead.StageId), static (lead, text) => lead.StageId = Number(text)),
        new("outcome", false, static lead => Number((int)lead.Outcome), static (lead, text) => lead.Outcome = (LeadOutcome)Number(text)),
        new("stage_changed_at", false, static lead => Time(lead.StageChangedAt), static (lead, text) => lead.StageChangedAt = Time(text)),
        new("lost_reason", false, static lead => NullableNumber(lead.LostReasonId), static (lead, text) => lead.LostReasonId = NullableNumber(text)),
        new("owner", true, static lead => NullableNumber(lead.OwnerId), static (lead, text) => lead.OwnerId = NullableNumber(text)),
        new("assigned_at", false, static lead => lead.AssignedAt is { } at ? Time(at) : null, static (lead, text) => lead.AssignedAt = text is null ? null : Time(text)),
        new("assigned_because", false, static lead => lead.AssignedBecause, static (lead, text) => lead.AssignedBecause = text),
        new("value", true, static lead => NullableNumber(lead.Value), static (lead, text) => lead.Value = NullableNumber(text)),
        new("answers", true, static lead => lead.Metadata, static (lead, text) => lead.Metadata = text),
        new("marks", false, static lead => Number((int)lead.Marks), static (lead, text) => lead.Marks = (LeadMarks)Number(text)),
        new("kind", false, static lead => Number((int)lead.Kind), static (lead, text) => lead.Kind = (LeadKind)Number(text)),
        new("reading", false, static lead => lead.Reading, static (lead, text) => lead.Reading = text),
        new("intent", false, static lead => Number((int)lead.Intent), static (lead, text) => lead.Intent = (Intent)Number(text)),
        new("urgency", false, static lead => Number((int)lead.Urgency), static (lead, text) => lead.Urgency = (Urgency)Number(text)),
        new("message", true, static lead => lead.LastMessage, static (lead, text) => lead.LastMessage = text),
        new("last_submitted_at", false, static lead => Time(lead.LastSubmittedAt), static (lead, text) => lead.LastSubmittedAt = Time(text)),
        new("deleted_at", false, static lead => lead.DeletedAt is { } at ? Time(at) : null, static (lead, text) => lead.DeletedAt = text is null ? null : Time(text)),
        new("deleted_by", false, static lead => NullableNumber(lead.DeletedById), static (lead, text) => lead.DeletedById = NullableNumber(text)),
        new("deleted_because", false, static lead => lead.DeletedBecause, static (lead, text) => lead.DeletedBecause = text),
    ];

    private static readonly Dictionary<string, Fact> ByName = All.ToDictionary(static fact => fact.Name, StringComparer.Ordinal);

    /// <summary>All facts as they are, to be compared after a change.</summary>
    public static string?[] Take(Lead lead)
    {
        var texts = new string?[All.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = All[i].Get(lead);
        return texts;
    }

    public static List<ChangedFact> Differences(string?[] before, Lead lead)
    {
        var changed = new List<ChangedFact>();
        for (var i = 0; i < before.Length; i++)
        {
            var after = All[i].Get(lead);
            if (!string.Equals(before[i], after, StringComparison.Ordinal))
                changed.Add(new(All[i].Name, before[i], after));
        }

        return changed;
    }

    /// <summary>Whether people see the fact, and so are told of its change.</summary>
    public static bool IsShown(string name) => name is not (Submission or Contacts) && (!ByName.TryGetValue(name, out var fact) || fact.IsShown);

    public static string Ids(long? eventId, long? messageId) => $"{eventId} {messageId}";

    public static string? Get(Lead lead, string name) => ByName[name].Get(lead);

    public static void Set(Lead lead, string name, string? text) => ByName[name].Set(lead, text);

    /// <summary><c>{"city":["Ankara","İzmir"]}</c></summary>
    public static string Write(IEnumerable<ChangedFact> facts) =>
        new JsonObject(facts.Select(static fact => KeyValuePair.Create(fact.Name, (JsonNode?)new JsonArray(fact.Before, fact.After)))).ToJsonString(JsonSerializerOptions.Default);

    public static IReadOnlyList<ChangedFact> Read(string? stored)
    {
        if (stored is null)
            return [];
        using var json = JsonDocument.Parse(stored);
        return [.. json.RootElement.EnumerateObject().Select(static member => new ChangedFact(member.Name, member.Value[0].GetString(), member.Value[1].GetString()))];
    }

    private static string Flag(bool value) => value ? "1" : "0";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? NullableNumber(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);

    private static long? NullableNumber(string? text) => text is null ? null : Number(text);

    private static string Time(DateTime at) => Number(at.Ticks / TimeSpan.TicksPerMicrosecond);

    private static DateTime Time(string? text) => new(Number(text) * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    private sealed record Fact(string Name, bool IsShown, Func<Lead, string?> Get, Action<Lead, string?> Set);
}
