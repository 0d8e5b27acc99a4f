using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace LeadDesk.Common;

/// <summary>
/// E-mail addresses as they are stored and matched: small letters throughout, international domains in punycode, so that
/// one mailbox is one text. The part before the @ may hold letters of any script.
/// </summary>
public static class EmailAddress
{
    public const int MaxLocal = 64;
    public const int MaxAddress = 254;
    private const int MaxWritten = 1000;

    private static readonly SearchValues<char> AsciiLocal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+-/=?^_`{|}~");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    // The services seen most in web forms; a longer list ages faster than it helps.
    private static readonly FrozenSet<string> Disposable = FrozenSet.Create(StringComparer.Ordinal,
        "10minutemail.com", "dispostable.com", "fakeinbox.com", "getnada.com", "grr.la", "guerrillamail.com", "guerrillamail.net",
        "guerrillamail.org", "mail.tm", "maildrop.cc", "mailinator.com", "mailnesia.com", "mintemail.com", "mohmal.com",
        "sharklasers.com", "spam4.me", "temp-mail.org", "tempmail.com", "tempr.email", "throwawaymail.com", "trashmail.com", "yopmail.com");

    /// <summary>
    /// Reads an address as people and programs write it: <c> Ali.Khan@Example.COM. </c>, <c>mailto:a@b.co?subject=x</c>,
    /// <c>"Khan, Ali" &lt;a@b.co&gt;</c>.
    /// </summary>
    /// <param name="address">The normalised address; empty when the answer is false.</param>
    /// <returns>False when it is no address: no or two @, spaces, no top level domain, over 64 or 254 characters, quoted local part.</returns>
    public static bool TryNormalise(string? written, out string address)
    {
        address = "";
        if (written is null || written.Length > MaxWritten)
            return false;

        string text = Bare(written);
        if (!Ascii.IsValid(text))
            text = Compatible(text);
        else
            text = text.ToLowerInvariant();

        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at > MaxLocal || !IsLocal(text.AsSpan(0, at)) || Domain(text[(at + 1)..]) is not { } domain)
            return false;
        if (at + 1 + domain.Length > MaxAddress)
            return false;

        address = $"{text.AsSpan(0, at)}@{domain}";
        return true;
    }

    /// <summary>The mailbox behind a normalised address: without "+tag", and at Gmail without dots. For near matches only, never to write to.</summary>
    public static string MatchKey(string address)
    {
        int at = address.LastIndexOf('@');
        if (at < 0)
            return address;

        string local = address[..at], domain = address[(at + 1)..];
        int plus = local.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0)
            local = local[..plus];
        if (domain is "gmail.com" or "googlemail.com")
        {
            domain = "gmail.com";
            local = local.Replace(".", "", StringComparison.Ordinal);
        }

        return $"{local}@{domain}";
    }

    /// <summary>A normalised address as people read it: <c>ali@xn--mnchen-3ya.de</c> is <c>ali@münchen.de</c>.</summary>
    public static string Display(string address)
    {
        int at = address.LastIndexOf('@');
        if (at < 0 || !address.Contains("xn--", StringComparison.Ordinal))
            return address;

        try
        {
            return $"{address.AsSpan(0, at)}@{Idn.GetUnicode(address[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            return address; // Looks like punycode and is none; the plain form is still the right one.
        }
    }

    /// <summary>Whether a normalised address belongs to a well-known throw-away service.</summary>
    public static bool IsDisposable(string address)
    {
        for (int at = address.LastIndexOf('@'); at >= 0; at = address.IndexOf('.', at + 1))
        {
            if (Disposable.Contains(address[(at + 1)..]))
                return true;
        }

        return false;
    }

    /// <summary>The part that could be an address, without what stands around it.</summary>
    private static string Bare(string written)
    {
        var text = written.AsSpan();
        int open = text.LastIndexOf('<');
        if (open >= 0)
        {
            int close = text[open..].IndexOf('>');
            if (close >= 0 && Trim(text[(open + close + 1)..]).IsEmpty)
                text = text[(open + 1)..(open + close)];
        }

        text = Trim(text);
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            text = text["mailto:".Length..];
            int query = text.IndexOf('?');
            text = Trim(query < 0 ? text : text[..query]);
        }

        return text.ToString();
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsAround(text[start]))
            start++;
        while (end > start && IsAround(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static bool IsAround(char c) =>
        !char.IsAsciiLetterOrDigit(c) && (c is '.' or ',' or ';' or ':' or '"' or '\'' or '(' or ')' or '[' or ']' or '<' or '>' || char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control);

    // Input methods for Chinese and Japanese write full-width letters and a full-width @.
    private static string Compatible(string text) => TextRules.Repair(text)
        .Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKC);

    private static bool IsLocal(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..") >= 0)
            return false;

        if (!local.ContainsAnyExcept(AsciiLocal))
            return true;

        foreach (var rune in local.EnumerateRunes())
        {
            bool allowed = rune.IsAscii
                ? AsciiLocal.Contains((char)rune.Value)
                : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!allowed)
                return false;
        }

        return true;
    }

    private static string? Domain(string written)
    {
        if (written.Length is 0 or > MaxAddress)
            return null;

        string domain = written;
        if (!Ascii.IsValid(written))
        {
            try
            {
                domain = Idn.GetAscii(written).ToLowerInvariant();
            }
            catch (ArgumentException)
            {
                return null; // The framework's way to say "not a domain name".
            }
        }

        int labels = 0;
        ReadOnlySpan<char> last = default;
        foreach (var range in domain.AsSpan().Split('.'))
        {
            last = domain.AsSpan()[range];
            labels++;
            if (!IsLabel(last))
                return null;
        }

        return labels >= 2 && last.Length >= 2 && !char.IsAsciiDigit(last[0]) ? domain : null;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            return false;

        foreach (char c in label)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return false;
        }

        return true;
    }
}
