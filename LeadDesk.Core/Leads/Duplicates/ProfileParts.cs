using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Where the facts of each kind end in a profile.</summary>
[InlineArray(MatchScore.Kinds)]
internal struct ProfileEnds
{
    private ushort first;
}

/// <summary>A profile with the place of each kind of fact, found in one walk.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct ProfileParts
{
    private readonly ReadOnlySpan<char> packed;
    private readonly ProfileEnds ends;

    public ProfileParts(Profile profile)
    {
        packed = profile.Packed;
        var at = 0;
        for (var kind = 0; kind < MatchScore.Kinds; kind++)
        {
            var from = at;
            while (at < packed.Length && packed[at] == kind)
                at += Profile.HeaderLength + packed[at + 1];
            ends[kind] = (ushort)at;
            Present |= at > from ? 1 << kind : 0;
        }
    }

    /// <summary>As another walk found them.</summary>
    public ProfileParts(Profile profile, ProfileEnds ends, int present)
    {
        packed = profile.Packed;
        this.ends = ends;
        Present = present;
    }

    /// <summary>A bit for each <see cref="FactKind"/> that there is something of.</summary>
    public int Present { get; }

    public ProfileEnds Ends => ends;

    public Profile this[FactKind kind] => new(packed[(kind is FactKind.Name ? 0 : ends[(int)kind - 1])..ends[(int)kind]]);
}
