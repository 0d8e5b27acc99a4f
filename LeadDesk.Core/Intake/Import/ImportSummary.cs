using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadDesk.Intake.Import;

/// <summary>What a dry run says about one row.</summary>
/// <param name="Row">As a spreadsheet shows it.</param>
/// <param name="Outcome"><c>new</c>, <c>updated</c>, <c>joined</c>, <c>skipped</c>, <c>duplicate</c> or <c>rejected</c>.</param>
/// <param name="Name">Who it is, by name, e-mail or phone.</param>
/// <param name="Changes">Field by field what was and what would be.</param>
public sealed record ImportSample(int Row, string Outcome, string? Name, string? Phone, string? Email, long? LeadId, string? Reason, IReadOnlyList<ImportChange> Changes);

public sealed record ImportChange(string Field, string? Before, string? After);

/// <summary>A value of a stage or owner column that is not known here: it is kept among the lead's answers.</summary>
public sealed record UnknownValue(string Column, string Target, string Value, int Count);

/// <summary>What an import would do, or has done so far.</summary>
public sealed record ImportSummary
{
    public int Rows { get; init; }

    public int Added { get; init; }

    public int Updated { get; init; }

    public int Joined { get; init; }

    /// <summary>Leads that are here and stay as they are.</summary>
    public int Skipped { get; init; }

    /// <summary>The same person as in an earlier row of the file.</summary>
    public int Duplicates { get; init; }

    public int Rejected { get; init; }

    /// <summary>A few of each outcome; of rejected rows the first fifty.</summary>
    public IReadOnlyList<ImportSample> Samples { get; init; } = [];

    public IReadOnlyList<UnknownValue> UnknownValues { get; init; } = [];

    /// <summary>Tags that the company does not have yet; the run makes them.</summary>
    public IReadOnlyList<string> NewTags { get; init; } = [];

    /// <summary>Ids of those that the run made; the revert removes them where nothing else uses them.</summary>
    public IReadOnlyList<long> MadeTags { get; init; } = [];

    /// <summary>The part of the file that has been looked at: 1 when it is all.</summary>
    public double Share { get; init; }

    public string Write() => JsonSerializer.Serialize(this, ImportJson.Default.ImportSummary);

    public static ImportSummary? Read(string? stored) => stored is null ? null : JsonSerializer.Deserialize(stored, ImportJson.Default.ImportSummary);
}

[JsonSerializable(typeof(ImportSummary))]
[JsonSerializable(typeof(ImportFormat))]
internal sealed partial class ImportJson : JsonSerializerContext;
