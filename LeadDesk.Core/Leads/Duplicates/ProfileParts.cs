using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

/// <summary>A profile with the place of each kind of fact, found in one walk.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct ProfileParts
{
    private readonly ReadOnlySpan<char> packed;
    private readonly Ends ends;

    public ProfileParts(Profile profile)
    {
        packed = profile.Packed;
        var at = 0;
        for (var kind = 0; kind < MatchScore.Kinds; kind++)
        {
            while (at < packed.Length && packed[at] == kind)
                at += Profile.HeaderLength + packed[at + 1];
            ends[kind] = at;
        }
    }

    public Profile this[FactKind kind] => new(packed[(kind is FactKind.Name ? 0 : ends[(int)kind - 1])..ends[(int)kind]]);

    public bool Has(FactKind kind) => !this[kind].Packed.IsEmpty;

    [InlineArray(MatchScore.Kinds)]
    private struct Ends
    {
        private int first;
    }
}
