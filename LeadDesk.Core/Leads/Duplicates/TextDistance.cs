using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// How many typing mistakes lie between two short texts: a letter too many, too few, wrong, or two neighbours swapped
/// (optimal string alignment), counted for 64 letters at once with Hyyrö's bit-parallel method.
/// </summary>
internal static class TextDistance
{
    /// <summary>Longer texts are compared by their first this many characters.</summary>
    public const int Longest = 64;

    private const int AsciiLetters = 128;

    /// <returns>1 for equal texts, 0 for texts without anything in common.</returns>
    public static float Similarity(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var longest = Math.Min(Math.Max(one.Length, other.Length), Longest);
        return longest is 0 ? 1 : 1 - ((float)Mistakes(one, other) / longest);
    }

    public static int Mistakes(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length > Longest)
            one = one[..Longest];
        if (other.Length > Longest)
            other = other[..Longest];
        if (one.IsEmpty || other.IsEmpty)
            return one.Length + other.Length;
        if (one.Length <= Vector256<ushort>.Count)
            return CountShort(one, other);
        return other.Length <= Vector256<ushort>.Count ? CountShort(other, one) : CountLong(one, other);
    }

    /// <summary>Most words fit into one register, in which a letter is looked for at all places at once.</summary>
    private static int CountShort(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var letters = default(Vector256<ushort>);
        one.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<Vector256<ushort>, char>(ref letters), Vector256<ushort>.Count));
        var count = new MistakeCount(one.Length);
        foreach (var letter in other)
            count.Add(Vector256.Equals(letters, Vector256.Create((ushort)letter)).ExtractMostSignificantBits());
        return count.Mistakes;
    }

    private static int CountLong(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        Span<ulong> places = stackalloc ulong[AsciiLetters];
        places.Clear();
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] < AsciiLetters)
                places[one[i]] |= 1UL << i;
        }

        var count = new MistakeCount(one.Length);
        foreach (var letter in other)
            count.Add(letter < AsciiLetters ? places[letter] : Places(one, letter));
        return count.Mistakes;
    }

    private static ulong Places(ReadOnlySpan<char> text, char letter)
    {
        var places = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == letter)
                places |= 1UL << i;
        }

        return places;
    }

    /// <summary>The column of the table of distances that belongs to the letters of the other text added so far.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct MistakeCount(int length)
    {
        private readonly ulong last = 1UL << (length - 1);
        private ulong more = ulong.MaxValue;
        private ulong fewer;
        private ulong diagonal;
        private ulong placesBefore;

        public int Mistakes { get; private set; } = length;

        /// <param name="places">Where the first text has the letter.</param>
        public void Add(ulong places)
        {
            var swapped = ((~diagonal & places) << 1) & placesBefore;
            diagonal = (((places & more) + more) ^ more) | places | fewer | swapped;
            var moreAcross = fewer | ~(diagonal | more);
            var fewerAcross = diagonal & more;
            Mistakes += (moreAcross & last) is not 0 ? 1 : (fewerAcross & last) is not 0 ? -1 : 0;
            moreAcross = (moreAcross << 1) | 1;
            fewerAcross <<= 1;
            more = fewerAcross | ~(diagonal | moreAcross);
            fewer = moreAcross & diagonal;
            placesBefore = places;
        }
    }
}
