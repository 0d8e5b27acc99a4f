namespace LeadDesk.Analysis.BuiltIn;

/// <summary>A message cut into tokens whose lexicon words and clauses are known.</summary>
internal static class Reading
{
    public static TokenList Of(string text, Lexicon lexicon)
    {
        var tokens = Tokenizer.Read(text);
        foreach (ref var token in tokens.Items)
        {
            if (token.Kind is TokenKind.Word or TokenKind.Number or TokenKind.Symbol or TokenKind.Emoji)
                lexicon.Resolve(ref token, tokens.Folded(token));
        }
        return tokens;
    }

    /// <summary>Numbers the clauses; words such as "but" and "pero" begin a new one.</summary>
    public static void NumberClauses(TokenList tokens, PhraseMatches matches)
    {
        var clause = 0;
        var next = 0;
        var items = matches.Items;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsBreak)
                clause++;
            for (; next < items.Length && items[next].First <= i; next++)
            {
                if (items[next].First == i && items[next].Entry.Class == EvidenceClass.But)
                    clause++;
            }
            tokens[i].Clause = clause;
        }
    }
}
