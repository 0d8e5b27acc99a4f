using System.Text;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>The encodings a person may choose from, and how a file's own is found.</summary>
public static class TextEncodings
{
    private const int BlockSize = 1 << 16;

    /// <summary>Names as people know them, the usual ones first.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1254", "windows-1256", "windows-1250", "windows-1251", "windows-1253", "windows-1255", "windows-1257", "windows-1258",
        "iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-13", "iso-8859-15", "koi8-r", "windows-874",
        "macintosh", "ibm850", "gb18030", "big5", "shift_jis", "euc-kr",
    ];

    /// <summary>Null when there is none of this name here.</summary>
    public static Encoding? Find(string? name) => Names.Contains(name?.Trim().ToLowerInvariant() ?? "") ? Get(name!.Trim().ToLowerInvariant()) : null;

    internal static Encoding Get(string name) => name switch
    {
        "utf-8" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        "utf-16le" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        "utf-16be" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        "utf-32le" => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name),
    };

    /// <summary>The encoding of a whole file: by its mark, else UTF-8 when all of it is that, else UTF-16 by its zeros, else by the letters that would come out.</summary>
    /// <param name="region">The company's, which tells what people there write; null when unknown.</param>
    internal static string Detect(Stream file, string? region)
    {
        var head = new byte[BlockSize];
        file.Position = 0;
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var start = head.AsSpan(0, length);
        if (ByMark(start) is { } marked)
            return marked;
        if (ByZeros(start) is { } wide)
            return wide;
        return IsUtf8(file) ? "utf-8" : SingleByteGuess.Of(SingleByteGuess.Sample(file), region);
    }

    private static string? ByMark(ReadOnlySpan<byte> head) =>
        head.StartsWith("\uFEFF"u8) ? "utf-8"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? "utf-32le"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? "utf-16le"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "utf-16be"
        : null;

    /// <summary>In UTF-16 without a mark spaces, digits, separators and line ends have a zero beside them, on the same side each.</summary>
    private static string? ByZeros(ReadOnlySpan<byte> head)
    {
        var (little, big) = (0, 0);
        for (var at = 0; at + 1 < head.Length; at += 2)
        {
            little += head[at] is not 0 && head[at + 1] is 0 && IsCommon(head[at]) ? 1 : 0;
            big += head[at] is 0 && head[at + 1] is not 0 && IsCommon(head[at + 1]) ? 1 : 0;
        }

        var enough = Math.Max(4, head.Length / 40);
        return little >= enough && little > big * 4 ? "utf-16le" : big >= enough && big > little * 4 ? "utf-16be" : null;
    }

    private static bool IsCommon(byte letter) => letter is (>= 0x20 and < 0x7F) or (byte)'\t' or (byte)'\n' or (byte)'\r';

    /// <summary>Whether the file is UTF-8, but for at most one broken character in a hundred that are not ASCII.</summary>
    private static bool IsUtf8(Stream file)
    {
        file.Position = 0;
        var block = new byte[BlockSize];
        long good = 0, bad = 0;
        for (var kept = 0; ;)
        {
            var read = file.Read(block, kept, block.Length - kept);
            var bytes = block.AsSpan(0, kept + read);
            if (read is 0)
                return bad + (kept > 0 ? 1 : 0) is 0 || bad * 100 <= good;
            kept = Count(bytes, ref good, ref bad);
            bytes[^kept..].CopyTo(block);
        }
    }

    /// <returns>Bytes at the end that begin a character whose rest is still to come.</returns>
    private static int Count(ReadOnlySpan<byte> bytes, ref long good, ref long bad)
    {
        while (true)
        {
            var step = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (step < 0)
                return 0;
            bytes = bytes[step..];
            switch (Rune.DecodeFromUtf8(bytes, out _, out var used))
            {
                case System.Buffers.OperationStatus.Done:
                    good++;
                    break;
                case System.Buffers.OperationStatus.NeedMoreData:
                    return bytes.Length;
                default:
                    bad++;
                    break;
            }

            bytes = bytes[used..];
        }
    }
}
