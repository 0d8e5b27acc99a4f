namespace LeadDesk.Analysis.BuiltIn;

/// <summary>
/// What is asked for, as written: the words after the quantity ("50 units of iPhone 15 cases"), after the wish ("I want a 3-bedroom apartment"),
/// or before the verb in languages that put it last ("50 adet telefon kılıfı almak istiyorum").
/// </summary>
internal sealed class ProductWords(TokenList tokens, PhraseMatches matches, WordMeanings meanings, DateWords dates)
{
    private const int MaxWords = 7;

    public string? Find(Amount? quantity, Intent intent)
    {
        if (quantity is { } amount && AfterQuantity(amount) is { } counted)
            return counted;
        var last = -1;
        foreach (ref readonly var match in matches.Items)
        {
            if (!PointsAtGoods(match.Entry.Class))
                continue;
            last = match.Last;
            if (Forward(last + 1) is { } after)
                return after;
            if (Backward(match.First - 1) is { } before)
                return before;
        }
        return last < 0 && intent != Intent.Buy ? null : AnyItem();
    }

    private static bool PointsAtGoods(EvidenceClass evidence) =>
        evidence is EvidenceClass.Buy or EvidenceClass.Want or EvidenceClass.Price or EvidenceClass.Avail or EvidenceClass.Past;

    private string? AfterQuantity(in Amount amount)
    {
        var at = amount.Last + 1;
        if (meanings.Is(at, EvidenceClass.Unit))
            at++;
        return Forward(at);
    }

    private string? AnyItem()
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (meanings.Is(i, EvidenceClass.Item))
                return Forward(i);
        }
        return null;
    }

    private string? Forward(int first)
    {
        while (first < tokens.Count && (meanings.Is(first, EvidenceClass.Of) || IsArticle(first)))
            first++;
        var last = first - 1;
        var words = 0;
        for (var i = first; i < tokens.Count && words < MaxWords && BelongsToProduct(i); i++)
        {
            if (tokens[i].Kind == TokenKind.Word || (tokens[i].Kind == TokenKind.Number && words > 0))
                last = i;
            words++;
        }
        return Slice(first, last);
    }

    private string? Backward(int last)
    {
        while (last >= 0 && (meanings.Is(last, EvidenceClass.Of) || meanings.Is(last, EvidenceClass.Stop)) && !tokens[last].IsBreak)
            last--;
        var first = last + 1;
        for (var i = last; i >= 0 && last - i < MaxWords && BelongsToProduct(i); i--)
            first = i;
        while (first <= last && (IsArticle(first) || meanings.Is(first, EvidenceClass.Of) || tokens[first].Kind == TokenKind.Emoji))
            first++;
        return Slice(first, last);
    }

    private bool IsArticle(int index) => meanings.Is(index, EvidenceClass.Number) && meanings.Value(index).Weight == 1;

    private bool BelongsToProduct(int index)
    {
        ref readonly var token = ref tokens[index];
        if (token.Kind is not (TokenKind.Word or TokenKind.Number or TokenKind.Symbol) || dates.IsPart(index))
            return false;
        if (meanings.Is(index, EvidenceClass.Stop) || meanings.Is(index, EvidenceClass.Currency) || meanings.Is(index, EvidenceClass.Budget)
            || meanings.Is(index, EvidenceClass.PlaceWord) || meanings.Is(index, EvidenceClass.City))
            return false;
        return !meanings.IsCue(index);
    }

    private string? Slice(int first, int last)
    {
        if (first < 0)
            return null;
        // "50 units" alone says how many, not what.
        while (first < last && (tokens[first].Kind == TokenKind.Number || meanings.Is(first, EvidenceClass.Number) || meanings.Is(first, EvidenceClass.Scale))
            && (meanings.Is(first + 1, EvidenceClass.Unit) || meanings.Is(first + 1, EvidenceClass.Scale)))
            first++;
        while (first <= last && meanings.Is(first, EvidenceClass.Unit))
            first++;
        while (first <= last && meanings.Is(first, EvidenceClass.Of))
            first++;
        for (var i = first; i <= last; i++)
        {
            if (tokens[i].Kind == TokenKind.Word && !meanings.Is(i, EvidenceClass.Of) && !meanings.Is(i, EvidenceClass.Unit))
                return tokens.Text[tokens[first].Start..tokens[last].End];
        }
        return null;
    }
}
