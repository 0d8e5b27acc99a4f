namespace LeadDesk.Leads;

/// <summary>How far <see cref="LeadFinder"/> goes in one way before it takes another. Measured with a million leads on SQLite; tests take less.</summary>
internal sealed record FinderLimits
{
    /// <summary>How many leads are looked at one by one at first, at least and at most: a few for each row of a page.</summary>
    public int LeastFirst { get; init; } = 600;

    public int MostFirst { get; init; } = 6000;

    /// <summary>The same for the next look, when the first one tells that it would fill the page.</summary>
    public int LeastNext { get; init; } = 3000;

    public int MostNext { get; init; } = 24_000;

    /// <summary>So many found are sorted at once.</summary>
    public int FewFound { get; init; } = 3000;

    /// <summary>The same when nothing else helps.</summary>
    public int MostFound { get; init; } = 12_000;

    /// <summary>How many ids of an order are read at once, at first and at last.</summary>
    public int FirstPart { get; init; } = 4000;

    public int LargestPart { get; init; } = 128_000;

    /// <summary>How many ids of an order are read while there is another index to ask.</summary>
    public int MostWalked { get; init; } = 60_000;
}
