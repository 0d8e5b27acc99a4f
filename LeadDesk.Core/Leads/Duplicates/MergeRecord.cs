using System.Text.Json;

namespace LeadDesk.Leads.Duplicates;

/// <summary>What a merge moved and changed, as it is kept to take it back.</summary>
internal sealed record MergeRecord
{
    /// <summary>Fields of the lead that stayed, each before and after, as <see cref="MergeFields"/> writes them.</summary>
    public Dictionary<string, BeforeAfter> Fields { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Values of custom fields by the field's id.</summary>
    public Dictionary<long, CustomBeforeAfter> Custom { get; init; } = [];

    public int MessagesAdded { get; set; }

    public int SubmissionsAdded { get; set; }

    /// <summary>Near keys of the lead that stayed, before.</summary>
    public List<string> NearBefore { get; init; } = [];

    public List<long> TagsAdded { get; init; } = [];

    public List<long> HelpersAdded { get; init; } = [];

    public List<MergedRows> Leads { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this);

    public static MergeRecord Read(string json) => JsonSerializer.Deserialize<MergeRecord>(json)!;
}

internal sealed record BeforeAfter(string Before, string After);

internal sealed record CustomBeforeAfter(IReadOnlyList<CustomRow> Before, IReadOnlyList<CustomRow> After);

internal sealed record CustomRow(int Position, long? Number, string? Key, string? Text);

/// <summary>What belonged to one of the leads that went away.</summary>
internal sealed record MergedRows
{
    public required long LeadId { get; init; }

    /// <summary>Ids by <see cref="MergeRows"/>' names of the tables.</summary>
    public Dictionary<string, IReadOnlyList<long>> Ids { get; init; } = new(StringComparer.Ordinal);

    public List<MergedContact> Contacts { get; init; } = [];

    public List<string> Near { get; init; } = [];
}

internal sealed record MergedContact(ContactKind Kind, string Value);
