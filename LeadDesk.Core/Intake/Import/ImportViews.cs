namespace LeadDesk.Intake.Import;

/// <summary>An import as it stands.</summary>
/// <param name="Result">Counts of the run so far; null before it began.</param>
/// <param name="DryRun">Null while the file has not been checked.</param>
/// <param name="RowsPerSecond">Of the run.</param>
/// <param name="SecondsLeft">While it runs; null when nobody can tell.</param>
public sealed record ImportView(
    long Id, string FileName, long Size, ImportState State, ImportFormat? Format, ImportRules? Rules, ImportSummary? DryRun, ImportResult? Result, string? Error, string? UserName, DateTime CreatedAt,
    DateTime? StartedAt, DateTime? FinishedAt, DateTime? RevertedAt, int Restored, int NotRestored, bool CancelAsked, double? RowsPerSecond, double? SecondsLeft, int Version)
{
    /// <summary>Whether the file is still here; without it nothing can be run or continued.</summary>
    public bool IsFileKept { get; init; } = true;

    public bool MayRun => IsFileKept && State is ImportState.Ready or ImportState.Cancelled && RevertedAt is null && Rules is not null;

    public bool MayRevert => State is ImportState.Done or ImportState.Cancelled && Result is { Rows: > 0 } result && result.Added + result.Updated + result.Joined + result.Duplicates > 0;

    public bool IsBusy => State is ImportState.Checking or ImportState.Running or ImportState.Reverting;
}

/// <summary>What a run did.</summary>
/// <param name="Rows">Rows that are done.</param>
/// <param name="Skipped">Leads that were here and stayed as they were.</param>
/// <param name="Duplicates">The same person as in an earlier row.</param>
public sealed record ImportResult(int Rows, int Added, int Updated, int Joined, int Skipped, int Duplicates, int Rejected);

public sealed record ImportListRow(long Id, string FileName, long Size, ImportState State, int Rows, int Done, int Added, int Updated, int Joined, int Skipped, int Rejected, string? UserName, DateTime CreatedAt);

/// <summary>A column with what stands in it, for the page and the API.</summary>
public sealed record ImportColumnView(ImportColumn Column, IReadOnlyList<string> Samples, IReadOnlyDictionary<string, int> Values);

/// <summary>A lead that a revert left as it is, or took back only in part.</summary>
public sealed record RevertLeft(int Row, long? LeadId, string Reason);

public sealed record SavedMapping(long Id, string Name, DateTime SavedAt);
