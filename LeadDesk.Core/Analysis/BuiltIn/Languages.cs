namespace LeadDesk.Analysis.BuiltIn;

/// <summary>The languages of the lexicon, and the guess which of them a message is written in.</summary>
internal static class Languages
{
    public const byte Common = 0;
    private const byte Portuguese = 3;
    private const byte Spanish = 2;
    private const byte Turkish = 4;
    private const byte Arabic = 5;
    private const byte Urdu = 6;
    private const byte French = 8;
    private const byte German = 9;

    /// <summary>Lexicon files by language index; the first holds what all share.</summary>
    public static readonly string[] Files = ["common", "en", "es", "pt", "tr", "ar", "ur", "ur-latn", "fr", "de"];

    private static readonly string?[] Codes = [null, "en", "es", "pt", "tr", "ar", "ur", "ur", "fr", "de"];

    /// <summary>Languages in which "not" may stand after the word it denies.</summary>
    public static bool DeniesAfter(byte language) => language is Turkish or Urdu or Urdu + 1 or German or French;

    /// <returns>The ISO 639-1 code, or null, and the bit set of lexicon languages the message may be written in.</returns>
    public static (string? Code, ushort Plausible) Guess(TokenList tokens, Lexicon lexicon)
    {
        Span<int> points = stackalloc int[Files.Length];
        string? otherScript = null;
        foreach (ref readonly var token in tokens.Items)
        {
            if (token.Kind != TokenKind.Word)
                continue;
            var word = token.Exact >= 0 ? token.Exact : token.Prefix;
            if (word >= 0)
                CountWord(points, lexicon.LanguagesOf(word), token.Misspelt);
            otherScript = CountLetters(points, tokens, token) ?? otherScript;
        }
        var best = 0;
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i] > points[best] || best == 0)
                best = i;
        }
        if (points[best] <= 0)
            return (otherScript, ushort.MaxValue);
        var plausible = 0;
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i] * 5 >= points[best] * 3)
                plausible |= 1 << i;
        }
        return (otherScript is not null && points[best] < 6 ? otherScript : Codes[best], (ushort)(plausible | 1));
    }

    private static void CountWord(Span<int> points, ushort languages, bool misspelt)
    {
        var shared = System.Numerics.BitOperations.PopCount((uint)languages & ~1u);
        var each = misspelt ? 1 : shared switch { 1 => 4, 2 => 2, _ => 1 };
        for (var i = 1; i < points.Length; i++)
        {
            if ((languages >> i & 1) != 0)
                points[i] += each;
        }
    }

    private static string? CountLetters(Span<int> points, TokenList tokens, in Token token)
    {
        string? script = null;
        foreach (var letter in tokens.Text.AsSpan(token.Start, token.Length))
        {
            switch (letter)
            {
                case < '\u0080':
                    break;
                case 'ñ':
                    points[Spanish] += 4;
                    break;
                case 'ã' or 'õ':
                    points[Portuguese] += 5;
                    break;
                case 'ğ' or 'ş' or 'ı' or 'İ' or 'Ş':
                    points[Turkish] += 4;
                    break;
                case 'ß' or 'ä':
                    points[German] += 4;
                    break;
                case 'è' or 'ù' or 'œ' or 'î' or 'ê':
                    points[French] += 2;
                    break;
                case 'ٹ' or 'ڈ' or 'ڑ' or 'ں' or 'ے' or 'ہ' or 'ھ' or 'گ' or 'پ' or 'چ' or 'ک' or 'ی':
                    points[Urdu] += 3;
                    break;
                case 'ة' or 'ي' or 'ى' or 'ك' or 'أ' or 'إ' or 'ه':
                    points[Arabic] += 2;
                    break;
                case >= '\u0600' and <= '\u06FF':
                    points[Arabic]++;
                    points[Urdu]++;
                    break;
                default:
                    script = OtherScript(letter) ?? script;
                    break;
            }
        }
        return script;
    }

    private static string? OtherScript(char letter) => letter switch
    {
        >= '\u0370' and <= '\u03FF' => "el",
        >= '\u0400' and <= '\u04FF' => "ru",
        >= '\u0590' and <= '\u05FF' => "he",
        >= '\u0900' and <= '\u097F' => "hi",
        >= '\u0980' and <= '\u09FF' => "bn",
        >= '\u0E00' and <= '\u0E7F' => "th",
        >= '\u3040' and <= '\u30FF' => "ja",
        >= '\u4E00' and <= '\u9FFF' => "zh",
        >= '\uAC00' and <= '\uD7AF' => "ko",
        _ => null,
    };
}
