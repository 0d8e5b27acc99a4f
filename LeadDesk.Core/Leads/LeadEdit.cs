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
}

/// <param name="Values">Only the fields to change; null or blank empties a field.</param>
public sealed record LeadEdit(IReadOnlyDictionary<LeadField, string?> Values)
{
    public static LeadEdit Of(LeadField field, string? value) => new(new Dictionary<LeadField, string?> { [field] = value });
}

/// <summary>How somebody of ours reached out.</summary>
public enum ContactWay
{
    Call,
    WhatsApp,
    Email,
}
