using System.Collections.Frozen;

namespace LeadDesk.Analysis.Models;

/// <summary>How a text shows which currency it means: by its ISO 4217 code, or for common currencies by a sign or word.</summary>
internal static class CurrencyWords
{
    private static readonly FrozenSet<string> s_codes = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK "
        + "DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF "
        + "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
        + "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
        + "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly (string Word, string Codes)[] s_words =
    [
        ("$", "USD CAD AUD NZD SGD HKD MXN ARS CLP COP UYU DOP TWD"),
        ("dollar", "USD CAD AUD NZD SGD HKD TWD"), ("dólar", "USD"), ("dolar", "USD"), ("دولار", "USD"), ("ڈالر", "USD"),
        ("buck", "USD CAD AUD"), ("peso", "MXN ARS CLP COP UYU DOP CUP PHP"),
        ("€", "EUR"), ("euro", "EUR"), ("avro", "EUR"), ("يورو", "EUR"), ("یورو", "EUR"),
        ("£", "GBP EGP LBP SYP"), ("pound", "GBP EGP"), ("quid", "GBP"), ("libra", "GBP"), ("sterlin", "GBP"), ("جنيه", "EGP GBP SDG"),
        ("₺", "TRY"), ("lira", "TRY LBP SYP"), ("tl", "TRY"), ("ليرة", "TRY LBP SYP"),
        ("rs", "PKR INR LKR NPR MUR"), ("rupee", "PKR INR LKR NPR"), ("rupay", "PKR INR"), ("₹", "INR"), ("₨", "PKR INR LKR NPR"), ("روپ", "PKR INR"), ("روبية", "PKR INR"),
        ("r$", "BRL"), ("real", "BRL"), ("reais", "BRL"),
        ("dirham", "AED MAD"), ("درهم", "AED MAD"), ("dhs", "AED MAD"), ("riyal", "SAR QAR OMR YER"), ("ريال", "SAR QAR OMR YER"), ("ریال", "SAR QAR OMR IRR"),
        ("dinar", "KWD BHD JOD IQD TND DZD LYD RSD"), ("دينار", "KWD BHD JOD IQD TND DZD LYD"),
        ("¥", "JPY CNY"), ("yen", "JPY"), ("yuan", "CNY"), ("rmb", "CNY"), ("franc", "CHF XAF XOF"), ("franken", "CHF"),
        ("sol", "PEN"), ("zł", "PLN"), ("zloty", "PLN"), ("₽", "RUB"), ("₴", "UAH"), ("₩", "KRW"), ("₦", "NGN"), ("naira", "NGN"), ("৳", "BDT"), ("taka", "BDT"),
    ];

    /// <param name="source">The customer's text.</param>
    /// <param name="code">An upper-case code; an unknown one is never in a text.</param>
    public static bool AreIn(string source, string code) =>
        s_codes.Contains(code)
        && (HasCode(source, code)
            || s_words.Any(entry => entry.Codes.Contains(code, StringComparison.Ordinal) && HasWord(source, entry.Word)));

    /// <summary>Capital letters, or any letters beside a number: "TRY" and "500 try" name the lira, "let us try" does not.</summary>
    private static bool HasCode(string source, string code) =>
        Places(source, code).Any(at =>
            !IsLetter(source, at - 1) && !IsLetter(source, at + code.Length)
            && (source.AsSpan(at, code.Length).SequenceEqual(code) || IsBesideDigit(source, at, code.Length)));

    /// <summary>A sign anywhere; a word from its start ("dollar" in "dollars"), and a short one whole ("rs" is not in "chairs").</summary>
    private static bool HasWord(string source, string word) =>
        Places(source, word).Any(at =>
            !char.IsLetter(word[0])
            || (!IsLetter(source, at - 1) && (word.Length > 3 || !IsLetter(source, at + word.Length))));

    private static IEnumerable<int> Places(string source, string word)
    {
        for (var at = source.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = source.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            yield return at;
    }

    private static bool IsBesideDigit(string source, int at, int length) =>
        IsDigit(source, at - 1) || IsDigit(source, at + length)
        || (At(source, at - 1) == ' ' && IsDigit(source, at - 2)) || (At(source, at + length) == ' ' && IsDigit(source, at + length + 1));

    private static bool IsLetter(string source, int at) => char.IsLetter(At(source, at));

    private static bool IsDigit(string source, int at) => char.IsAsciiDigit(At(source, at));

    private static char At(string source, int at) => at >= 0 && at < source.Length ? source[at] : ' ';
}
