using System.Collections.Frozen;
using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>
/// Bytes of mails as text. Names of character sets are taken as they are found: with spaces and quotes, under old and private
/// names, and wrong ones. No bytes and no name make it throw.
/// </summary>
internal static class Charsets
{
    private const int Windows1252 = 1252;
    private const int Utf8 = 65001;

    // What the framework does not know by these names, and narrow sets that are read as the wider ones senders really mean.
    private static readonly FrozenDictionary<string, int> CodePages = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["utf-8"] = Utf8, ["utf8"] = Utf8, ["utf-8-mac"] = Utf8, ["utf8mb4"] = Utf8, ["unicode-1-1-utf-8"] = Utf8, ["x-unicode-2-0-utf-8"] = Utf8,
        ["utf-16"] = 1200, ["utf-16le"] = 1200, ["utf-16be"] = 1201, ["utf-32"] = 12000, ["utf-32le"] = 12000, ["utf-32be"] = 12001,
        ["iso-8859-1"] = Windows1252, ["iso8859-1"] = Windows1252, ["latin1"] = Windows1252, ["latin-1"] = Windows1252, ["l1"] = Windows1252,
        ["iso_8859-1"] = Windows1252, ["windows-1252"] = Windows1252, ["x-ansi"] = Windows1252, ["ansi"] = Windows1252,
        ["iso-8859-9"] = 1254, ["iso8859-9"] = 1254, ["latin5"] = 1254, ["iso-8859-11"] = 874, ["tis-620"] = 874, ["iso-8859-8-i"] = 1255,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["x-gbk"] = 54936, ["gb_2312-80"] = 54936, ["gb18030"] = 54936, ["cp936"] = 54936, ["ms936"] = 54936,
        ["ks_c_5601-1987"] = 949, ["ks_c_5601-1989"] = 949, ["ksc5601"] = 949, ["euc-kr"] = 949, ["uhc"] = 949, ["cp949"] = 949, ["x-windows-949"] = 949,
        ["shift_jis"] = 932, ["shift-jis"] = 932, ["sjis"] = 932, ["x-sjis"] = 932, ["cp932"] = 932, ["windows-31j"] = 932, ["ms_kanji"] = 932,
        ["big5"] = 950, ["big5-hkscs"] = 950, ["cp950"] = 950, ["koi8-r"] = 20866, ["koi8r"] = 20866, ["koi8-u"] = 21866, ["koi8-ru"] = 21866,
        ["iso-2022-jp"] = 50220, ["iso-2022-jp-2"] = 50220, ["euc-jp"] = 51932, ["x-euc-jp"] = 51932, ["macintosh"] = 10000, ["x-mac-roman"] = 10000,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The text in the named set. Where the name is missing, unknown or plainly wrong: UTF-8 when the bytes are that, else
    /// <paramref name="otherwise"/>, else Windows-1252, in which every byte is something.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? name, string? otherwise = null)
    {
        var named = CodePage(name);
        if (named is { } codePage && codePage != Utf8)
            return Clean(Get(codePage).GetString(bytes));
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Clean(Encoding.UTF8.GetString(bytes));
        if (CodePage(otherwise) is { } second && second != Utf8)
            return Clean(Get(second).GetString(bytes));
        // One broken character in a long UTF-8 text is no reason to read all of it as something else.
        return Clean(named is Utf8 && MostlyUtf8(bytes) ? Encoding.UTF8.GetString(bytes) : Get(Windows1252).GetString(bytes));
    }

    public static bool IsKnown(string? name) => CodePage(name) is not null;

    /// <summary>Without what no database and no page takes: control characters but tab and line end, lone surrogates, a byte order mark. Line ends become \n.</summary>
    public static string Clean(string text)
    {
        if (text.Length is 0 || (text[0] is not '\uFEFF' && !text.Contains('\r', StringComparison.Ordinal) && Common.TextRules.FindForbiddenControl(text) is null))
            return text;

        var clean = new StringBuilder(text.Length);
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\r' || (rune.Value is '\n' && previous.Value is '\r'))
                clean.Append(rune.Value is '\r' ? "\n" : "");
            else if (!IsDropped(rune))
                clean.Append(rune);
            previous = rune;
        }

        return clean.ToString();
    }

    private static bool IsDropped(Rune rune) => rune.Value is 0xFEFF or 0x7F or (>= 0x80 and <= 0x9F) or (< 0x20 and not ('\t' or '\n'));

    private static bool MostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        int good = 0, bad = 0;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
            if (status is not System.Buffers.OperationStatus.Done)
                bad++;
            else if (used > 1)
                good++;
            bytes = bytes[used..];
        }

        return good > bad;
    }

    private static int? CodePage(string? name)
    {
        var key = name?.Trim(' ', '\t', '"', '\'', ';', '<', '>').ToLowerInvariant();
        if (string.IsNullOrEmpty(key) || key.Length > 40)
            return null;
        if (CodePages.TryGetValue(key, out var known))
            return known;
        // "cp1254", "win-1254" and "windows1254" are all seen.
        var digits = key.TrimStart("abcdefghijklmnopqrstuvwxyz-_".ToCharArray());
        if ((key.StartsWith("cp", StringComparison.Ordinal) || key.StartsWith("win", StringComparison.Ordinal))
            && int.TryParse(digits, System.Globalization.NumberStyles.None, null, out var number)
            && number is > 0 and <= ushort.MaxValue
            && CodePagesEncodingProvider.Instance.GetEncoding(number) is not null)
        {
            return number;
        }

        return CodePagesEncodingProvider.Instance.GetEncoding(key)?.CodePage;
    }

    private static Encoding Get(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
}
