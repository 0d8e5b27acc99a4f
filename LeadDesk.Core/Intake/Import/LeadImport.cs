using LeadDesk.Companies;

namespace LeadDesk.Intake.Import;

public enum ImportState
{
    /// <summary>Its file is being read and checked.</summary>
    Checking = 0,

    /// <summary>Checked; waits for somebody to run it.</summary>
    Ready = 1,
    Running = 2,
    Done = 3,
    Cancelled = 4,

    /// <summary>The file or the settings cannot be used; <see cref="LeadImport.Error"/> says why.</summary>
    Failed = 5,
    Reverting = 6,
    Reverted = 7,
}

/// <summary>A file of leads on its way in.</summary>
public sealed class LeadImport : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long UserId { get; set; }

    public required string FileName { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    public ImportState State { get; set; }

    /// <summary>How the file is read (format, encoding, separator, sheet, header) as JSON.</summary>
    public string? Format { get; set; }

    /// <summary>Which column becomes what, and what happens to leads that are here already, as JSON.</summary>
    public string? Mapping { get; set; }

    /// <summary>Counts and sample of the last dry run as JSON.</summary>
    public string? DryRun { get; set; }

    /// <summary>Data rows of the file; 0 until it has been read to its end.</summary>
    public int Rows { get; set; }

    /// <summary>The last row that is done; a crashed run goes on behind it.</summary>
    public int Done { get; set; }

    public int Added { get; set; }

    public int Updated { get; set; }

    public int Joined { get; set; }

    public int Skipped { get; set; }

    public int Rejected { get; set; }

    /// <summary>Reverted, and left because somebody changed them since.</summary>
    public int Restored { get; set; }

    public int NotRestored { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? FinishedAt { get; set; }

    public DateTime? RevertedAt { get; set; }

    public bool CancelAsked { get; set; }

    public string? Error { get; set; }

    public int Version { get; set; }
}

/// <summary>A piece of an import's file, in the database so that any node can run it.</summary>
public sealed class ImportChunk : ICompanyOwned
{
    public long ImportId { get; set; }

    public long CompanyId { get; set; }

    /// <summary>From 0.</summary>
    public int Position { get; set; }

    public required byte[] Content { get; set; }
}

public enum ImportRowState
{
    Updated = 1,
    Joined = 2,
    Skipped = 3,
    Rejected = 4,
    DuplicateInFile = 5,
}

/// <summary>What became of a row that made no new lead; those know their import themselves.</summary>
public sealed class ImportRow : ICompanyOwned
{
    public long ImportId { get; set; }

    public long CompanyId { get; set; }

    /// <summary>The row's number in the file, the header being 1.</summary>
    public int RowNumber { get; set; }

    public ImportRowState State { get; set; }

    public long? LeadId { get; set; }

    /// <summary>Why, for rows that were not taken.</summary>
    public string? Reason { get; set; }

    /// <summary>A rejected row's cells as a JSON list, to be given back.</summary>
    public string? Cells { get; set; }

    /// <summary>What an update replaced, as JSON.</summary>
    public string? Before { get; set; }

    /// <summary>The lead's version after the import.</summary>
    public int Version { get; set; }
}

/// <summary>A mapping kept for files with the same columns.</summary>
public sealed class ImportMapping : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public required string Name { get; set; }

    /// <summary>The columns' names, folded and joined: what a file is recognised by.</summary>
    public required string HeaderKey { get; set; }

    /// <summary>As <see cref="LeadImport.Mapping"/>.</summary>
    public required string Mapping { get; set; }

    public DateTime SavedAt { get; set; }
}
