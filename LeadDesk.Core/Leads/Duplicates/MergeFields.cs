using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadDesk.Leads.Duplicates;

/// <summary>One fact of a lead, or some that only make sense together, that a merge may take from any of the leads.</summary>
/// <param name="Key">Its word in JSON.</param>
/// <param name="Read">The value as JSON.</param>
/// <param name="Write">Sets what <paramref name="Read"/> gave.</param>
internal sealed record MergeField(string Key, Func<Lead, string> Read, Action<Lead, string> Write, Func<Lead, bool> IsEmpty, Func<Lead, string?> Show);

/// <summary>The facts of a lead that leads are joined by. What a person may choose comes first; sums and times follow by rule.</summary>
internal static class MergeFields
{
    public const string Owner = "owner_id";
    public const string Status = "status";
    public const string Score = "score";

    /// <summary>In front of a custom field's key.</summary>
    public const string Custom = "custom.";

    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    public static IReadOnlyList<MergeField> Chosen { get; } =
    [
        Text("name", lead => lead.Name, (lead, value) => lead.Name = value),
        Text("organisation", lead => lead.Organisation, (lead, value) => lead.Organisation = value),
        Text("job_title", lead => lead.JobTitle, (lead, value) => lead.JobTitle = value),
        Of("phone", lead => (lead.Phone, lead.PhoneValid), (lead, value) => (lead.Phone, lead.PhoneValid) = value, lead => lead.Phone is null, lead => lead.Phone),
        Of("email", lead => (lead.Email, lead.EmailValid), (lead, value) => (lead.Email, lead.EmailValid) = value, lead => lead.Email is null, lead => lead.Email),
        Text("city", lead => lead.City, (lead, value) => lead.City = value),
        Text("country", lead => lead.Country, (lead, value) => lead.Country = value),
        Text("interest", lead => lead.Interest, (lead, value) => lead.Interest = value),
        Text("campaign", lead => lead.Campaign, (lead, value) => lead.Campaign = value),
        Text("source", lead => lead.Source, (lead, value) => lead.Source = value),
        Of("value", lead => lead.Value, (lead, value) => lead.Value = value, lead => lead.Value is null, lead => lead.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Of(Owner, lead => (lead.OwnerId, lead.AssignedAt, lead.AssignedBecause), (lead, value) => (lead.OwnerId, lead.AssignedAt, lead.AssignedBecause) = value,
            lead => lead.OwnerId is null, lead => lead.OwnerId?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Of(Status, lead => (lead.StageId, lead.StageChangedAt, lead.Outcome, lead.LostReasonId), (lead, value) => (lead.StageId, lead.StageChangedAt, lead.Outcome, lead.LostReasonId) = value,
            _ => false, lead => lead.StageId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static readonly MergeField[] ByRule =
    [
        Text("external_id", lead => lead.ExternalId, (lead, value) => lead.ExternalId = value),
        Text("metadata", lead => lead.Metadata, (lead, value) => lead.Metadata = value),
        Of("last_submitted_at", lead => lead.LastSubmittedAt, (lead, value) => lead.LastSubmittedAt = value, _ => false, _ => null),
        Of("first_response_at", lead => lead.FirstResponseAt, (lead, value) => lead.FirstResponseAt = value, _ => false, _ => null),
        Of("reading", lead => (lead.Kind, lead.Reading, lead.Intent, lead.Urgency, lead.LastMessage), (lead, value) => (lead.Kind, lead.Reading, lead.Intent, lead.Urgency, lead.LastMessage) = value, _ => false, _ => null),
        Of(Score, lead => (lead.Score, lead.Grade, lead.ScoreReasons, lead.RescoreAt), (lead, value) => (lead.Score, lead.Grade, lead.ScoreReasons, lead.RescoreAt) = value, _ => false, _ => null),
        Of("marks", lead => lead.Marks, (lead, value) => lead.Marks = value, _ => false, _ => null),
    ];

    public static IReadOnlyList<MergeField> All { get; } = [.. Chosen, .. ByRule];

    /// <summary>The lead whose value a field takes: the one chosen, else the first that has any, and one that can be used before one that cannot.</summary>
    /// <param name="leads">The lead that stays first.</param>
    public static Lead Source(MergeField field, IReadOnlyList<Lead> leads, IReadOnlyDictionary<string, long> choices)
    {
        if (choices.TryGetValue(field.Key, out var chosen))
            return leads.First(lead => lead.Id == chosen);
        return field.Key switch
        {
            "phone" => leads.FirstOrDefault(lead => lead.PhoneValid),
            "email" => leads.FirstOrDefault(lead => lead.EmailValid),
            _ => null,
        } ?? leads.FirstOrDefault(lead => !field.IsEmpty(lead)) ?? leads[0];
    }

    /// <summary>Sums and earliest times cover all leads; a message tells more than a form; unknown facts of all stay.</summary>
    public static void FillByRule(Lead lead, Lead other)
    {
        lead.ExternalId ??= other.ExternalId;
        lead.Metadata = Joined(lead.Metadata, other.Metadata);
        lead.MessageCount += other.MessageCount;
        lead.SubmissionCount += other.SubmissionCount;
        lead.LastSubmittedAt = lead.LastSubmittedAt > other.LastSubmittedAt ? lead.LastSubmittedAt : other.LastSubmittedAt;
        lead.FirstResponseAt = lead.FirstResponseAt is null || other.FirstResponseAt < lead.FirstResponseAt ? other.FirstResponseAt ?? lead.FirstResponseAt : lead.FirstResponseAt;
        if (lead.Kind is LeadKind.Form && other.Kind is LeadKind.Conversation)
            (lead.Kind, lead.Reading, lead.Intent, lead.Urgency, lead.LastMessage) = (other.Kind, other.Reading, other.Intent, other.Urgency, other.LastMessage);
        if (!other.Marks.HasFlag(LeadMarks.NoContact))
            lead.Marks &= ~LeadMarks.NoContact;
    }

    private static string? Joined(string? metadata, string? other)
    {
        if (metadata is null || other is null || JsonNode.Parse(metadata) is not JsonObject mine || JsonNode.Parse(other) is not JsonObject theirs)
            return metadata ?? other;
        var missing = theirs.Where(field => !mine.ContainsKey(field.Key)).ToList();
        foreach (var (name, value) in missing)
            mine[name] = value?.DeepClone();
        return missing.Count is 0 ? metadata : mine.ToJsonString();
    }

    private static MergeField Text(string key, Func<Lead, string?> get, Action<Lead, string?> set) => Of(key, get, set, lead => get(lead) is null, get);

    private static MergeField Of<T>(string key, Func<Lead, T> get, Action<Lead, T> set, Func<Lead, bool> isEmpty, Func<Lead, string?> show) => new(
        key, lead => JsonSerializer.Serialize(get(lead), WithFields), (lead, json) => set(lead, JsonSerializer.Deserialize<T>(json, WithFields)!), isEmpty, show);
}
