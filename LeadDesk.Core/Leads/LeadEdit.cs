using System.Collections.ObjectModel;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Leads;

/// <summary>The facts a person may correct.</summary>
public enum LeadField
{
    Name,
    Organisation,
    JobTitle,
    Phone,
    Email,
    City,
    Country,
    Interest,
    Campaign,
    Source,

    /// <summary>What the deal is worth, in the company's currency.</summary>
    Value,
}

/// <param name="Values">Only the fields to change; null or blank empties a field.</param>
public sealed record LeadEdit(IReadOnlyDictionary<LeadField, string?> Values)
{
    private static readonly ReadOnlyDictionary<LeadField, string?> NoValues = ReadOnlyDictionary<LeadField, string?>.Empty;

    public static LeadEdit None { get; } = new(NoValues);

    /// <summary>Custom fields by their key, as <see cref="CustomFieldValues.Read"/> reads them; null or blank empties one.</summary>
    public IReadOnlyDictionary<string, string?> Custom { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>How numbers and dates are written.</summary>
    public FieldFormat Format { get; init; } = FieldFormat.Plain;

    /// <summary>All tags the lead has afterwards, by name; null leaves them as they are.</summary>
    public IReadOnlyCollection<string>? Tags { get; init; }

    /// <summary>By name; new ones are added to the company's.</summary>
    public IReadOnlyCollection<string> AddTags { get; init; } = [];

    /// <summary>By name; what the lead does not have is left out.</summary>
    public IReadOnlyCollection<string> RemoveTags { get; init; } = [];

    public bool IsEmpty => Values.Count is 0 && Custom.Count is 0 && Tags is null && AddTags.Count is 0 && RemoveTags.Count is 0;

    public static LeadEdit Of(LeadField field, string? value) => new(new Dictionary<LeadField, string?> { [field] = value });

    public static LeadEdit Of(string customKey, string? value) => None with { Custom = new Dictionary<string, string?>(StringComparer.Ordinal) { [customKey] = value } };
}

/// <summary>How somebody of ours reached out.</summary>
public enum ContactWay
{
    Call,
    WhatsApp,
    Email,
}
