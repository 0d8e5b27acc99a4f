using System.Text.Json.Serialization;

namespace LeadDesk.Intake.Mapping;

/// <summary>Where an answer of a form goes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeadField>))]
public enum LeadField
{
    /// <summary>Kept under its own name among the lead's other answers.</summary>
    Custom,
    Name,
    FirstName,
    LastName,
    Phone,
    Email,
    Message,
    Company,
    JobTitle,
    Address,
    City,
    Country,
    Interest,
    Campaign,
    Source,

    /// <summary>Kept as a consent with its text.</summary>
    Consent,

    /// <summary>Not kept with the lead; it stays in the event.</summary>
    Ignore,
}

/// <summary>One question of a form and what somebody answered.</summary>
/// <param name="Key">The field's name at the sender.</param>
/// <param name="Label">What people saw, when the sender tells.</param>
/// <param name="Values">All values of a multi-select; empty when nothing was answered.</param>
/// <param name="Hint">What the platform itself says the field is, which is better than a guess; null when it does not say.</param>
public sealed record FormAnswer(string Key, string? Label, IReadOnlyList<string> Values, LeadField? Hint = null);

/// <summary>What people decided about fields, by key; fields that are not named are guessed. Stored as JSON.</summary>
/// <param name="Fields">By <see cref="FormAnswer.Key"/>, compared without case and outer spaces.</param>
/// <param name="Constants">Set on every lead of the source: a campaign, an interest.</param>
public sealed record FieldMapping(IReadOnlyDictionary<string, LeadField> Fields, IReadOnlyDictionary<LeadField, string> Constants)
{
    public static FieldMapping Guessed { get; } = new(new Dictionary<string, LeadField>(), new Dictionary<LeadField, string>());

    /// <summary>For fields that are <see cref="LeadField.Custom"/> and go into one of the company's own fields: its key.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

    public bool IsEmpty => Fields.Count + Constants.Count is 0;

    /// <summary>Another mapping, in which a field is what a <see cref="FieldMappingJson.Target"/> says, or is guessed.</summary>
    /// <param name="target">Null or no target at all: guessed.</param>
    public FieldMapping Decide(string key, string? target)
    {
        var fields = new Dictionary<string, LeadField>(Fields, StringComparer.OrdinalIgnoreCase);
        var customFields = new Dictionary<string, string>(CustomFields, StringComparer.OrdinalIgnoreCase);
        fields.Remove(key);
        customFields.Remove(key);
        if (FieldMappingJson.CustomField(target) is { } customField)
            (fields[key], customFields[key]) = (LeadField.Custom, customField);
        else if (FieldMappingJson.Field(target) is { } field)
            fields[key] = field;
        return this with { Fields = fields, CustomFields = customFields };
    }

    /// <summary>Without what goes into fields that the company does not have (any more).</summary>
    public FieldMapping Offered(IEnumerable<string> customFields) =>
        CustomFields.Where(field => !customFields.Contains(field.Value, StringComparer.Ordinal)).Aggregate(this, (mapping, gone) => mapping.Decide(gone.Key, null));
}
