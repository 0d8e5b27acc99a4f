namespace LeadDesk.Analysis.BuiltIn;

/// <summary>What each token is, for the search for facts: which classes of the lexicon cover it.</summary>
internal sealed class WordMeanings
{
    private readonly ulong[] _classes;
    private readonly LexiconEntry[] _values;

    public WordMeanings(TokenList tokens, PhraseMatches matches)
    {
        _classes = new ulong[tokens.Count];
        _values = new LexiconEntry[tokens.Count];
        foreach (ref readonly var match in matches.Items)
        {
            if (match.Entry.Weight == 0)
                continue;
            for (var i = match.First; i <= match.Last; i++)
            {
                if ((match.Covered >> (i - match.First) & 1) == 0)
                    continue;
                if (match.Misspelt && match.Entry.Class is EvidenceClass.Number or EvidenceClass.Scale or EvidenceClass.City or EvidenceClass.Month)
                    continue;
                _classes[i] |= 1ul << (int)match.Entry.Class;
                if (match.Entry.Class is EvidenceClass.Number or EvidenceClass.Scale or EvidenceClass.Currency)
                    _values[i] = match.Entry;
            }
        }
    }

    public bool Is(int index, EvidenceClass evidence) => index >= 0 && index < _classes.Length && (_classes[index] >> (int)evidence & 1) != 0;

    /// <summary>The token speaks for an intent, an urgency or a date, so it is no part of a product's name.</summary>
    public bool IsCue(int index)
    {
        const ulong Intents = (1ul << ((int)EvidenceClass.Calm + 1)) - 1 - (1ul << (int)EvidenceClass.Item);
        return (_classes[index] & Intents) != 0 || IsTime(index);
    }

    public bool IsTime(int index) => Is(index, EvidenceClass.Date) || Is(index, EvidenceClass.DateMod);

    /// <summary>The number, scale or currency this token stands for.</summary>
    public LexiconEntry Value(int index) => _values[index];
}
