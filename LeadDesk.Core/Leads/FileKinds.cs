namespace LeadDesk.Leads;

/// <summary>
/// What a file is by its first bytes, for showing it: what a sender claims is not believed. Only plain pictures are ever
/// shown by the browser; everything else is saved.
/// </summary>
public static class FileKinds
{
    public const string Unknown = "application/octet-stream";

    private static readonly (byte[] Start, string Type)[] Known =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("GIF87a"u8.ToArray(), "image/gif"),
        ("GIF89a"u8.ToArray(), "image/gif"),
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([(byte)'P', (byte)'K', 3, 4], "application/zip"),
    ];

    /// <returns><see cref="Unknown"/> for everything that is not on the short list.</returns>
    public static string TypeOf(ReadOnlySpan<byte> content)
    {
        foreach (var (start, type) in Known)
        {
            if (content.StartsWith(start))
                return type;
        }

        return content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? "image/webp" : Unknown;
    }

    /// <summary>A picture made of points, which carries no script.</summary>
    public static bool IsPicture(string type) => type is "image/png" or "image/jpeg" or "image/gif" or "image/webp";
}
