using System.Buffers;
using System.Globalization;
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

    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");
    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789.,");

    private readonly SearchValues<char> quoted = SearchValues.Create([separator, '"', '\r', '\n']);

    public void Begin(IReadOnlyList<ExportHeader> columns)
    {
        if (mark)
            pipe.Write(Encoding.UTF8.Preamble);
        Write([.. columns.Select(column => ExportCell.Of(column.Header))]);
    }

    public void Write(ReadOnlySpan<ExportCell> row)
    {
        for (var at = 0; at < row.Length; at++)
        {
            if (at > 0)
                WriteAscii(separator);
            WriteCell(row[at]);
        }

        pipe.Write("\r\n"u8);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await pipe.FlushAsync(cancellationToken);

    public ValueTask EndAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void WriteCell(in ExportCell cell)
    {
        switch (cell.Kind)
        {
            case ExportCellKind.Text:
                WriteText(cell.Text);
                break;
            case ExportCellKind.Number:
                WriteFormatted(cell.Number, default);
                break;
            case ExportCellKind.Time:
                WriteFormatted(cell.Time, "yyyy-MM-ddTHH:mm:ssZ");
                break;
            case ExportCellKind.Day:
                WriteFormatted(cell.Day, "yyyy-MM-dd");
                break;
            case ExportCellKind.Flag:
                pipe.Write(cell.Flag ? "yes"u8 : "no"u8);
                break;
        }
    }

    private void WriteFormatted<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        var span = pipe.GetSpan(64);
        value.TryFormat(span, out var written, format, CultureInfo.InvariantCulture);
        pipe.Advance(written);
    }

    private void WriteText(string text)
    {
        var apostrophe = FormulaStarts.Contains(text[0]) && !IsHarmless(text);
        // An empty first or last place would be trimmed by some readers.
        var quotes = text.AsSpan().ContainsAny(quoted) || text[0] is ' ' || text[^1] is ' ';
        if (quotes)
            WriteAscii('"');
        if (apostrophe)
            WriteAscii('\'');
        if (quotes && text.Contains('"', StringComparison.Ordinal))
            text = text.Replace("\"", "\"\"", StringComparison.Ordinal);
        Encoding.UTF8.GetBytes(text, pipe);
        if (quotes)
            WriteAscii('"');
    }

    /// <summary>A number with its sign, which a phone number is as well.</summary>
    private static bool IsHarmless(string text) =>
        text.Length is > 1 and <= LongestPlain && text[0] is '+' or '-' && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[^1]) && !text.AsSpan(1).ContainsAnyExcept(NumberLetters);

    private void WriteAscii(char letter)
    {
        pipe.GetSpan(1)[0] = (byte)letter;
        pipe.Advance(1);
    }
}
