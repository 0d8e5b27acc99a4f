namespace LeadDesk.Leads.Duplicates;

/// <summary>Lines of an address, in any order: people write the building into the street's field and the other way round.</summary>
internal static class LineMatching
{
    public const float MostOfALine = 10;
    private const float OtherLine = -1.5f;

    public static FactScore Compare(Profile one, Profile other, ValueRarity rarity)
    {
        if (one.Packed.IsEmpty || other.Packed.IsEmpty)
            return default;
        var pairs = WordPairs.Of(one, other);
        var bits = 0f;
        while (pairs.TakeEqual(one, other, out var line))
            bits += rarity.Bits(line, MostOfALine);
        if (pairs.LeftOfMine is 0 || pairs.LeftOfTheirs is 0)
            return new(FactMatch.Same, Math.Min(bits, MostOfALine));

        var found = bits > 0;
        while (pairs.TakeNearest(one, other, out var mine, out var theirs, out var similarity))
            bits += FactMatching.Graded(similarity, Math.Min(rarity.Bits(mine, MostOfALine), rarity.Bits(theirs, MostOfALine)), OtherLine).Bits;
        return new(bits > 4 ? FactMatch.Alike : found ? FactMatch.Partly : FactMatch.Different, Math.Min(bits, MostOfALine));
    }
}
