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

        Span<ulong> places = stackalloc ulong[AsciiLetters];
        places.Clear();
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] < AsciiLetters)
                places[one[i]] |= 1UL << i;
        }

        return Count(one, other, places);
    }

    /// <param name="places">For each ASCII letter the positions at which <paramref name="one"/> has it.</param>
    private static int Count(ReadOnlySpan<char> one, ReadOnlySpan<char> other, ReadOnlySpan<ulong> places)
    {
        var mistakes = one.Length;
        var last = 1UL << (one.Length - 1);
        ulong more = ulong.MaxValue, fewer = 0, diagonal = 0, placesBefore = 0;
        foreach (var letter in other)
        {
            var at = letter < AsciiLetters ? places[letter] : Places(one, letter);
            var swapped = ((~diagonal & at) << 1) & placesBefore;
            diagonal = (((at & more) + more) ^ more) | at | fewer | swapped;
            var moreAcross = fewer | ~(diagonal | more);
            var fewerAcross = diagonal & more;
            if ((moreAcross & last) is not 0)
                mistakes++;
            else if ((fewerAcross & last) is not 0)
                mistakes--;
            moreAcross = (moreAcross << 1) | 1;
            fewerAcross <<= 1;
            more = fewerAcross | ~(diagonal | moreAcross);
            fewer = moreAcross & diagonal;
            placesBefore = at;
        }

        return mistakes;
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
}
