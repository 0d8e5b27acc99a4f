using System.Text.Json.Serialization;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import;

/// <summary>What a column of a file becomes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportTarget>))]
public enum ImportTarget
{
    /// <summary>Kept under its own name among the lead's other answers.</summary>
    Answer,
    Ignore,
    Name,
    FirstName,
    LastName,

    /// <summary><c>Ayşe Yılmaz &lt;ayse@example.com&gt;</c>, taken apart.</summary>
    NameAndEmail,
    Phone,
    Email,
    Message,
    Company,
    JobTitle,
    Address,

    /// <summary>Street, post code, city and country in one cell, taken apart.</summary>
    FullAddress,
    City,
    Country,
    Interest,
    Campaign,
    Source,
    Channel,
    Stage,
    Owner,
    Tags,

    /// <summary>When the person came in.</summary>
    CreatedAt,

    /// <summary>The other program's id of the lead; of Meta's exports the lead's id at Meta.</summary>
    ExternalId,
    Consent,

    /// <summary>What the deal is worth, in the company's currency.</summary>
    Value,

    /// <summary>A custom field of the company; its key stands beside.</summary>
    Field,
}

/// <summary>What happens to leads that are here already.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExistingLeads>))]
public enum ExistingLeads
{
    /// <summary>They stay as they are.</summary>
    Skip,

    /// <summary>What is empty is filled.</summary>
    Fill,

    /// <summary>What the file says counts; what it does not say stays.</summary>
    Overwrite,

    /// <summary>The person came in again: gaps are filled, the message is added, the lead is scored anew.</summary>
    Join,
}

/// <summary>Who gets new leads that the file gives no owner.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportAssignment>))]
public enum ImportAssignment
{
    Nobody,

    /// <summary>As leads that come in by themselves.</summary>
    ByRules,
}

/// <param name="Index">From 0.</param>
/// <param name="Name">As the header says, or <c>Column C</c>.</param>
/// <param name="Field">The custom field's key where <paramref name="To"/> is <see cref="ImportTarget.Field"/>.</param>
/// <param name="Confidence">How sure the guess is, 0 to 100; 100 once a person decided.</param>
/// <param name="Values">What to put for what the file says, compared without case: stages, owners, channels, choices.</param>
/// <param name="DateOrder">Of this column's dates; null uses the import's.</param>
public sealed record ImportColumn(
    int Index, string Name, ImportTarget To, string? Field = null, int Confidence = 0, IReadOnlyDictionary<string, string>? Values = null, DateOrder? DateOrder = null);

/// <summary>Which column becomes what, and how. Stored as JSON; see <see cref="ImportMappingJson"/>.</summary>
public sealed record ImportRules
{
    public IReadOnlyList<ImportColumn> Columns { get; init; } = [];

    /// <summary>Set on every lead whose row leaves it open, by the target's word: a campaign, a channel, a stage, <c>field:key</c>.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public ExistingLeads Existing { get; init; } = ExistingLeads.Fill;

    public ImportAssignment Assignment { get; init; } = ImportAssignment.ByRules;

    public DateOrder DateOrder { get; init; }

    /// <summary>The dates of the file could be read in another order too; a person should look.</summary>
    public bool DateOrderUnsure { get; init; }

    /// <summary><c>1.234,56</c> rather than <c>1,234.56</c>.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>ISO 3166 alpha-2 of phones written nationally; null means the company's.</summary>
    public string? Region { get; init; }

    /// <summary>Meta's export: ids with letters in front, and leads that Meta knows by their id.</summary>
    public bool IsMeta { get; init; }
}

/// <summary>How a file is read.</summary>
/// <param name="Kind"><c>text</c>, <c>xlsx</c> or <c>html</c>.</param>
/// <param name="HeaderRow">The row with the columns' names, from 1; 0 when the file has none.</param>
/// <param name="Columns">Names of the columns in their order.</param>
/// <param name="Sheets">Of a workbook.</param>
public sealed record ImportFormat(
    string Kind, string? Encoding, char? Separator, char? Quote, string? Sheet, IReadOnlyList<string> Sheets, int HeaderRow, IReadOnlyList<string> Columns);
