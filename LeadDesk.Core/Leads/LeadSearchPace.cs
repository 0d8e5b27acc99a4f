namespace LeadDesk.Leads;

/// <summary>
/// How soon the next batch is indexed, and how large it is. It shares the database's writer and the processors with the intake, and
/// an answer to a sender comes before a search: while many leads come in, the indexer works a tenth of the time, while a file is
/// imported a fiftieth, and catches up afterwards in larger batches, which cost half as much a lead.
/// </summary>
internal sealed class LeadSearchPace
{
    /// <summary>Large enough to share a commit among many, small enough that a sender who meets it waits a few milliseconds.</summary>
    public const int BatchSize = 100;

    /// <summary>When nobody sends: the first sender who does waits some ten milliseconds, and the batches after him are small again.</summary>
    public const int LargeBatchSize = 500;

    /// <summary>How long a change waits at most before it is looked for.</summary>
    public static readonly TimeSpan WhenIdle = TimeSpan.FromMilliseconds(250);

    private const int RestsPerWork = 9;
    private const int RestsDuringLongRun = 49;

    /// <summary>So that what a file brought is found soon after its end, however slow the disk was.</summary>
    private static readonly TimeSpan LongestDuringLongRun = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private long newest;

    /// <summary>How many leads the next batch takes.</summary>
    public int Size { get; private set; } = BatchSize;

    /// <param name="took">How long the batch kept others from writing.</param>
    /// <param name="longRun">A run that writes very many leads is on, see <see cref="Data.Database.EnterLongRun"/>.</param>
    public TimeSpan PauseAfter(IndexedBatch batch, TimeSpan took, bool longRun = false)
    {
        var arriving = batch.Newest > newest || longRun;
        var isFull = batch.Taken >= Size;
        newest = Math.Max(newest, batch.Newest);
        Size = arriving || !isFull ? BatchSize : LargeBatchSize;
        if (!isFull)
            return WhenIdle;
        if (!arriving)
            return Shortest;
        var rest = longRun ? TimeSpan.FromTicks(Math.Min((took * RestsDuringLongRun).Ticks, LongestDuringLongRun.Ticks)) : took * RestsPerWork;
        return rest > Shortest ? rest : Shortest;
    }
}
