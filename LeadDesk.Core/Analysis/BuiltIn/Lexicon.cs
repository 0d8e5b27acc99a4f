namespace LeadDesk.Analysis.BuiltIn;

/// <summary>One thing a phrase says.</summary>
/// <param name="Weight">How much it says; for numbers and scales the value.</param>
/// <param name="Text">The ISO 4217 code of a currency.</param>
/// <param name="Language">Index into <see cref="Languages"/>.</param>
/// <param name="OwnLanguageOnly">Means this only in a message of its own language ("al" buys in Turkish, is an article in Spanish).</param>
internal readonly record struct LexiconEntry(EvidenceClass Class, float Weight, string? Text, byte Language, bool OwnLanguageOnly);

/// <summary>
/// All words and phrases the classifier knows, as a tree of word ids. Read only once loaded.
/// </summary>
internal sealed class Lexicon
{
    public const int NumberWord = 0;
    public const int MinPrefix = 3;
    private static readonly Lazy<Lexicon> Loaded = new(LexiconReader.ReadEmbedded);

    private readonly Dictionary<ulong, int> _words;
    private readonly Dictionary<ulong, int> _prefixes;
    private readonly Dictionary<ulong, int> _edges;
    private readonly int[] _firstEdges;
    private readonly ushort[] _wordLanguages;
    private readonly LexiconEntry[][] _ends;
    private readonly bool[] _gaps;
    private readonly NearMisses _nearMisses;

    public Lexicon(LexiconBuilder builder)
    {
        _words = builder.Words;
        _prefixes = builder.Prefixes;
        _edges = builder.Edges;
        _wordLanguages = [.. builder.WordLanguages];
        _firstEdges = new int[_wordLanguages.Length];
        for (var word = 0; word < _firstEdges.Length; word++)
            _firstEdges[word] = builder.Edges.GetValueOrDefault(LexiconBuilder.Edge(0, word), -1);
        _ends = [.. builder.Ends.Select(entries => entries.ToArray())];
        _gaps = [.. builder.Gaps];
        _nearMisses = new NearMisses(builder.Spellings);
    }

    public static Lexicon Instance => Loaded.Value;

    /// <summary>Bit set of <see cref="Languages"/> whose files hold the word.</summary>
    public ushort LanguagesOf(int word) => _wordLanguages[word];

    /// <returns>The node, or -1.</returns>
    public int Step(int node, int word) => node == 0 ? _firstEdges[word] : _edges.GetValueOrDefault(LexiconBuilder.Edge(node, word), -1);

    public bool HasGap(int node) => _gaps[node];

    public ReadOnlySpan<LexiconEntry> Ends(int node) => _ends[node];

    /// <summary>Sets the lexicon words a token stands for.</summary>
    public void Resolve(ref Token token, ReadOnlySpan<char> letters)
    {
        if (token.Kind == TokenKind.Number)
        {
            token.Exact = NumberWord;
            return;
        }
        token.Exact = _words.GetValueOrDefault(token.Hash, -1);
        if (token.Kind != TokenKind.Word)
            return;
        FindPrefixes(ref token, letters);
        if (token.Exact >= 0 || TryOneLetterRuns(ref token, letters))
            return;
        if (letters[0] >= '\u0600' && letters[0] <= '\u06FF' && TryWithoutArabicArticle(ref token, letters))
            return;
        if (token.Prefix < 0 && _nearMisses.Find(letters) is >= 0 and var near)
        {
            token.Exact = near;
            token.Misspelt = true;
        }
    }

    private void FindPrefixes(ref Token token, ReadOnlySpan<char> letters)
    {
        var hash = WordHash.Empty;
        for (var i = 0; i < letters.Length && i < 24; i++)
        {
            hash = WordHash.Add(hash, letters[i]);
            if (i + 1 >= MinPrefix && _prefixes.TryGetValue(hash, out var prefix))
            {
                token.ShorterPrefix = token.Prefix;
                token.Prefix = prefix;
            }
        }
    }

    // "heyyyy" was kept as "heyy": look for "hey".
    private bool TryOneLetterRuns(ref Token token, ReadOnlySpan<char> letters)
    {
        var hash = WordHash.Empty;
        var shorter = false;
        for (var i = 0; i < letters.Length; i++)
        {
            if (i > 0 && letters[i] == letters[i - 1])
                shorter = true;
            else
                hash = WordHash.Add(hash, letters[i]);
        }
        token.Exact = shorter ? _words.GetValueOrDefault(hash, -1) : -1;
        return token.Exact >= 0;
    }

    // The article and the one-letter words for and, for, by are written together with the next word: "والسعر" is "and the price".
    private static readonly string[] ArabicProclitics = ["وال", "بال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "س", "ه"];

    private bool TryWithoutArabicArticle(ref Token token, ReadOnlySpan<char> letters)
    {
        foreach (var proclitic in ArabicProclitics)
        {
            if (letters.Length < proclitic.Length + 3 || !letters.StartsWith(proclitic, StringComparison.Ordinal))
                continue;
            var rest = letters[proclitic.Length..];
            var word = _words.GetValueOrDefault(WordHash.Of(rest), -1);
            if (token.Prefix < 0)
                FindPrefixes(ref token, rest);
            token.Exact = word;
            if (word >= 0 || token.Prefix >= 0)
                return true;
        }
        return false;
    }
}
