using LeadDesk.Intake.Import.Rows;

namespace LeadDesk.Intake.Import.Running;

/// <summary>What one import does to leads, the same for all its rows.</summary>
/// <param name="FileName">Stands on the timeline.</param>
/// <param name="TagIds">The company's tags by folded name.</param>
internal sealed record ImportOrder(long ImportId, long CompanyId, long UserId, string FileName, ExistingLeads Existing, ImportAssignment Assignment, IReadOnlyDictionary<string, long> TagIds)
{
    /// <summary>By this timeline entries are known as this import's own.</summary>
    public string Details { get; } = DetailsOf(ImportId);

    public static string DetailsOf(long importId) => $$"""{"import":{{importId}}}""";
}

/// <summary>
/// Rows of a file on their way into one shared commit, and how far the file is done with them: the same transaction stores both, so a
/// run that is repeated after a crash begins where the last commit ended.
/// </summary>
internal sealed class ImportBatch(ImportOrder order, IReadOnlyList<IntakeItem> items, IReadOnlyList<ImportedRow> rejected, int doneBefore, int doneAfter, HashSet<long> touched) : IIntakeWork
{
    public ImportOrder Order => order;

    public IReadOnlyList<IntakeItem> Items => items;

    public IReadOnlyList<ImportedRow> Rejected => rejected;

    /// <summary>Rows of the file that were done before, as the import's row has to say.</summary>
    public int DoneBefore => doneBefore;

    public int DoneAfter => doneAfter;

    /// <summary>Leads that were here and that earlier rows of this file met; those that they made carry the import's id.</summary>
    public IReadOnlySet<long> Touched => touched;

    public TaskCompletionSource<ImportTally> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Rows => items.Count;

    public void Fail(Exception exception) => Completion.TrySetException(exception);

    public void Succeed(ImportTally tally)
    {
        touched.UnionWith(tally.Leads);
        Completion.TrySetResult(tally);
    }
}

/// <summary>What a batch came to.</summary>
internal sealed class ImportTally
{
    public int Added { get; set; }

    public int Updated { get; set; }

    public int Joined { get; set; }

    /// <summary>Rows that changed nothing, those about the person of an earlier row included.</summary>
    public int Skipped { get; set; }

    public int Rejected { get; set; }

    /// <summary>The leads that were here and that the rows met.</summary>
    public HashSet<long> Leads { get; } = [];
}

/// <summary>How far an import is; written in the transaction of its rows, and only while it is where the batch began.</summary>
internal sealed record ImportProgress(long CompanyId, long ImportId, int DoneBefore, int DoneAfter, ImportTally Tally);

/// <summary>Another process runs this import, or it was stopped: nothing of the batch was stored.</summary>
internal sealed class ImportMovedOnException() : Exception("The import is not where this batch begins.");
