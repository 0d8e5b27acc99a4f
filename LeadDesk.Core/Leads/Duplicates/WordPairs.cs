using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Which word of one list goes with which of another, the best pairs first, whatever their order.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct WordPairs
{
    private const int Most = Profile.MostFacts;

    private uint usedMine;
    private uint usedTheirs;

    public int Mine { get; private set; }

    public int Theirs { get; private set; }

    /// <summary>Words of the first list that found no partner.</summary>
    public readonly int LeftOfMine => Mine - System.Numerics.BitOperations.PopCount(usedMine);

    public readonly int LeftOfTheirs => Theirs - System.Numerics.BitOperations.PopCount(usedTheirs);

    public static WordPairs Of(Profile one, Profile other)
    {
        var pairs = new WordPairs();
        foreach (var fact in one)
            pairs.Mine += fact.Text.IsEmpty ? 0 : 1;
        foreach (var fact in other)
            pairs.Theirs += fact.Text.IsEmpty ? 0 : 1;
        return pairs;
    }

    /// <summary>Takes the next pair of equal words, if there is one.</summary>
    public bool TakeEqual(Profile one, Profile other, out Fact word)
    {
        word = default;
        var i = 0;
        foreach (var mine in one)
        {
            var j = 0;
            foreach (var theirs in other)
            {
                if (IsFree(i, j) && FactMatching.Equal(mine, theirs))
                {
                    Use(i, j);
                    word = mine;
                    return true;
                }

                j++;
            }

            i++;
        }

        return false;
    }

    /// <summary>Takes the two words that are most alike of those left.</summary>
    public bool TakeNearest(Profile one, Profile other, out Fact mine, out Fact theirs, out float similarity)
    {
        mine = default;
        theirs = default;
        similarity = -1;
        int i = 0, bestMine = 0, bestTheirs = 0;
        foreach (var word in one)
        {
            var j = 0;
            foreach (var against in other)
            {
                if (IsFree(i, j) && Likeness(word.Text, against.Text) is var found && found > similarity)
                {
                    mine = word;
                    theirs = against;
                    (similarity, bestMine, bestTheirs) = (found, i, j);
                }

                j++;
            }

            i++;
        }

        if (similarity < 0)
            return false;
        Use(bestMine, bestTheirs);
        return true;
    }

    /// <summary>"J" stands for every word that begins with it.</summary>
    public static bool IsInitial(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one[0] == other[0] && Math.Min(one.Length, other.Length) is 1 && one[0] < 0x2E80;

    private static float Likeness(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        IsInitial(one, other) ? 0.6f : TextDistance.Similarity(one, other);

    private readonly bool IsFree(int mine, int theirs) => mine < Most && theirs < Most && ((usedMine >> mine) & 1) is 0 && ((usedTheirs >> theirs) & 1) is 0;

    private void Use(int mine, int theirs)
    {
        usedMine |= 1u << mine;
        usedTheirs |= 1u << theirs;
    }
}
