using System.Text;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>What a file is by its first bytes, whatever its name says. What is no table is refused with a sentence that names it.</summary>
internal static class FileKinds
{
    private const int HeadLength = 4096;
    private const int BlockSize = 1 << 16;

    /// <summary>Of the characters of a table hardly any are control characters.</summary>
    private const int FewestPerControl = 50;

    private static readonly (byte[] Start, string Words)[] Foreign =
    [
        ("%PDF"u8.ToArray(), "a PDF document"),
        ([0x89, .. "PNG"u8], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ("GIF8"u8.ToArray(), "a picture"),
        ("BM"u8.ToArray(), "a picture"),
        ("II*\0"u8.ToArray(), "a picture"),
        ("{\\rtf"u8.ToArray(), "an RTF document"),
        ([0x1F, 0x8B], "a compressed file (.gz)"),
        ("7z\xBC\xAF"u8.ToArray(), "an archive (.7z)"),
        ("Rar!"u8.ToArray(), "an archive (.rar)"),
        ("BZh"u8.ToArray(), "a compressed file (.bz2)"),
        ([0xFD, .. "7zXZ"u8], "a compressed file (.xz)"),
        ([0x7F, .. "ELF"u8], "a program"),
        ("MZ"u8.ToArray(), "a program"),
        ("SQLite format 3"u8.ToArray(), "a database"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ("PK\u0005\u0006"u8.ToArray(), "an empty archive"),
    ];

    /// <returns><c>text</c>, <c>xlsx</c> or <c>html</c>.</returns>
    public static string KindOf(Stream file)
    {
        var head = new byte[HeadLength];
        file.Position = 0;
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new UnreadableTableException(OldOffice(file));
        if (start.StartsWith("PK\u0003\u0004"u8))
            return TableFile.Xlsx;
        foreach (var (signature, words) in Foreign)
        {
            // "BM" and "MZ" may also begin a column's name.
            if (start.StartsWith(signature) && (signature.Length > 2 || start.ContainsAnyInRange((byte)0, (byte)8)))
                throw new UnreadableTableException($"This file is {words} and no table. Save the table as CSV or .xlsx, and send that.");
        }

        return Markup(start);
    }

    /// <summary>Refuses what is text and still no table.</summary>
    public static void CheckText(string start)
    {
        var controls = 0;
        foreach (var c in start)
            controls += c is < ' ' and not ('\t' or '\n' or '\r' or '\f') or '\uFFFD' ? 1 : 0;
        if (controls * FewestPerControl > start.Length && controls > 2)
            throw new UnreadableTableException("This file is no table: it holds data of some program, not text. Save the table as CSV or .xlsx, and send that.");
        var text = start.AsSpan().TrimStart();
        if (text.Length > 1 && ((text[0] is '{' && text[1..].TrimStart() is ['"', ..] or ['}', ..]) || (text[0] is '[' && text[1..].TrimStart() is ['{', ..])))
            throw new UnreadableTableException("This file is JSON and no table. Save the table as CSV or .xlsx, or send the leads one by one to POST /api/v1/leads.");
    }

    private static string Markup(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start.Length > 1 && start[1] is 0 ? Narrow(start) : start).TrimStart('\u00EF', '\u00BB', '\u00BF', '\u00FF', '\u00FE', ' ', '\r', '\n', '\t');
        if (!text.StartsWith('<'))
            return TableFile.Text;
        if (text.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.OrdinalIgnoreCase) && text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && !text.Contains("<html", StringComparison.OrdinalIgnoreCase))
            throw new UnreadableTableException("This is an XML spreadsheet of 2003. Open it in Excel or LibreOffice, save it as .xlsx or CSV, and send that.");
        foreach (var tag in (ReadOnlySpan<string>)["<html", "<!doctype html", "<table", "<meta", "<style", "<head", "<body", "<div", "<!--", "<tr", "<p"])
        {
            if (text.StartsWith(tag, StringComparison.OrdinalIgnoreCase) || (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && text.Contains("<html", StringComparison.OrdinalIgnoreCase)))
                return TableFile.Html;
        }

        return text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? throw new UnreadableTableException("This file is XML and no table. Save the table as CSV or .xlsx, and send that.") : TableFile.Text;
    }

    private static byte[] Narrow(ReadOnlySpan<byte> wide)
    {
        var narrow = new byte[wide.Length / 2];
        for (var i = 0; i < narrow.Length; i++)
            narrow[i] = wide[i * 2];
        return narrow;
    }

    /// <summary>Excel keeps a workbook with a password in the container that all old Office files are.</summary>
    private static string OldOffice(Stream file)
    {
        if (Contains(file, Encoding.Unicode.GetBytes("EncryptedPackage")))
            return "This workbook is protected by a password, so it cannot be read. Open it in Excel, take the password off (File, Info, Protect Workbook), save it and send that.";
        return Contains(file, Encoding.Unicode.GetBytes("WordDocument"))
            ? "This is a Word document and no table. Save the table as CSV or .xlsx, and send that."
            : "This is a workbook in the old binary format (.xls). Open it in Excel or LibreOffice, save it as “Excel workbook (.xlsx)” or CSV, and send that.";
    }

    private static bool Contains(Stream file, byte[] wanted)
    {
        file.Position = 0;
        var block = new byte[BlockSize];
        for (var kept = 0; ;)
        {
            var read = file.Read(block, kept, block.Length - kept);
            if (read is 0)
                return false;
            var bytes = block.AsSpan(0, kept + read);
            if (bytes.IndexOf(wanted) >= 0)
                return true;
            kept = Math.Min(wanted.Length, bytes.Length);
            bytes[^kept..].CopyTo(block);
        }
    }
}
