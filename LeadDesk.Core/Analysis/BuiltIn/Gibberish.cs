namespace LeadDesk.Analysis.BuiltIn;

/// <summary>Tells keyboard noise ("asdkjh qwlkej", "hjkl;hjkl") from words the lexicon happens not to know.</summary>
internal static class Gibberish
{
    private static readonly string[] KeyboardRuns = ["asdf", "sdfg", "dfgh", "fghj", "ghjk", "hjkl", "qwer", "wert", "zxcv", "xcvb", "lkjh"];

    public static bool Looks(TokenList tokens, int knownWords)
    {
        if (knownWords > 0 || tokens.WordCount == 0)
            return false;
        var noise = 0;
        foreach (ref readonly var token in tokens.Items)
        {
            if (token.Kind == TokenKind.Word && IsNoise(tokens.Folded(token)))
                noise++;
        }
        return noise * 2 >= tokens.WordCount;
    }

    private static bool IsNoise(ReadOnlySpan<char> letters)
    {
        foreach (var run in KeyboardRuns)
        {
            if (letters.IndexOf(run, StringComparison.Ordinal) >= 0)
                return true;
        }
        var consonants = 0;
        foreach (var letter in letters)
        {
            if (letter is not (>= 'a' and <= 'z'))
                return false;
            consonants = letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' ? 0 : consonants + 1;
            if (consonants >= 5)
                return true;
        }
        return false;
    }
}
