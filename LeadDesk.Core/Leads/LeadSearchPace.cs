namespace LeadDesk.Leads;

/// <summary>
/// How soon the next batch is indexed. It shares the database's writer and the processors with the intake, and an answer to a
/// sender comes before a search: while many leads come in, the indexer works a tenth of the time and catches up afterwards.
/// </summary>
internal sealed class LeadSearchPace
{
    /// <summary>Large enough to share a commit among many, small enough that a sender who meets it waits a few milliseconds.</summary>
    public const int BatchSize = 100;

    /// <summary>How long a change waits at most before it is looked for.</summary>
    public static readonly TimeSpan WhenIdle = TimeSpan.FromMilliseconds(250);

    private const int RestsPerWork = 9;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private long newest;

    /// <param name="took">How long the batch kept others from writing.</param>
    public TimeSpan PauseAfter(IndexedBatch batch, TimeSpan took)
    {
        var arriving = batch.Newest > newest;
        newest = Math.Max(newest, batch.Newest);
        if (batch.Taken < BatchSize)
            return WhenIdle;
        var rest = arriving ? took * RestsPerWork : Shortest;
        return rest > Shortest ? rest : Shortest;
    }
}
