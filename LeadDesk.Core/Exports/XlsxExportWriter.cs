using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

namespace LeadDesk.Exports;

/// <summary>
/// An Excel workbook, written by hand as it streams: typed cells, a header that stays in sight and filters, a further sheet when
/// one is full. Texts stand in their cells, because a table of shared texts would have to be kept until the end. The Open XML
/// SDK's own streaming writer makes an object of each cell and takes four times the processor for the same cells.
/// </summary>
/// <param name="zone">Excel knows no time zones: times are shown in this one.</param>
/// <param name="rowsOnSheet">With the header; Excel takes no more than <see cref="MostRows"/>.</param>
public sealed class XlsxExportWriter(PipeWriter pipe, TimeZoneInfo zone, string sheetName = "Leads", int rowsOnSheet = XlsxExportWriter.MostRows) : IExportWriter
{
    public const int MostRows = 1_048_576;

    private const long SecondsOfDay = 24 * 60 * 60;

    private readonly ZipArchive zip = new(new PipeStream(pipe), ZipArchiveMode.Create, leaveOpen: true);
    private readonly ExportBuffer buffer = new();
    private readonly byte[] rowNumber = new byte[8];
    private IReadOnlyList<ExportHeader> columns = [];
    private byte[][] letters = [];
    private Stream? sheet;
    private int sheets;
    private int rows;
    private int rowDigits;

    public void Begin(IReadOnlyList<ExportHeader> columns)
    {
        this.columns = columns;
        letters = [.. Enumerable.Range(0, columns.Count).Select(XlsxParts.Letters)];
        BeginSheet();
    }

    public void Write(ReadOnlySpan<ExportCell> row)
    {
        if (rows == rowsOnSheet)
        {
            EndSheet();
            BeginSheet();
        }

        WriteRow(row, XlsxParts.Plain);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        HandOver();
        await pipe.FlushAsync(cancellationToken);
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        EndSheet();
        foreach (var (path, content) in XlsxParts.OfWorkbook(sheetName, sheets))
        {
            await using var entry = await zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await entry.WriteAsync(content, cancellationToken);
        }

        // The directory at the archive's end is written now.
        await zip.DisposeAsync();
        await pipe.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (sheet is not null)
            await sheet.DisposeAsync();
        await zip.DisposeAsync();
        buffer.Dispose();
    }

    private void BeginSheet()
    {
        sheet = zip.CreateEntry(XlsxParts.SheetPath(++sheets), CompressionLevel.Fastest).Open();
        rows = 0;
        buffer.Add(XlsxParts.SheetStart(columns));
        WriteRow([.. columns.Select(column => ExportCell.Of(column.Header))], XlsxParts.Header);
    }

    private void EndSheet()
    {
        buffer.Add(XlsxParts.SheetEnd(columns.Count, rows));
        HandOver();
        sheet!.Dispose();
        sheet = null;
    }

    private void HandOver()
    {
        sheet!.Write(buffer.Written);
        buffer.Clear();
    }

    private void WriteRow(ReadOnlySpan<ExportCell> row, byte style)
    {
        Utf8Formatter.TryFormat(++rows, rowNumber, out rowDigits);
        buffer.Add("<row r=\""u8);
        buffer.Add(rowNumber.AsSpan(0, rowDigits));
        buffer.Add("\">"u8);
        for (var at = 0; at < row.Length; at++)
        {
            if (row[at].Kind is not ExportCellKind.Empty)
                WriteCell(row[at], letters[at], style);
        }

        buffer.Add("</row>"u8);
    }

    private void WriteCell(in ExportCell cell, byte[] column, byte style)
    {
        buffer.Add("<c r=\""u8);
        buffer.Add(column);
        buffer.Add(rowNumber.AsSpan(0, rowDigits));
        switch (cell.Kind)
        {
            case ExportCellKind.Text:
                WriteText(cell.Text.Span, style);
                return;
            case ExportCellKind.Number when !XlsxParts.KeepsExactly(cell.Units):
                WriteText(Encoding.ASCII.GetBytes(cell.Number.ToString(CultureInfo.InvariantCulture)), style);
                return;
            case ExportCellKind.Number:
                BeginValue(style);
                buffer.AddNumber(cell.Units, cell.Places);
                buffer.Add("</v></c>"u8);
                return;
            case ExportCellKind.Flag:
                buffer.Add("\" t=\"b\"><v>"u8);
                buffer.Add(cell.Flag ? "1</v></c>"u8 : "0</v></c>"u8);
                return;
            case ExportCellKind.Time:
                WriteDate(XlsxParts.Time, TimeZoneInfo.ConvertTimeFromUtc(cell.Time, zone));
                return;
            default:
                WriteDate(XlsxParts.Day, cell.Day.ToDateTime(TimeOnly.MinValue));
                return;
        }
    }

    private void WriteText(ReadOnlySpan<byte> text, byte style)
    {
        EndReference(style);
        buffer.Add(XlsxText.NeedsSpace(text) ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : " t=\"inlineStr\"><is><t>"u8);
        XlsxText.Write(buffer, text);
        buffer.Add("</t></is></c>"u8);
    }

    /// <summary>Excel counts days from 1900 and knows none before. Ten digits behind the point are hundredths of a millisecond.</summary>
    private void WriteDate(byte style, DateTime local)
    {
        if (local.Year < 1901)
        {
            WriteText(Encoding.ASCII.GetBytes(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), XlsxParts.Plain);
            return;
        }

        BeginValue(style);
        var seconds = (local.Ticks - XlsxParts.DayZero.Ticks) / TimeSpan.TicksPerSecond;
        var (days, rest) = Math.DivRem(seconds, SecondsOfDay);
        buffer.AddNumber(days);
        if (rest > 0)
        {
            buffer.Add((byte)'.');
            buffer.AddDigits(((rest * 10_000_000_000) + (SecondsOfDay / 2)) / SecondsOfDay, 10);
        }

        buffer.Add("</v></c>"u8);
    }

    private void BeginValue(byte style)
    {
        EndReference(style);
        buffer.Add("><v>"u8);
    }

    /// <summary>The cell's style, unless it is the plain one, which need not be named.</summary>
    private void EndReference(byte style)
    {
        buffer.Add((byte)'"');
        if (style is XlsxParts.Plain)
            return;
        buffer.Add(" s=\""u8);
        buffer.Add((byte)('0' + style));
        buffer.Add((byte)'"');
    }
}
