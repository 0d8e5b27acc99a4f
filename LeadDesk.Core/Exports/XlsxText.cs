using System.Buffers;
using System.Globalization;
using System.Text;

namespace LeadDesk.Exports;

/// <summary>A cell's text as SpreadsheetML writes it: what XML has no place for stands as <c>_x0007_</c>.</summary>
internal static class XlsxText
{
    /// <summary>What a cell of Excel holds, in UTF-16 characters.</summary>
    public const int Longest = 32_767;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Where U+FFFE and U+FFFF begin in UTF-8; few of the letters that begin so are these.</summary>
    private const byte NoLetter = 0xEF;

    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. "&<>_\r"u8, NoLetter, .. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n' or '\r')).Select(code => (byte)code)]);

    /// <param name="text">Valid UTF-8.</param>
    public static void Write(ExportBuffer buffer, ReadOnlySpan<byte> text)
    {
        // No text has more characters than bytes.
        if (text.Length > Longest && Encoding.UTF8.GetCharCount(text) > Longest)
            text = Shortened(text);
        for (int at; (at = text.IndexOfAny(Special)) >= 0;)
        {
            buffer.Add(text[..at]);
            var length = WriteSpecial(buffer, text[at..]);
            text = text[(at + length)..];
        }

        buffer.Add(text);
    }

    /// <summary>Whether a reader that tidies white space would change it.</summary>
    public static bool NeedsSpace(ReadOnlySpan<byte> text) => text.Length > 0 && (text[0] <= ' ' || text[^1] <= ' ' || text.ContainsAny((byte)'\n', (byte)'\t') || text.IndexOf("  "u8) >= 0);

    private static byte[] Shortened(ReadOnlySpan<byte> text)
    {
        var (letters, end) = (Encoding.UTF8.GetString(text), Longest - 1);
        return Encoding.UTF8.GetBytes(string.Concat(letters.AsSpan(0, char.IsHighSurrogate(letters[end - 1]) ? end - 1 : end), "…"));
    }

    /// <returns>How many bytes it was.</returns>
    private static int WriteSpecial(ExportBuffer buffer, ReadOnlySpan<byte> text)
    {
        switch (text[0])
        {
            case (byte)'&':
                buffer.Add("&amp;"u8);
                return 1;
            case (byte)'<':
                buffer.Add("&lt;"u8);
                return 1;
            case (byte)'>':
                buffer.Add("&gt;"u8);
                return 1;
            case (byte)'_':
                // A text that looks like an escape is escaped itself.
                buffer.Add(LooksEscaped(text) ? "_x005F_"u8 : "_"u8);
                return 1;
            case NoLetter:
                buffer.Add(text.StartsWith("\uFFFE"u8) || text.StartsWith("\uFFFF"u8) ? "\uFFFD"u8 : text[..3]);
                return 3;
            case var control:
                buffer.Add(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"_x{(int)control:X4}_")));
                return 1;
        }
    }

    private static bool LooksEscaped(ReadOnlySpan<byte> text) => text.Length > 6 && text[1] is (byte)'x' && text[6] is (byte)'_' && !text[2..6].ContainsAnyExcept(HexDigits);
}
