using System.Numerics;

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

    private static readonly float[] AtBest = [.. Enumerable.Range(0, 1 << MatchScore.Kinds).Select(BestOf).Select(best => best.Person + Math.Min(best.Address, MostAddressBits))];

    /// <summary>Those come first that tell strangers apart at the least cost; words cost the most.</summary>
    private static ReadOnlySpan<FactKind> Order =>
    [
        FactKind.Identity, FactKind.BirthDate, FactKind.Phone, FactKind.Email, FactKind.HouseNumber, FactKind.Postcode,
        FactKind.State, FactKind.City, FactKind.Organisation, FactKind.Name, FactKind.AddressLine,
    ];

    /// <summary>The most that each kind can add, by <see cref="FactKind"/>.</summary>
    private static ReadOnlySpan<float> Most =>
    [
        NameMatching.Most, FactMatching.OwnedByOne, FactMatching.OwnedByOne, FactMatching.MostOfAnOrganisation, FactMatching.MostOfABirthDate, FactMatching.OwnedByOne,
        FactMatching.MostOfAHouseNumber, LineMatching.MostOfALine, FactMatching.MostOfAPostcode, FactMatching.MostOfACity, FactMatching.MostOfAState,
    ];

    /// <summary>Sums of single bits are not exact.</summary>
    private const float Rounding = 0.01f;

    public static MatchScore Compare(Profile one, Profile other, ValueRarity rarity)
    {
        Reaches(new ProfileParts(one), new ProfileParts(other), rarity, float.MinValue, out var score);
        return score;
    }

    /// <summary>The sum of bits, before the doubt is taken off, from which a pair has a score.</summary>
    /// <param name="score">0 to 100.</param>
    public static float BitsFor(int score, ValueRarity rarity) => MatchScore.BitsOf(score) + DoubtOf(rarity) - Rounding;

    /// <summary>Compares until it is clear that the pair does not reach the bits.</summary>
    /// <param name="needed">From <see cref="BitsFor"/>.</param>
    /// <param name="score">Complete when the answer is true; else of what was compared.</param>
    public static bool Reaches(in ProfileParts one, in ProfileParts other, ValueRarity rarity, float needed, out MatchScore score)
    {
        score = default;
        var both = one.Present & other.Present;
        var (person, address) = BestOf(both);
        foreach (var kind in Order)
        {
            if (person + Math.Min(address, MostAddressBits) < needed)
                return false;
            if ((both >> (int)kind & 1) is 0)
                continue;
            var fact = Compare(kind, one[kind], other[kind], rarity);
            score[kind] = fact;
            if (kind < FactKind.HouseNumber)
                person += fact.Bits - Most[(int)kind];
            else
                address += fact.Bits - Most[(int)kind];
        }

        score.Bits = Sum(score) - DoubtOf(rarity);
        return person + Math.Min(address, MostAddressBits) >= needed;
    }

    private static float DoubtOf(ValueRarity rarity) => Math.Clamp(MathF.Log2(Math.Max(1, rarity.Leads)), LeastDoubt, MostDoubt);

    /// <summary>What two leads could reach at best that both have these kinds of facts, before the doubt is taken off.</summary>
    /// <param name="kinds">A bit for each <see cref="FactKind"/>.</param>
    public static float MostBits(int kinds) => AtBest[kinds];

    public static float MostOf(FactKind kind) => Most[(int)kind];

    private static (float Person, float Address) BestOf(int kinds)
    {
        var (person, address) = (0f, 0f);
        for (; kinds is not 0; kinds &= kinds - 1)
        {
            var kind = BitOperations.TrailingZeroCount(kinds);
            if (kind < (int)FactKind.HouseNumber)
                person += Most[kind];
            else
                address += Most[kind];
        }

        return (person, address);
    }

    private static FactScore Compare(FactKind kind, Profile one, Profile other, ValueRarity rarity) => kind switch
    {
        FactKind.Name => NameMatching.Compare(one, other, rarity),
        FactKind.Phone => FactMatching.Best(one, other, rarity, FactMatching.Phone),
        FactKind.Email => FactMatching.Best(one, other, rarity, FactMatching.Email),
        FactKind.Organisation => FactMatching.Best(one, other, rarity, FactMatching.Organisation),
        FactKind.BirthDate => FactMatching.Best(one, other, rarity, FactMatching.BirthDate),
        FactKind.Identity => FactMatching.Best(one, other, rarity, FactMatching.Identity),
        FactKind.HouseNumber => FactMatching.Best(one, other, rarity, FactMatching.HouseNumber),
        FactKind.AddressLine => LineMatching.Compare(one, other, rarity),
        FactKind.Postcode => FactMatching.Best(one, other, rarity, FactMatching.Postcode),
        FactKind.City => FactMatching.Best(one, other, rarity, FactMatching.City),
        _ => FactMatching.Best(one, other, rarity, FactMatching.State),
    };

    private static float Sum(in MatchScore score)
    {
        var (person, address) = (0f, 0f);
        for (var kind = FactKind.Name; kind < FactKind.HouseNumber; kind++)
            person += score[kind].Bits;
        for (var kind = FactKind.HouseNumber; kind <= FactKind.State; kind++)
            address += score[kind].Bits;
        return person + Math.Min(address, MostAddressBits);
    }
}
