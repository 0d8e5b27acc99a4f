using System.Buffers;
using System.Globalization;
using System.Text;

namespace LeadDesk.Exports;

/// <summary>A cell's text as SpreadsheetML writes it: what XML has no place for stands as <c>_x0007_</c>.</summary>
internal static class XlsxText
{
    /// <summary>What a cell of Excel holds, in UTF-16 characters.</summary>
    public const int Longest = 32_767;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "&<>_\r", .. Enumerable.Range(0, 0x20).Where(code => code is not ('\t' or '\n' or '\r')).Select(code => (char)code), '\uFFFE', '\uFFFF', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    public static void Write(IBufferWriter<byte> buffer, string text)
    {
        var rest = Shortened(text);
        for (var at = 0; (at = rest.IndexOfAny(Special)) >= 0;)
        {
            Encoding.UTF8.GetBytes(rest[..at], buffer);
            var length = WriteSpecial(buffer, rest[at..]);
            rest = rest[(at + length)..];
        }

        Encoding.UTF8.GetBytes(rest, buffer);
    }

    private static ReadOnlySpan<char> Shortened(string text)
    {
        if (text.Length <= Longest)
            return text;
        var end = Longest - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    /// <returns>How many characters it was.</returns>
    private static int WriteSpecial(IBufferWriter<byte> buffer, ReadOnlySpan<char> text)
    {
        switch (text[0])
        {
            case '&':
                buffer.Write("&amp;"u8);
                return 1;
            case '<':
                buffer.Write("&lt;"u8);
                return 1;
            case '>':
                buffer.Write("&gt;"u8);
                return 1;
            case '_':
                // A text that looks like an escape is escaped itself.
                buffer.Write(LooksEscaped(text) ? "_x005F_"u8 : "_"u8);
                return 1;
            case var half when char.IsSurrogate(half):
                var pair = text.Length > 1 && char.IsSurrogatePair(half, text[1]);
                Encoding.UTF8.GetBytes(pair ? text[..2] : "\uFFFD", buffer);
                return pair ? 2 : 1;
            case '\uFFFE' or '\uFFFF':
                Encoding.UTF8.GetBytes("\uFFFD", buffer);
                return 1;
            case var control:
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"_x{(int)control:X4}_"), buffer);
                return 1;
        }
    }

    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length > 6 && text[1] is 'x' && text[6] is '_' && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);
}
