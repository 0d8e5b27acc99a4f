using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace LeadDesk.Exports;

/// <summary>
/// CSV after RFC 4180 in UTF-8: lines end with CR LF, quotes are doubled, times are ISO 8601 in UTC.
/// <para>
/// A spreadsheet takes a cell that begins with = + - @, a tab or a line end for a formula and may run it. Such cells get an
/// apostrophe in front, which spreadsheets know as "this is text". Plain numbers and phone numbers like +905321234567 are
/// harmless and stay as they are, so that they can be imported again.
/// </para>
/// </summary>
/// <param name="separator">A comma, a semicolon or a tab.</param>
/// <param name="mark">Writes the byte order mark by which Excel knows UTF-8.</param>
public sealed class CsvExportWriter(PipeWriter pipe, char separator = ',', bool mark = false) : IExportWriter
{
    private const int LongestPlain = 40;

    private static readonly SearchValues<byte> NumberLetters = SearchValues.Create("0123456789.,"u8);

    private readonly ExportBuffer buffer = new();
    private readonly SearchValues<byte> quoted = SearchValues.Create([(byte)separator, .. "\"\r\n"u8]);

    public void Begin(IReadOnlyList<ExportHeader> columns)
    {
        if (mark)
            buffer.Add(Encoding.UTF8.Preamble);
        Write([.. columns.Select(column => ExportCell.Of(column.Header))]);
    }

    public void Write(ReadOnlySpan<ExportCell> row)
    {
        for (var at = 0; at < row.Length; at++)
        {
            if (at > 0)
                buffer.Add((byte)separator);
            WriteCell(row[at]);
        }

        buffer.Add("\r\n"u8);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => buffer.HandOverAsync(pipe, cancellationToken);

    public ValueTask EndAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        buffer.Dispose();
        return ValueTask.CompletedTask;
    }

    private void WriteCell(in ExportCell cell)
    {
        switch (cell.Kind)
        {
            case ExportCellKind.Text:
                WriteText(cell.Text.Span);
                break;
            case ExportCellKind.Number:
                buffer.AddNumber(cell.Units, cell.Places);
                break;
            case ExportCellKind.Time:
                WriteTime(cell.Time);
                break;
            case ExportCellKind.Day:
                buffer.AddDay(cell.Day);
                break;
            case ExportCellKind.Flag:
                buffer.Add(cell.Flag ? "yes"u8 : "no"u8);
                break;
        }
    }

    /// <summary>As <c>2026-03-01T09:05:07Z</c>.</summary>
    private void WriteTime(DateTime time)
    {
        buffer.AddDay(DateOnly.FromDateTime(time));
        buffer.Add((byte)'T');
        buffer.AddDigits(time.Hour, 2);
        buffer.Add((byte)':');
        buffer.AddDigits(time.Minute, 2);
        buffer.Add((byte)':');
        buffer.AddDigits(time.Second, 2);
        buffer.Add((byte)'Z');
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        var apostrophe = BeginsFormula(text) && !IsHarmless(text);
        // An empty first or last place would be trimmed by some readers.
        var quotes = text.ContainsAny(quoted) || text[0] is (byte)' ' || text[^1] is (byte)' ';
        if (quotes)
            buffer.Add((byte)'"');
        if (apostrophe)
            buffer.Add((byte)'\'');
        if (quotes)
            WriteDoubled(text);
        else
            buffer.Add(text);
        if (quotes)
            buffer.Add((byte)'"');
    }

    private void WriteDoubled(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOf((byte)'"')) >= 0; text = text[(at + 1)..])
        {
            buffer.Add(text[..(at + 1)]);
            buffer.Add((byte)'"');
        }

        buffer.Add(text);
    }

    /// <summary>The wide signs of East Asian keyboards count too.</summary>
    private static bool BeginsFormula(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' or (byte)'\n' => true,
        0xEF => text.StartsWith("＝"u8) || text.StartsWith("＋"u8) || text.StartsWith("－"u8) || text.StartsWith("＠"u8),
        _ => false,
    };

    /// <summary>A number with its sign, which a phone number is as well.</summary>
    private static bool IsHarmless(ReadOnlySpan<byte> text) =>
        text.Length is > 1 and <= LongestPlain && text[0] is (byte)'+' or (byte)'-' && char.IsAsciiDigit((char)text[1]) && char.IsAsciiDigit((char)text[^1]) && !text[1..].ContainsAnyExcept(NumberLetters);
}
