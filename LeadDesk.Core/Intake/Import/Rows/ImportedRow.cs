using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>One row of a file, read and interpreted; or why it cannot be taken.</summary>
internal sealed class ImportedRow
{
    public required int Number { get; init; }

    /// <summary>A sentence that names the column; null when the row can be taken.</summary>
    public string? Problem { get; set; }

    /// <summary>The row as it came, kept for rows that are given back.</summary>
    public string[]? Cells { get; set; }

    public IncomingLead? Incoming { get; set; }

    public LeadCandidate? Candidate { get; set; }

    public Stage? Stage { get; set; }

    public long? OwnerId { get; set; }

    /// <summary>Hundredths of the company's currency.</summary>
    public long? Value { get; set; }

    /// <summary>As written; the company's tags by these names are set, those it lacks are made.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>Stages and people that nobody here knows by these words.</summary>
    public IReadOnlyList<(string Column, string Target, string Value)> Unknown { get; set; } = [];

    public IReadOnlyList<ReadField> Fields { get; set; } = [];
}

/// <summary>A custom field's value of one row.</summary>
internal sealed record ReadField(CustomField Field, IReadOnlyList<CustomFieldValue> Values);
