namespace LeadDesk.Leads.Duplicates;

/// <summary>The columns of a lead that comparing needs, as stored.</summary>
internal sealed record ComparedLead
{
    public required long Id { get; init; }

    public string? Name { get; init; }

    /// <summary>E.164 where it could be read, else as written.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }

    public bool EmailValid { get; init; }

    public string? Organisation { get; init; }

    public string? City { get; init; }

    /// <summary>A JSON object of what else the sender gave.</summary>
    public string? Metadata { get; init; }

    /// <summary>Values of custom fields that tell who somebody is.</summary>
    public IReadOnlyList<(FactKind Kind, string Value)> Fields { get; init; } = [];
}
