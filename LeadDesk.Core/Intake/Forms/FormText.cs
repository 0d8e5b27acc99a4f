using System.Globalization;
using System.Text;

namespace LeadDesk.Intake.Forms;

/// <summary>Characters and times as senders write them.</summary>
internal static class FormText
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What browsers take for unlabelled text; every byte has a character in it.
    private static readonly Encoding Western = Named("windows-1252")!;

    /// <summary>
    /// Text in the named character set; where none is named, or one nobody knows, UTF-8, and where it is none, Western European.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        else if (bytes.StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode.GetString(bytes[2..]);
        else if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (Named(charset) is { } named && named.CodePage != StrictUtf8.CodePage)
            return named.GetString(bytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    /// <summary><c>a+b%20c</c>, with stray percent signs left as they are.</summary>
    public static string UrlDecode(ReadOnlySpan<byte> written, string? charset)
    {
        var bytes = new byte[written.Length];
        var length = 0;
        for (var at = 0; at < written.Length; at++)
        {
            var c = written[at];
            if (c == '%' && at + 2 < written.Length && char.IsAsciiHexDigit((char)written[at + 1]) && char.IsAsciiHexDigit((char)written[at + 2]))
            {
                c = byte.Parse(written.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                at += 2;
            }
            else if (c == '+')
            {
                c = (byte)' ';
            }

            bytes[length++] = c;
        }

        return Decode(bytes.AsSpan(0, length), charset);
    }

    /// <summary>UTC: ISO 8601 in all its forms (without a zone it is UTC), seconds or milliseconds since 1970.</summary>
    public static DateTime? Time(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
            return null;
        if (long.TryParse(written, NumberStyles.Integer, CultureInfo.InvariantCulture, out var unix))
        {
            const long MillisecondsFrom = 100_000_000_000; // As seconds that would be the year 5138.
            var milliseconds = unix < MillisecondsFrom ? unix * 1000 : unix;
            return unix is > 0 and < 10_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime : null;
        }

        return DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1970 ? time.UtcDateTime : null;
    }

    private static Encoding? Named(string? charset)
    {
        var name = charset?.Trim().Trim('"', '\'');
        if (string.IsNullOrEmpty(name))
            return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null; // A name nobody knows, or UTF-7, which nobody should.
        }
    }
}
