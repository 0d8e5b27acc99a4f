namespace LeadDesk.Common;

/// <summary>
/// A phone number of the world's numbering plans. <see cref="TryParse"/> reads what people, forms and exports write:
/// <code>
/// +92 300 1234567      0092-300-1234567      011 92 300 1234567      0300 1234567 (with region PK)
/// p:+923001234567      tel:+92-300-1234567;ext=5      +44 (0)7400 123456      ＋92 ۳۰۰ ۱۲۳۴۵۶۷
/// 923001234567 (WhatsApp)      923001234567.0 (Excel)      '+923001234567      +1 201 555 0123 ext. 5
/// </code>
/// </summary>
/// <param name="E164">"+", calling code and national number: 7 to 15 digits.</param>
/// <param name="Region">ISO 3166 alpha-2 code of the number's territory; null where the calling code cannot tell.</param>
/// <param name="Extension">Digits of the extension written behind the number, or null.</param>
public readonly record struct PhoneNumber(string E164, string? Region, string? Extension)
{
    /// <summary>The longest text that is read, in characters, without the white space around it.</summary>
    public const int MaxWrittenLength = 64;

    /// <summary>Region codes of all territories with a numbering plan, in alphabetical order.</summary>
    public static IReadOnlyList<string> Regions => PhoneTerritories.Regions;

    /// <summary>The number as WhatsApp ids write it: digits without "+".</summary>
    public string WhatsAppDigits => E164[1..];

    /// <summary>Whether the code is one of <see cref="Regions"/>, in either letter case.</summary>
    public static bool IsRegion(string? code) => PhoneTerritories.OfRegion(code) is not null;

    /// <summary>Reads a number as written; false when it is none. Never throws.</summary>
    /// <param name="written">The text; more than <see cref="MaxWrittenLength"/> characters are refused.</param>
    /// <param name="defaultRegion">Where numbers without a calling code belong; null or unknown reads international numbers only.</param>
    public static bool TryParse(string? written, string? defaultRegion, out PhoneNumber number)
    {
        number = default;
        Span<char> digits = stackalloc char[MaxWrittenLength * 2];
        var text = written.AsSpan().Trim();
        if (text.Length is 0 or > MaxWrittenLength || !WrittenPhone.TryRead(text, digits, out var phone)) return false;

        Span<char> scratch = stackalloc char[PhoneReader.ScratchLength];
        var reader = new PhoneReader(PhoneTerritories.OfRegion(defaultRegion), scratch);
        if (!reader.TryRead(phone)) return false;

        var e164 = reader.CopyE164(digits);
        // Most systems write E.164 already: keep their string.
        number = new(e164.SequenceEqual(written) ? written! : e164.ToString(), reader.Region, phone.Extension);
        return true;
    }

    /// <summary>The number for people: "+92 300 1234567", with " ext. 5" behind it when there is an extension.</summary>
    public string ToDisplay() => Extension is null ? Format(E164) : $"{Format(E164)} ext. {Extension}";

    /// <summary>An E.164 number grouped as its country does: "+92 300 1234567". Other texts come back as they are.</summary>
    public static string Format(string e164)
    {
        ArgumentNullException.ThrowIfNull(e164);
        if (e164 is not ['+', .. var digits] || digits.Length > MaxWrittenLength || digits.AsSpan().ContainsAnyExceptInRange('0', '9')) return e164;
        var sharing = PhoneTerritories.OfCallingCode(digits);
        if (sharing.IsEmpty) return e164;
        var code = sharing[0].CallingCode;
        return $"+{code} {sharing[0].Group(digits[code.Length..])}";
    }
}
