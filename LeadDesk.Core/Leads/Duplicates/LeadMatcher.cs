namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// How likely two leads are one person. Each fact adds the bits by which its agreement or disagreement tells one person from
/// two strangers; values that are rare in the company tell more. Pure.
/// </summary>
internal static class LeadMatcher
{
    /// <summary>From this score on a pair is shown, unless the company chose another.</summary>
    public const int DefaultThreshold = 60;

    /// <summary>Of so many bits is the doubt with which two leads meet; it grows with the number of leads a stranger is drawn from.</summary>
    private const float LeastDoubt = 13;

    private const float MostDoubt = 17;

    /// <summary>Street, house, postcode and city hang together, so that they cannot count as separate witnesses; a family shares them all.</summary>
    private const float MostAddressBits = 12;

    public static MatchScore Compare(Profile one, Profile other, ValueRarity rarity) => Compare(one, other, rarity, 0);

    /// <param name="least">Of no interest below this score: then the comparison may end early, and what is left out makes the score too low.</param>
    public static MatchScore Compare(Profile one, Profile other, ValueRarity rarity, int least)
    {
        var mine = new ProfileParts(one);
        var theirs = new ProfileParts(other);
        var score = new MatchScore();
        Short(mine, theirs, rarity, ref score);
        // Words cost the most to compare: not where the best of them could not help any more.
        var hasNames = mine.Has(FactKind.Name) && theirs.Has(FactKind.Name);
        var hasLines = mine.Has(FactKind.AddressLine) && theirs.Has(FactKind.AddressLine);
        var doubt = Math.Clamp(MathF.Log2(Math.Max(1, rarity.Leads)), LeastDoubt, MostDoubt);
        var needed = MatchScore.BitsOf(least) + doubt;
        if (Sum(score, hasLines ? LineMatching.MostOfALine : 0) + (hasNames ? NameMatching.Most : 0) >= needed)
        {
            if (hasNames)
                score[FactKind.Name] = NameMatching.Compare(mine[FactKind.Name], theirs[FactKind.Name], rarity);
            if (hasLines && Sum(score, LineMatching.MostOfALine) >= needed)
                score[FactKind.AddressLine] = LineMatching.Compare(mine[FactKind.AddressLine], theirs[FactKind.AddressLine], rarity);
        }

        score.Bits = Sum(score, 0) - doubt;
        return score;
    }

    private static void Short(ProfileParts one, ProfileParts other, ValueRarity rarity, ref MatchScore score)
    {
        score[FactKind.Phone] = FactMatching.Best(one[FactKind.Phone], other[FactKind.Phone], rarity, FactMatching.Phone);
        score[FactKind.Email] = FactMatching.Best(one[FactKind.Email], other[FactKind.Email], rarity, FactMatching.Email);
        score[FactKind.Organisation] = FactMatching.Best(one[FactKind.Organisation], other[FactKind.Organisation], rarity, FactMatching.Organisation);
        score[FactKind.BirthDate] = FactMatching.Best(one[FactKind.BirthDate], other[FactKind.BirthDate], rarity, FactMatching.BirthDate);
        score[FactKind.Identity] = FactMatching.Best(one[FactKind.Identity], other[FactKind.Identity], rarity, FactMatching.Identity);
        score[FactKind.HouseNumber] = FactMatching.Best(one[FactKind.HouseNumber], other[FactKind.HouseNumber], rarity, FactMatching.HouseNumber);
        score[FactKind.Postcode] = FactMatching.Best(one[FactKind.Postcode], other[FactKind.Postcode], rarity, FactMatching.Postcode);
        score[FactKind.City] = FactMatching.Best(one[FactKind.City], other[FactKind.City], rarity, FactMatching.City);
        score[FactKind.State] = FactMatching.Best(one[FactKind.State], other[FactKind.State], rarity, FactMatching.State);
    }

    /// <param name="lines">What the lines of the address might add.</param>
    private static float Sum(in MatchScore score, float lines)
    {
        var person = 0f;
        for (var kind = FactKind.Name; kind < FactKind.HouseNumber; kind++)
            person += score[kind].Bits;
        var address = lines;
        for (var kind = FactKind.HouseNumber; kind <= FactKind.State; kind++)
            address += score[kind].Bits;
        return person + Math.Min(address, MostAddressBits);
    }
}
