namespace LeadDesk.Simulators.Graph;

/// <summary>A page, its token's rights and the apps that listen to it.</summary>
public sealed class SimulatedPage
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>What the app hears of; empty: it is not subscribed.</summary>
    public IReadOnlyList<string> SubscribedFields { get; private set; } = [];

    public void SetSubscribedFields(IEnumerable<string> fields) => SubscribedFields = [.. fields];
}

/// <summary>What a token may do.</summary>
/// <param name="PageId">Null: a person's token, for all pages.</param>
/// <param name="ExpiresAt">UTC; null: never.</param>
public sealed record SimulatedToken(string Value, string? PageId, IReadOnlyList<string> Scopes, DateTime? ExpiresAt = null, bool IsValid = true)
{
    public static IReadOnlyList<string> AllScopes { get; } =
        ["leads_retrieval", "pages_manage_metadata", "pages_read_engagement", "pages_show_list", "pages_manage_ads", "ads_management"];
}

/// <summary>One question of a form.</summary>
/// <param name="Kind">Meta's word: <c>FULL_NAME</c>, <c>PHONE</c>, <c>EMAIL</c>, <c>CUSTOM</c>...</param>
/// <param name="Options">The choices; empty: free text.</param>
public sealed record SimulatedQuestion(string Key, string Label, string Kind, IReadOnlyList<string> Options, bool IsMultiSelect = false)
{
    public SimulatedQuestion(string key, string label, string kind)
        : this(key, label, kind, [])
    {
    }
}

/// <summary>A check box of consent below a form.</summary>
public sealed record SimulatedCheckbox(string Key, string Text, bool IsRequired);

/// <summary>A lead form.</summary>
public sealed class SimulatedForm
{
    public required string Id { get; init; }

    public required string PageId { get; init; }

    public required string Name { get; set; }

    /// <summary><c>ACTIVE</c>, <c>ARCHIVED</c>, <c>DELETED</c>, <c>DRAFT</c>.</summary>
    public string Status { get; set; } = "ACTIVE";

    public string Locale { get; init; } = "en_GB";

    public DateTime CreatedAt { get; init; }

    public IReadOnlyList<SimulatedQuestion> Questions { get; set; } = [];

    public IReadOnlyList<SimulatedCheckbox> Checkboxes { get; set; } = [];
}

/// <summary>An answer as <c>field_data</c> has it. Null values leave the key out.</summary>
public sealed record SimulatedAnswer(string Name, IReadOnlyList<string>? Values);

/// <summary>A tick or its absence.</summary>
public sealed record SimulatedConsent(string Key, bool IsChecked);

/// <summary>A lead. Its answers are made from its number when somebody asks, unless they were given: a million leads stay small.</summary>
public sealed class SimulatedLead
{
    public required string Id { get; init; }

    public required string FormId { get; init; }

    /// <summary>UTC; Graph tells whole seconds.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Which pretended person this is.</summary>
    public long Number { get; init; }

    public bool IsOrganic { get; init; }

    public bool IsTest { get; init; }

    /// <summary><c>fb</c> or <c>ig</c>.</summary>
    public string Platform { get; init; } = "fb";

    /// <summary>Which campaign it came from; without meaning for organic and test leads.</summary>
    public int Campaign { get; init; }

    public IReadOnlyList<SimulatedAnswer>? Answers { get; init; }

    /// <summary>True leaves <c>field_data</c> out altogether.</summary>
    public bool HasNoFieldData { get; init; }

    public IReadOnlyList<SimulatedConsent>? Consents { get; init; }

    public bool HasAd => !IsOrganic && !IsTest;
}
