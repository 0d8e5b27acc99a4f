namespace LeadDesk.Simulators.People;

/// <summary>Random numbers that are the same on every machine and in every run: SplitMix64 over a seed and an index.</summary>
internal struct Dice(ulong seed, ulong index)
{
    private ulong _state = (seed * 0x9E3779B97F4A7C15UL) ^ (index * 0xBF58476D1CE4E5B9UL) ^ 0x94D049BB133111EBUL;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <returns>0 to <paramref name="sides"/> - 1.</returns>
    public int Roll(int sides) => (int)(Next() % (ulong)sides);

    public bool OneIn(int sides) => Roll(sides) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Roll(items.Count)];
}
