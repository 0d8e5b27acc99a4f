using LeadDesk.Simulators.People;

namespace LeadDesk.Simulators.Wire;

public static class Shuffling
{
    /// <summary>Every item so many times, in a mixed order that depends on the seed alone.</summary>
    public static IReadOnlyList<T> RepeatAndShuffle<T>(this IReadOnlyList<T> items, int repeat, bool shuffle, ulong seed)
    {
        var all = Enumerable.Repeat(items, repeat).SelectMany(list => list).ToArray();
        if (!shuffle) return all;
        var dice = new Dice(seed, (ulong)all.Length);
        for (var i = all.Length - 1; i > 0; i--)
        {
            var other = dice.Roll(i + 1);
            (all[i], all[other]) = (all[other], all[i]);
        }

        return all;
    }
}
