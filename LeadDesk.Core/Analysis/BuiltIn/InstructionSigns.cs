namespace LeadDesk.Analysis.BuiltIn;

/// <summary>The phrases of the lexicon that speak to software, by their place in the message.</summary>
internal sealed class InstructionSigns : IDisposable
{
    private readonly PhraseMatches _matches;

    public InstructionSigns(TokenList tokens, Lexicon lexicon)
    {
        _matches = new PhraseMatches(tokens, lexicon, ushort.MaxValue, EvidenceGroups.Of(EvidenceClass.Inject));
    }

    public bool Any => !_matches.Items.IsEmpty;

    /// <summary>
    /// The tokens from <paramref name="first"/> to before <paramref name="end"/> give an order: by a plain phrase, by a verb with one of our field
    /// names, or, after another order, by either alone ("ignore previous instructions. Urgency is high.").
    /// </summary>
    public bool IsOrder(int first, int end, bool afterOrder)
    {
        var verbs = 0;
        var nouns = 0;
        foreach (ref readonly var match in _matches.Items)
        {
            if (match.First < first || match.First >= end || match.Entry.Weight == 0)
                continue;
            if (match.Entry.Class == EvidenceClass.Inject)
                return true;
            if (match.Entry.Class == EvidenceClass.InjectVerb)
                verbs++;
            else
                nouns++;
        }
        return (verbs > 0 && nouns > 0) || (afterOrder && verbs + nouns > 0);
    }

    public void Dispose() => _matches.Dispose();
}
