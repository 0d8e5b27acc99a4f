using System.Buffers;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>A phrase of the lexicon found in the message: token positions from First to Last; Covered has a bit for each token it used, from First on.</summary>
internal readonly record struct PhraseMatch(LexiconEntry Entry, int First, int Last, uint Covered, bool Misspelt, bool Hidden = false)
{
    public int Words => System.Numerics.BitOperations.PopCount(Covered);

    /// <summary>All tokens of <paramref name="other"/>, which begins no earlier, belong to this match as well.</summary>
    public bool Covers(in PhraseMatch other)
    {
        var shift = other.First - First;
        return shift < 32 && (other.Covered & ~(Covered >> shift)) == 0;
    }
}

/// <summary>All phrases of the lexicon that occur in a message, without those a longer one of the same group covers.</summary>
internal sealed class PhraseMatches : IDisposable
{
    private const int MaxGap = 3;
    private const int MaxSpan = 31;
    private readonly TokenList _tokens;
    private readonly Lexicon _lexicon;
    private readonly ushort _languages;
    private readonly int _group;
    private PhraseMatch[] _items = ArrayPool<PhraseMatch>.Shared.Rent(128);
    private int _count;

    /// <param name="onlyGroup">Of <see cref="EvidenceGroups"/>; other phrases are passed over. -1 for all.</param>
    public PhraseMatches(TokenList tokens, Lexicon lexicon, ushort plausibleLanguages, int onlyGroup = -1)
    {
        _group = onlyGroup;
        _tokens = tokens;
        _lexicon = lexicon;
        _languages = plausibleLanguages;
        for (var i = 0; i < tokens.Count; i++)
            Walk(0, i, i, 0, gap: 0, misspelt: false);
        RemoveCovered();
    }

    public ReadOnlySpan<PhraseMatch> Items => _items.AsSpan(0, _count);

    public void Dispose()
    {
        ArrayPool<PhraseMatch>.Shared.Return(_items);
        _items = [];
        _count = 0;
    }

    private void Walk(int node, int first, int at, uint covered, int gap, bool misspelt)
    {
        if (at >= _tokens.Count || at - first >= MaxSpan)
            return;
        ref readonly var token = ref _tokens[at];
        if (token.IsBreak)
        {
            // "yes, how much" may run over a comma, but never over a full stop.
            if (token.Kind == TokenKind.Stop || node == 0 || gap > 0)
                return;
            if (_lexicon.HasGap(node))
                Walk(node, first, at + 1, covered, gap: 1, misspelt);
            return;
        }
        // A near miss counts only in a language the rest of the message speaks.
        if (!token.Misspelt || (_lexicon.LanguagesOf(token.Exact) & _languages) != 0)
            Step(node, token.Exact, first, at, covered, misspelt || token.Misspelt);
        StepPrefix(node, token.Prefix, first, at, covered, misspelt);
        StepPrefix(node, token.ShorterPrefix, first, at, covered, misspelt);
        if (node != 0 && gap < MaxGap && _lexicon.HasGap(node))
            Walk(node, first, at + 1, covered, gap + 1, misspelt);
    }

    // The beginning of a word says little in another language ("garanti*" is Turkish, "garantizado" Spanish).
    private void StepPrefix(int node, int word, int first, int at, uint covered, bool misspelt)
    {
        if (word >= 0 && (_lexicon.LanguagesOf(word) & _languages) != 0)
            Step(node, word, first, at, covered, misspelt);
    }

    private void Step(int node, int word, int first, int at, uint covered, bool misspelt)
    {
        if (word < 0)
            return;
        var next = _lexicon.Step(node, word);
        if (next < 0)
            return;
        covered |= 1u << (at - first);
        foreach (ref readonly var entry in _lexicon.Ends(next))
        {
            if (entry.Class != EvidenceClass.Lang && (_group < 0 || EvidenceGroups.Of(entry.Class) == _group) && (!entry.OwnLanguageOnly || (_languages >> entry.Language & 1) != 0))
                Add(new PhraseMatch(entry, first, at, covered, misspelt));
        }
        Walk(next, first, at + 1, covered, gap: 0, misspelt);
    }

    private void Add(in PhraseMatch match)
    {
        // The same phrase with the same meaning stands in several languages' files ("no", "total"): once is enough.
        for (var i = _count - 1; i >= 0 && _items[i].First == match.First; i--)
        {
            if (_items[i].Last == match.Last && _items[i].Entry.Class == match.Entry.Class)
                return;
        }
        if (_count == _items.Length)
        {
            var larger = ArrayPool<PhraseMatch>.Shared.Rent(_items.Length * 2);
            _items.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<PhraseMatch>.Shared.Return(_items);
            _items = larger;
        }
        _items[_count++] = match;
    }

    private void RemoveCovered()
    {
        var items = _items.AsSpan(0, _count);
        var window = 0;
        for (var i = 0; i < items.Length; i++)
        {
            while (items[window].First + MaxSpan < items[i].First)
                window++;
            items[i] = items[i] with { Hidden = IsCovered(items, i, window) };
        }
        var kept = 0;
        foreach (ref readonly var item in items)
        {
            if (!item.Hidden)
                _items[kept++] = item;
        }
        _count = kept;
    }

    // Matches stand in the order of their first token, so only the near ones can cover this one.
    private static bool IsCovered(ReadOnlySpan<PhraseMatch> items, int index, int window)
    {
        ref readonly var item = ref items[index];
        var group = EvidenceGroups.Of(item.Entry.Class);
        if (group == 0)
            return false;
        for (var i = window; i < items.Length && items[i].First <= item.First; i++)
        {
            ref readonly var other = ref items[i];
            if (other.Words > item.Words && EvidenceGroups.Of(other.Entry.Class) == group && other.Covers(item))
                return true;
        }
        return false;
    }
}
