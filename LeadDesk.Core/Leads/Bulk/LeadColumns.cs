using System.Globalization;
using System.Text.Json;

namespace LeadDesk.Leads.Bulk;

/// <summary>One column of a lead that a change of many may touch.</summary>
/// <param name="Property">The entity's property.</param>
/// <param name="Fact">
/// What people call it. A column with one must still be as the change left it, or the undo leaves the lead alone; one without
/// follows from others and is restored when nobody else has touched it.
/// </param>
internal sealed record LeadColumn(string Property, string? Fact, Func<Lead, object?> Get, Action<Lead, object?> Set, Func<JsonElement, object?> Read);

/// <summary>What a change of many leads can touch, for writing just that, and for taking it back.</summary>
internal static class LeadColumns
{
    public static IReadOnlyList<LeadColumn> All { get; } =
    [
        Of(nameof(Lead.StageId), "stage", lead => lead.StageId, (lead, value) => lead.StageId = value),
        Of(nameof(Lead.StageChangedAt), "stage", lead => lead.StageChangedAt, (lead, value) => lead.StageChangedAt = value),
        Of(nameof(Lead.Outcome), "stage", lead => (int)lead.Outcome, (lead, value) => lead.Outcome = (LeadOutcome)value),
        Of(nameof(Lead.LostReasonId), "stage", lead => lead.LostReasonId, (lead, value) => lead.LostReasonId = value),
        Of(nameof(Lead.FirstResponseAt), null, lead => lead.FirstResponseAt, (lead, value) => lead.FirstResponseAt = value),
        Of(nameof(Lead.LastActivityAt), null, lead => lead.LastActivityAt, (lead, value) => lead.LastActivityAt = value),
        Of(nameof(Lead.OwnerId), "owner", lead => lead.OwnerId, (lead, value) => lead.OwnerId = value),
        Of(nameof(Lead.AssignedAt), "owner", lead => lead.AssignedAt, (lead, value) => lead.AssignedAt = value),
        Of(nameof(Lead.AssignedBecause), null, lead => lead.AssignedBecause, (lead, value) => lead.AssignedBecause = value),
        Of(nameof(Lead.DeletedAt), "place in the trash", lead => lead.DeletedAt, (lead, value) => lead.DeletedAt = value),
        Of(nameof(Lead.DeletedById), null, lead => lead.DeletedById, (lead, value) => lead.DeletedById = value),
        Of(nameof(Lead.DeletedBecause), null, lead => lead.DeletedBecause, (lead, value) => lead.DeletedBecause = value),
        Of(nameof(Lead.Name), "name", lead => lead.Name, (lead, value) => lead.Name = value),
        Of(nameof(Lead.NameKey), null, lead => lead.NameKey, (lead, value) => lead.NameKey = value),
        Of(nameof(Lead.Organisation), "organisation", lead => lead.Organisation, (lead, value) => lead.Organisation = value),
        Of(nameof(Lead.JobTitle), "job title", lead => lead.JobTitle, (lead, value) => lead.JobTitle = value),
        Of(nameof(Lead.City), "city", lead => lead.City, (lead, value) => lead.City = value),
        Of(nameof(Lead.Country), "country", lead => lead.Country, (lead, value) => lead.Country = value),
        Of(nameof(Lead.Interest), "interest", lead => lead.Interest, (lead, value) => lead.Interest = value),
        Of(nameof(Lead.Campaign), "campaign", lead => lead.Campaign, (lead, value) => lead.Campaign = value),
        Of(nameof(Lead.Source), "source", lead => lead.Source, (lead, value) => lead.Source = value),
        Of(nameof(Lead.Value), "value", lead => lead.Value, (lead, value) => lead.Value = value),
        Of(nameof(Lead.Marks), null, lead => (int)lead.Marks, (lead, value) => lead.Marks = (LeadMarks)value),
        Of(nameof(Lead.Score), null, lead => lead.Score, (lead, value) => lead.Score = value),
        Of(nameof(Lead.Grade), null, lead => (int)lead.Grade, (lead, value) => lead.Grade = (Scoring.Grade)value),
        Of(nameof(Lead.ScoreReasons), null, lead => lead.ScoreReasons, (lead, value) => lead.ScoreReasons = value),
        Of(nameof(Lead.RescoreAt), null, lead => lead.RescoreAt, (lead, value) => lead.RescoreAt = value),
        Of(nameof(Lead.NextFollowUpAt), null, lead => lead.NextFollowUpAt, (lead, value) => lead.NextFollowUpAt = value),
    ];

    /// <summary>A lead's columns as they are now, in the order of <see cref="All"/>.</summary>
    public static object?[] Of(Lead lead)
    {
        var values = new object?[All.Count];
        for (var at = 0; at < values.Length; at++)
            values[at] = All[at].Get(lead);
        return values;
    }

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case long number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case DateTime time: json.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            default: throw new NotSupportedException($"A lead's column of type {value.GetType().Name} cannot be kept.");
        }
    }

    private static LeadColumn Of<T>(string property, string? fact, Func<Lead, T> get, Action<Lead, T> set) =>
        new(property, fact, lead => get(lead), (lead, value) => set(lead, (T)value!), json => Read(typeof(T), json));

    private static object? Read(Type type, JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null)
            return null;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(string) ? json.GetString()
            : bare == typeof(long) ? json.GetInt64()
            : bare == typeof(int) ? json.GetInt32()
            : bare == typeof(DateTime) ? DateTime.ParseExact(json.GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : throw new NotSupportedException($"A lead's column of type {type.Name} cannot be read back.");
    }
}
