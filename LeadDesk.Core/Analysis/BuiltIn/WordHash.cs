namespace LeadDesk.Analysis.BuiltIn;

/// <summary>64-bit FNV-1a over folded letters. It grows letter by letter, so that all prefixes of a word come from one pass.</summary>
internal static class WordHash
{
    public const ulong Empty = 14695981039346656037;

    public static ulong Add(ulong hash, char letter) => (hash ^ letter) * 1099511628211;

    public static ulong Of(ReadOnlySpan<char> letters)
    {
        var hash = Empty;
        foreach (var letter in letters)
            hash = Add(hash, letter);
        return hash;
    }

    /// <summary>The hash of <paramref name="letters"/> without the letter at <paramref name="index"/>.</summary>
    public static ulong Without(ReadOnlySpan<char> letters, int index)
    {
        var hash = Empty;
        for (var i = 0; i < letters.Length; i++)
        {
            if (i != index)
                hash = Add(hash, letters[i]);
        }
        return hash;
    }
}
