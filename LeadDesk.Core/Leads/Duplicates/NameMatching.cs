namespace LeadDesk.Leads.Duplicates;

/// <summary>Names word by word, in any order: "Khan, Ali", "Ali Kahn" and "A. Khan" are all near "Ali Khan".</summary>
internal static class NameMatching
{
    /// <summary>A name alone, however rare, does not make two leads one person.</summary>
    public const float Most = 11;

    private const float MostOfAWord = 8;
    private const float InitialBits = 1.5f;

    /// <summary>Another given name beside the same surname is a brother, not a typing mistake.</summary>
    private const float OtherWord = -6;

    private const float FurtherOtherWord = -1.5f;
    private const float MissingWord = -0.5f;
    private const float AlikeFrom = 0.8f;

    public static FactScore Compare(Profile one, Profile other, ValueRarity rarity)
    {
        if (one.Packed.IsEmpty || other.Packed.IsEmpty)
            return default;
        var pairs = WordPairs.Of(one, other);
        var bits = 0f;
        while (pairs.TakeEqual(one, other, out var word))
            bits += rarity.Bits(word, MostOfAWord);
        var allSame = pairs is { LeftOfMine: 0, LeftOfTheirs: 0 };
        if (allSame)
            return new(FactMatch.Same, Math.Min(bits, Most));

        var (found, others) = (bits > 0, 0);
        while (pairs.TakeNearest(one, other, out var mine, out var theirs, out var similarity))
        {
            var word = Word(mine, theirs, similarity, rarity);
            others += word.Match is FactMatch.Different ? 1 : 0;
            bits += word.Match is FactMatch.Different && others > 1 ? FurtherOtherWord : word.Bits;
        }

        bits += MissingWord * (pairs.LeftOfMine + pairs.LeftOfTheirs);
        var joined = Joined(one, other, rarity);
        if (joined.Match is FactMatch.Alike && joined.Bits > bits)
            return joined;
        var match = bits > 4 && others is 0 ? FactMatch.Alike : found || others is 0 ? FactMatch.Partly : FactMatch.Different;
        return new(match, Math.Min(bits, Most));
    }

    private static FactScore Word(Fact mine, Fact theirs, float similarity, ValueRarity rarity)
    {
        if (WordPairs.IsInitial(mine.Text, theirs.Text))
            return new(FactMatch.Alike, InitialBits);
        // One letter of three is another name: Ali and Alp, Jan and Jon.
        if (Math.Max(mine.Text.Length, theirs.Text.Length) <= 3)
            similarity = Math.Min(similarity, 0.5f);
        return FactMatching.Graded(similarity, Math.Min(rarity.Bits(mine, MostOfAWord), rarity.Bits(theirs, MostOfAWord)), OtherWord);
    }

    /// <summary>For words that were split or glued, and for scripts that leave no space: "hayd en", "สมชายใจดี".</summary>
    private static FactScore Joined(Profile one, Profile other, ValueRarity rarity)
    {
        Span<char> mine = stackalloc char[TextDistance.Longest], theirs = stackalloc char[TextDistance.Longest];
        var (mineLength, mineBits) = Join(one, mine, rarity);
        var (theirLength, theirBits) = Join(other, theirs, rarity);
        var similarity = TextDistance.Similarity(mine[..mineLength], theirs[..theirLength]);
        if (similarity < AlikeFrom || Math.Min(mineLength, theirLength) < 5)
            return default;
        var graded = FactMatching.Graded(similarity, Math.Min(mineBits, theirBits), OtherWord);
        return similarity >= 1 ? new(FactMatch.Alike, Math.Min(Math.Min(mineBits, theirBits), Most)) : graded with { Bits = Math.Min(graded.Bits, Most) };
    }

    private static (int Length, float Bits) Join(Profile name, Span<char> joined, ValueRarity rarity)
    {
        var (length, bits) = (0, 0f);
        foreach (var word in name)
        {
            var taken = Math.Min(word.Text.Length, joined.Length - length);
            word.Text[..taken].CopyTo(joined[length..]);
            length += taken;
            bits += rarity.Bits(word, MostOfAWord);
        }

        return (length, bits);
    }
}
