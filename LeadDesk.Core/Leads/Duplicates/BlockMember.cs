using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// A lead while its block is compared: where its facts stand, and which letters those facts hold that tell most strangers
/// apart. Two members are held against each other in a few steps; only what could be one person is compared in full.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct BlockMember
{
    private readonly ProfileEnds ends;
    private readonly LetterBags bags;

    /// <summary>A bit for each kind whose bag holds its one value.</summary>
    private readonly int bagged;

    private readonly int phoneLength;

    /// <param name="lead">Its place in the store.</param>
    public BlockMember(int lead, Profile profile)
    {
        Lead = lead;
        var parts = new ProfileParts(profile);
        ends = parts.Ends;
        Present = parts.Present;
        foreach (var kind in (ReadOnlySpan<FactKind>)[FactKind.Phone, FactKind.Email, FactKind.BirthDate, FactKind.Identity])
        {
            if (Bag(parts[kind], out bags[(int)kind]))
                bagged |= 1 << (int)kind;
        }

        phoneLength = parts[FactKind.Phone].Packed.Length;
    }

    public int Lead { get; }

    /// <summary>A bit for each <see cref="FactKind"/> that there is something of.</summary>
    private int Present { get; }

    public ProfileParts Parts(Profile profile) => new(profile, ends, Present);

    /// <summary>No comparison in full gives more bits than this, before the doubt is taken off.</summary>
    public float MostBits(in BlockMember other)
    {
        var most = LeadMatcher.MostBits(Present & other.Present);
        for (var kinds = bagged & other.bagged; kinds is not 0; kinds &= kinds - 1)
        {
            var kind = BitOperations.TrailingZeroCount(kinds);
            if (FewestMistakes(bags[kind], other.bags[kind]) is > 0 and var mistakes)
                most += FactMatching.MostWith((FactKind)kind, mistakes, phoneLength == other.phoneLength) - LeadMatcher.MostOf((FactKind)kind);
        }

        return most;
    }

    /// <summary>One mistake adds a letter, takes one away, does both, or (two swapped) neither.</summary>
    private static int FewestMistakes(ulong one, ulong other) => (BitOperations.PopCount(one ^ other) + 1) / 2;

    /// <summary>For each of sixteen classes of letters as many bits as there are letters of it, four at most.</summary>
    private static bool Bag(Profile facts, out ulong bag)
    {
        bag = 0;
        var count = 0;
        foreach (var fact in facts)
        {
            count++;
            foreach (var letter in fact.Text)
            {
                var at = (letter & 15) * 4;
                bag |= ((((bag >> at) & 7) << 1) | 1) << at;
            }
        }

        return count is 1;
    }

    /// <summary>By <see cref="FactKind"/>.</summary>
    [InlineArray((int)FactKind.Identity + 1)]
    private struct LetterBags
    {
        private ulong first;
    }
}
