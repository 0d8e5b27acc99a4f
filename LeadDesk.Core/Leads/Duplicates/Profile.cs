namespace LeadDesk.Leads.Duplicates;

/// <summary>One value of a profile, folded for comparing.</summary>
internal readonly ref struct Fact(FactKind kind, uint hash, ReadOnlySpan<char> text)
{
    public FactKind Kind { get; } = kind;

    public uint Hash { get; } = hash;

    public ReadOnlySpan<char> Text { get; } = text;
}

/// <summary>
/// What tells one lead from another, packed into few characters so that a million fit into memory: for each fact its kind,
/// length and hash (two characters), then its text. Facts stand in the order of their kinds.
/// </summary>
internal readonly ref struct Profile(ReadOnlySpan<char> packed)
{
    public const int HeaderLength = 4;

    /// <summary>No profile has more facts than this.</summary>
    public const int MostFacts = 24;

    public ReadOnlySpan<char> Packed { get; } = packed;

    public Enumerator GetEnumerator() => new(Packed);

    /// <summary>FNV-1a: the same on every machine and run, unlike <see cref="string.GetHashCode()"/>.</summary>
    public static uint HashOf(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = (hash ^ letter) * 16777619u;
        // The lowest bits of FNV are its weakest.
        return hash ^ (hash >> 15);
    }

    internal ref struct Enumerator(ReadOnlySpan<char> packed)
    {
        private readonly ReadOnlySpan<char> packed = packed;
        private int next;
        private int at;

        public readonly Fact Current => new((FactKind)packed[at], packed[at + 2] | ((uint)packed[at + 3] << 16), packed.Slice(at + HeaderLength, packed[at + 1]));

        public bool MoveNext()
        {
            if (next >= packed.Length)
                return false;
            at = next;
            next = at + HeaderLength + packed[at + 1];
            return true;
        }
    }
}
