using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

/// <summary>How one fact of two leads compares. The numbers are stored with each explanation.</summary>
public enum FactMatch
{
    /// <summary>One of the two leads does not have it.</summary>
    Unknown = 0,
    Same = 1,

    /// <summary>Typing mistakes, another order, a part of it.</summary>
    Alike = 2,

    /// <summary>Something agrees, something does not.</summary>
    Partly = 3,
    Different = 4,
}

/// <param name="Bits">The logarithm, to base two, of how much likelier this is between two leads of one person than between strangers.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FactScore(FactMatch Match, float Bits);

/// <summary>The comparison of two leads, fact by fact, as Fellegi and Sunter add it up.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MatchScore
{
    public const int Kinds = (int)FactKind.State + 1;

    private Facts facts;

    public FactScore this[FactKind kind]
    {
        readonly get => facts[(int)kind];
        set => facts[(int)kind] = value;
    }

    /// <summary>Above zero: likelier one person than two.</summary>
    public float Bits { get; set; }

    /// <summary>0 to 100: 50 where both are equally likely, half the distance to the end for each three bits.</summary>
    public readonly int Score => (int)MathF.Round(100 / (1 + MathF.Pow(2, -Bits / 3)));

    /// <summary>The bits at which a score begins.</summary>
    /// <param name="score">0 to 100.</param>
    public static float BitsOf(int score) => score <= 0 ? float.MinValue : -3 * MathF.Log2((100 / Math.Min(score - 0.5f, 99.5f)) - 1);

    [InlineArray(Kinds)]
    private struct Facts
    {
        private FactScore first;
    }
}
