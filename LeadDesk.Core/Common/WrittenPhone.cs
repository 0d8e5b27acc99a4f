using System.Globalization;
using System.Text;

namespace LeadDesk.Common;

/// <summary>The parts of a written phone number: what stands in the text, before any numbering plan is asked.</summary>
internal ref struct WrittenPhone
{
    /// <summary>The digits in ASCII, without the extension's.</summary>
    public ReadOnlySpan<char> Digits;

    /// <summary>Where in <see cref="Digits"/> the zero of "+44 (0)7400 123456" stands, or -1.</summary>
    public int BracketedZero;

    public bool HasPlus;
    public string? Extension;

    private const int MaxExtensionLength = 9;

    // The longer label first: "ext" is the beginning of "extension". "доб" is Russian, "anexo" and "interno" Spanish, "dahili" Turkish.
    private static readonly string[] ExtensionLabels =
        ["extensión", "extension", "dahili", "anexo", "interno", "extn", "ext", "доб", "int", "x", "#"];

    /// <param name="text">Up to half as many characters as <paramref name="digits"/> holds.</param>
    /// <param name="digits">Where the digits go; the first half takes the number, the second the context of a URI.</param>
    public static bool TryRead(ReadOnlySpan<char> text, Span<char> digits, out WrittenPhone phone)
    {
        phone = new() { BracketedZero = -1 };
        text = WithoutFraction(text);
        var start = StartOf(text);
        if (start < 0) return false;

        int count = 0, bracket = -1, i = start;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (DigitOf(c) is var digit and >= 0)
            {
                digits[count++] = (char)('0' + digit);
                continue;
            }

            if (IsPlus(c))
            {
                if (count > 0) return false;
                phone.HasPlus = true;
                continue;
            }

            if (!IsSeparator(c)) break;
            if (c is '(' or '（') bracket = count;
            if (c is ')' or '）' && bracket >= 0 && count == bracket + 1 && digits[bracket] == '0') phone.BracketedZero = bracket;
        }

        if (i < text.Length && !TryReadTail(text[i..], IsLetterDirectlyAt(text, i), digits, ref count, ref phone)) return false;
        phone.Digits = digits[..count];
        return count > 0;
    }

    // Spreadsheets turn the number into a fraction: 923001234567.0.
    private static ReadOnlySpan<char> WithoutFraction(ReadOnlySpan<char> text)
    {
        const int digitsOfANumber = 7;
        var dot = text.LastIndexOf('.');
        var isFraction = dot >= digitsOfANumber && text[(dot + 1)..] is "0" or "00"
            && !text[(dot - digitsOfANumber)..dot].ContainsAnyExceptInRange('0', '9');
        return isFraction ? text[..dot] : text;
    }

    // Words before the number ("p:", "tel:", "Mobile: ", Excel's apostrophe) end at the first plus or digit.
    private static int StartOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPlus(text[i]) || DigitOf(text[i]) >= 0) return i > 0 && text[i - 1] is '(' or '（' ? i - 1 : i;
        }

        return -1;
    }

    // What stands behind the number is an extension, the parameters of a tel: URI, or words without digits: "(WhatsApp)".
    private static bool TryReadTail(ReadOnlySpan<char> tail, bool isVanity, Span<char> digits, ref int count, ref WrittenPhone phone)
    {
        if (TryReadContext(tail, digits, ref count, ref phone)) return true;
        // "; ext 5", and "201-555-0123,5" as telephones dial it.
        var rest = tail.TrimStart(" ,;");
        var labelled = false;
        foreach (var label in ExtensionLabels)
        {
            if (!rest.StartsWith(label, StringComparison.OrdinalIgnoreCase)) continue;
            rest = rest[label.Length..];
            labelled = true;
            break;
        }

        if (labelled || rest.Length < tail.Length) phone.Extension = ExtensionOf(rest);
        if (phone.Extension is not null) return true;

        // Letters that stand for digits (1-800-FLOWERS) are not words behind a number.
        return !isVanity && !HasDigit(tail);
    }

    // RFC 3966: "tel:300-1234567;phone-context=+92" and "tel:+92-300-1234567;isub=12".
    private static bool TryReadContext(ReadOnlySpan<char> tail, Span<char> digits, ref int count, ref WrittenPhone phone)
    {
        if (tail.StartsWith(";isub=", StringComparison.OrdinalIgnoreCase)) return true;
        const string context = ";phone-context=";
        if (!tail.StartsWith(context, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = tail[context.Length..];
        // A context that is a domain says nothing about the number.
        if (phone.HasPlus || rest is not ['+', ..]) return true;

        var prefix = digits[(digits.Length / 2)..];
        var length = 0;
        foreach (var c in rest[1..])
        {
            if (!char.IsAsciiDigit(c)) break;
            prefix[length++] = c;
        }

        if (count + length > digits.Length / 2) return false;
        digits[..count].CopyTo(digits[length..]);
        prefix[..length].CopyTo(digits);
        count += length;
        if (phone.BracketedZero >= 0) phone.BracketedZero += length;
        phone.HasPlus = true;
        return true;
    }

    private static string? ExtensionOf(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && (IsSeparator(text[i]) || text[i] is ':' or '=' or '#' or ',')) i++;
        var extension = new StringBuilder(MaxExtensionLength);
        for (; i < text.Length && DigitOf(text[i]) is var digit and >= 0; i++)
        {
            if (extension.Length == MaxExtensionLength) return null;
            extension.Append((char)('0' + digit));
        }

        return extension.Length > 0 && !HasDigit(text[i..]) ? extension.ToString() : null;
    }

    private static bool HasDigit(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (DigitOf(c) >= 0) return true;
        }

        return false;
    }

    private static bool IsLetterDirectlyAt(ReadOnlySpan<char> text, int i) =>
        char.IsLetter(text[i]) && i > 0 && !char.IsWhiteSpace(text[i - 1]) && text[i - 1] is not ('(' or '[');

    private static bool IsPlus(char c) => c is '+' or '＋';

    // Arabic-Indic, Persian, Devanagari, full-width and all other decimal digits of the basic plane.
    private static int DigitOf(char c) =>
        char.IsAscii(c) ? (char.IsAsciiDigit(c) ? c - '0' : -1) : CharUnicodeInfo.GetDecimalDigitValue(c);

    private static bool IsSeparator(char c)
    {
        if (char.IsAscii(c)) return c is ' ' or '-' or '.' or '(' or ')' or '/' or '[' or ']' or '~' or '_' or '\t' or '\n' or '\r';
        // Copied numbers carry no-break spaces, bidi marks and typographic dashes; minus, long vowel mark and dots count as dashes.
        return c is '\u2212' or 'ー' or '．' or '／' or '·' or '～'
            || char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format
                or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation;
    }
}
