using System.Globalization;
using System.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>Names of files as they may be shown and stored.</summary>
internal static class FileNames
{
    private const int Longest = 150;

    public static string Of(MimeEntity part)
    {
        if (Safe(part.FileName) is { } name)
            return name;
        if (part.MediaType is "message/rfc822")
            return (Safe(MimeHeaders.Read(part.Content().Span, out _).Text("Subject")) ?? "mail") + ".eml";
        return "attachment" + Extension(part.MediaType);
    }

    /// <summary>Without folders and characters that mislead or break file systems; null when nothing is left.</summary>
    public static string? Safe(string? written)
    {
        var last = (written ?? "").Split('/', '\\')[^1];
        var name = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is not (UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                && rune.Value is not ('<' or '>' or ':' or '"' or '|' or '?' or '*'))
            {
                name.Append(rune);
            }
        }

        var safe = name.ToString().Trim(' ', '.');
        if (safe.Length > Longest)
        {
            var extension = Path.GetExtension(safe);
            extension = extension.Length > 12 ? "" : extension;
            int cut = Longest - extension.Length;
            safe = safe[..(char.IsHighSurrogate(safe[cut - 1]) ? cut - 1 : cut)] + extension;
        }

        return safe.Length > 0 ? safe : null;
    }

    private static string Extension(string mediaType) => mediaType switch
    {
        "text/plain" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "text/csv" => ".csv",
        "application/pdf" => ".pdf",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        _ => "",
    };
}

/// <summary>Media types as they may be stored and sent on.</summary>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";
    private const int Longest = 100;

    /// <summary>Without parameters; what is no media type becomes the one of unknown bytes.</summary>
    public static string Safe(string written)
    {
        var type = written.Split(';')[0].Trim().ToLowerInvariant();
        var halves = type.Split('/');
        return type.Length <= Longest && halves.Length is 2 && halves.All(half => half.Length > 0 && half.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '_')) ? type : Unknown;
    }
}
