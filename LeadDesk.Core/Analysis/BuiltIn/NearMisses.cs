namespace LeadDesk.Analysis.BuiltIn;

/// <summary>
/// Finds the lexicon word a misspelt one was meant to be: one letter wrong, missing, added, or two neighbours swapped. Each lexicon word is kept
/// under its hashes with one letter left out, so a look-up costs one probe per letter whatever the size of the lexicon.
/// </summary>
internal sealed class NearMisses
{
    public const int MinLength = 4;
    private const int MaxLength = 18;

    private readonly Dictionary<ulong, int> _byHash;
    private readonly Dictionary<ulong, int> _more;
    private readonly (string Letters, int Word)[] _words;

    public NearMisses(IReadOnlyList<(string Letters, int Word)> words)
    {
        _words = [.. words];
        _byHash = new Dictionary<ulong, int>(_words.Length * 8);
        _more = new Dictionary<ulong, int>(_words.Length);
        for (var i = 0; i < _words.Length; i++)
        {
            var letters = _words[i].Letters;
            if (letters.Length > MaxLength)
                continue;
            Keep(WordHash.Of(letters), i);
            for (var left = 0; left < letters.Length; left++)
                Keep(WordHash.Without(letters, left), i);
        }
    }

    /// <returns>The word's id, or -1.</returns>
    public int Find(ReadOnlySpan<char> letters)
    {
        if (letters.Length is < MinLength or > MaxLength || letters.ContainsAnyInRange('0', '9'))
            return -1;
        var found = Probe(WordHash.Of(letters), letters);
        for (var left = 0; found < 0 && left < letters.Length; left++)
            found = Probe(WordHash.Without(letters, left), letters);
        return found;
    }

    private void Keep(ulong hash, int index)
    {
        if (!_byHash.TryAdd(hash, index))
            _more.TryAdd(hash, index);
    }

    private int Probe(ulong hash, ReadOnlySpan<char> letters)
    {
        if (!_byHash.TryGetValue(hash, out var index))
            return -1;
        if (IsNear(letters, _words[index].Letters))
            return _words[index].Word;
        return _more.TryGetValue(hash, out index) && IsNear(letters, _words[index].Letters) ? _words[index].Word : -1;
    }

    // The first letter is rarely wrong, and a short word with another letter in it is usually another word ("look", "book").
    private static bool IsNear(ReadOnlySpan<char> typed, string word)
    {
        var shorter = Math.Min(typed.Length, word.Length);
        var same = typed.CommonPrefixLength(word);
        if (same == 0 && !(typed.Length == word.Length && IsSwap(typed, word, 0)))
            return false;
        var typedRest = typed[Math.Min(same + 1, typed.Length)..];
        var wordRest = word.AsSpan(Math.Min(same + 1, word.Length));
        return (typed.Length - word.Length) switch
        {
            0 => IsSwap(typed, word, same) || (shorter >= 6 && typedRest.SequenceEqual(wordRest)),
            1 => shorter >= 4 && typedRest.SequenceEqual(word.AsSpan(same)),
            -1 => shorter >= 4 && same < typed.Length && wordRest.SequenceEqual(typed[same..]),
            _ => false,
        };
    }

    private static bool IsSwap(ReadOnlySpan<char> typed, ReadOnlySpan<char> word, int at) =>
        at + 1 < typed.Length && typed[at] == word[at + 1] && typed[at + 1] == word[at] && typed[(at + 2)..].SequenceEqual(word[(at + 2)..]);
}
