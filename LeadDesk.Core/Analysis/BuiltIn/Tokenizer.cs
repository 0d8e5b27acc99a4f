using System.Globalization;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>
/// Cuts a message into words, numbers, symbols, emoji, contacts and breaks, in one pass.
/// Raw samples: "i wnat to by 50pcs!!", "US$5k", "İstanbul'da", "J'ai besoin d'un devis", "٥٠ قطعة", "heyyyy 🔥".
/// </summary>
internal static class Tokenizer
{
    // A word that continues these after an apostrophe is one word (don't, it's, we're).
    private static readonly string[] JoinedEndings = ["t", "s", "re", "ve", "ll", "d", "m"];

    public static TokenList Read(string text)
    {
        var tokens = new TokenList(text);
        var at = 0;
        while (at < text.Length)
            at = ReadOne(tokens, text, at);
        return tokens;
    }

    private static int ReadOne(TokenList tokens, string text, int at)
    {
        var raw = text[at];
        var folded = LetterFolding.Fold(raw);
        if (raw is '\n' or '\r')
            return Break(tokens, TokenKind.Stop, at, '\n');
        if (folded == LetterFolding.Dropped || char.IsWhiteSpace(raw))
            return at + 1;
        if (char.IsAsciiDigit(folded) || raw == '+')
        {
            var end = NumberTokens.Read(tokens, text, at);
            if (end > at)
                return end;
        }
        if (char.IsLetter(folded))
            return ContactTokens.TryRead(tokens, text, at) is var end && end > at ? end : Word(tokens, text, at);
        if (char.IsSurrogate(raw) || IsPictograph(raw))
            return Emoji(tokens, text, at);
        return Sign(tokens, at, raw, folded);
    }

    private static int Sign(TokenList tokens, int at, char raw, char folded)
    {
        switch (folded)
        {
            case '?' or '؟':
                return Break(tokens, TokenKind.Stop, at, '?');
            case '!' or '¡':
                return Break(tokens, TokenKind.Stop, at, '!');
            case '.' or ';' or '。' or '…' or '۔' or '؛' or '|':
                return Break(tokens, TokenKind.Stop, at, '.');
            case ',' or '،' or ':' or '(' or ')' or '{' or '}' or '[' or ']' or '–' or '—' or '、':
                return Break(tokens, TokenKind.Pause, at, folded);
            default:
                if (folded == '%' || char.GetUnicodeCategory(folded) == UnicodeCategory.CurrencySymbol)
                {
                    var start = tokens.LettersUsed;
                    tokens.Letter(folded);
                    tokens.Add(TokenKind.Symbol, at, at + 1, start, raw);
                }
                return at + 1;
        }
    }

    private static int Break(TokenList tokens, TokenKind kind, int at, char sign)
    {
        tokens.Add(kind, at, at + 1, tokens.LettersUsed, sign);
        return at + 1;
    }

    private static int Word(TokenList tokens, string text, int at)
    {
        var start = at;
        var foldStart = tokens.LettersUsed;
        while (at < text.Length)
        {
            var folded = LetterFolding.Fold(text[at]);
            if (folded == '\'' && at + 1 < text.Length && char.IsLetter(text[at + 1]))
            {
                if (!JoinsAt(text, at + 1))
                    break;
            }
            else if (folded == '$' && at - start <= 2)
            {
                tokens.Letter('$');
                at++;
                break;
            }
            else if (folded != LetterFolding.Dropped && !char.IsLetterOrDigit(folded))
            {
                break;
            }
            else
            {
                Append(tokens, foldStart, folded);
            }
            at++;
        }
        tokens.Add(TokenKind.Word, start, at, foldStart);
        return at < text.Length && LetterFolding.Fold(text[at]) == '\'' ? at + 1 : at;
    }

    private static void Append(TokenList tokens, int foldStart, char folded)
    {
        switch (folded)
        {
            case LetterFolding.Dropped:
                return;
            case 'ß':
                tokens.Letter('s');
                tokens.Letter('s');
                return;
            case 'œ' or 'æ':
                tokens.Letter(folded == 'œ' ? 'o' : 'a');
                tokens.Letter('e');
                return;
            default:
                // "heyyyy" keeps two; the lexicon tries one as well.
                if (tokens.LetterBack(foldStart, 1) != folded || tokens.LetterBack(foldStart, 2) != folded || char.IsAsciiDigit(folded))
                    tokens.Letter(folded);
                return;
        }
    }

    private static bool JoinsAt(string text, int at)
    {
        foreach (var ending in JoinedEndings)
        {
            if (text.AsSpan(at).StartsWith(ending, StringComparison.OrdinalIgnoreCase)
                && (at + ending.Length == text.Length || !char.IsLetterOrDigit(text[at + ending.Length])))
                return true;
        }
        return false;
    }

    private static int Emoji(TokenList tokens, string text, int at)
    {
        var start = tokens.LettersUsed;
        var end = at + (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1);
        for (var i = at; i < end; i++)
            tokens.Letter(text[i]);
        tokens.Add(TokenKind.Emoji, at, end, start);
        return end;
    }

    private static bool IsPictograph(char letter) => letter is '\u203C' or (>= '\u2300' and <= '\u23FF') or (>= '\u2600' and <= '\u27BF') or (>= '\u2190' and <= '\u21FF') or (>= '\u2B00' and <= '\u2BFF');
}
