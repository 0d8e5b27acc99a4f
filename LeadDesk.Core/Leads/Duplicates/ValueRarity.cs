namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// How telling it is that two leads share a value, in bits: a rare surname says much, "Lahore" in a company of Lahore says
/// little. Counts each value of the company in a fixed 8 MiB (a count-min sketch, which can only overestimate), so the
/// memory does not grow with the leads. Without counts it answers with what is usual among people.
/// </summary>
internal sealed class ValueRarity
{
    /// <summary>How many leads the usual share weighs as much as, beside those really counted.</summary>
    private const double TrustInUsual = 1000;

    private const int Slots = 1 << 20;

    /// <summary>One in how many people shares a value of each kind, by <see cref="FactKind"/>; 0 where a value belongs to one person.</summary>
    private static readonly double[] OneIn = [400, 0, 0, 800, 12_000, 0, 60, 1500, 800, 60, 8];

    /// <summary>For a single comparison, without a company's counts.</summary>
    public static readonly ValueRarity Usual = new();

    private readonly int[]? first;
    private readonly int[]? second;

    private ValueRarity()
    {
    }

    private ValueRarity(int[] first, int[] second) => (this.first, this.second) = (first, second);

    /// <summary>How many leads were counted.</summary>
    public int Leads { get; private set; }

    public static ValueRarity ForCounting() => new(new int[Slots], new int[Slots]);

    /// <summary>Counts the values of one lead. Not for several threads at once; reading is.</summary>
    public void Count(Profile profile)
    {
        if (first is null || second is null)
            throw new InvalidOperationException("Only a rarity made for counting counts.");
        Leads++;
        foreach (var fact in profile)
        {
            first[First(fact)]++;
            second[Second(fact)]++;
        }
    }

    /// <summary>At how many leads the value was seen; 0 without counts.</summary>
    public int Seen(Fact fact) => first is null || second is null ? 0 : Math.Min(first[First(fact)], second[Second(fact)]);

    /// <summary>The weight of an agreement in this value, in bits, never above <paramref name="most"/>.</summary>
    public float Bits(Fact fact, float most)
    {
        var usual = OneIn[(int)fact.Kind];
        if (usual is 0)
            return Math.Max(most - (2 * MathF.Log2(Math.Max(1, Seen(fact) / 2f))), 0);
        var share = (Seen(fact) + (TrustInUsual / usual)) / (Leads + TrustInUsual);
        return Math.Min(most, (float)-Math.Log2(share));
    }

    private static int First(Fact fact) => (int)((fact.Hash ^ ((uint)fact.Kind * 0x9E3779B1u)) & (Slots - 1));

    private static int Second(Fact fact) => (int)(((fact.Hash * 0x85EBCA6Bu) ^ ((uint)fact.Kind * 0xC2B2AE35u)) >> 12);
}
