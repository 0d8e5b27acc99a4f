namespace LeadDesk.Analysis.BuiltIn;

/// <summary>The place a message names: a known city, or a capitalised name after a word such as "in", "en", "nach" or before the Turkish 'da.</summary>
internal sealed class PlaceWords(TokenList tokens, WordMeanings meanings)
{
    private const int MaxWords = 3;

    public string? Find()
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (meanings.Is(i, EvidenceClass.City))
                return Slice(i, WhileCity(i));
        }
        for (var i = 0; i < tokens.Count; i++)
        {
            if (meanings.Is(i, EvidenceClass.PlaceWord) && IsName(i + 1))
                return Slice(i + 1, WhileName(i + 1));
            if (IsName(i) && i + 1 < tokens.Count && tokens[i + 1].Start == tokens[i].End + 1 && IsTurkishCase(tokens[i + 1], tokens.Text[tokens[i].End]))
                return Slice(i, i);
        }
        return null;
    }

    private string Slice(int first, int last) => tokens.Text[tokens[first].Start..tokens[last].End];

    private int WhileCity(int index)
    {
        while (index + 1 < tokens.Count && meanings.Is(index + 1, EvidenceClass.City) && tokens[index + 1].Start <= tokens[index].End + 1)
            index++;
        return index;
    }

    private int WhileName(int first)
    {
        var last = first;
        while (last - first + 1 < MaxWords && IsName(last + 1))
            last++;
        return last;
    }

    private bool IsName(int index) =>
        index < tokens.Count && tokens[index].Kind == TokenKind.Word && tokens[index].Length > 2 && char.IsUpper(tokens.Text[tokens[index].Start])
        && !char.IsUpper(tokens.Text[tokens[index].Start + 1]) && !meanings.IsCue(index) && !meanings.Is(index, EvidenceClass.Month)
        && !meanings.Is(index, EvidenceClass.Item) && !meanings.Is(index, EvidenceClass.Unit) && !meanings.Is(index, EvidenceClass.Currency);

    private bool IsTurkishCase(in Token token, char mark) =>
        LetterFolding.Fold(mark) == '\'' && tokens.Folded(token) is "da" or "de" or "ta" or "te" or "daki" or "deki" or "ya" or "ye" or "a" or "e";
}
