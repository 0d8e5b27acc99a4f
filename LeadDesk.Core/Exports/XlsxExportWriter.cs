using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;

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

    private readonly ZipArchive zip = new(new PipeStream(pipe), ZipArchiveMode.Create, leaveOpen: true);
    private readonly ArrayBufferWriter<byte> buffer = new(256 * 1024);
    private IReadOnlyList<ExportHeader> columns = [];
    private byte[][] letters = [];
    private Stream? sheet;
    private int sheets;
    private int rows;

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
    }

    private void BeginSheet()
    {
        sheet = zip.CreateEntry(XlsxParts.SheetPath(++sheets), CompressionLevel.Fastest).Open();
        rows = 0;
        buffer.Write(XlsxParts.SheetStart(columns));
        WriteRow([.. columns.Select(column => ExportCell.Of(column.Header))], XlsxParts.Header);
    }

    private void EndSheet()
    {
        buffer.Write(XlsxParts.SheetEnd(columns.Count, rows));
        HandOver();
        sheet!.Dispose();
        sheet = null;
    }

    private void HandOver()
    {
        sheet!.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    private void WriteRow(ReadOnlySpan<ExportCell> row, byte style)
    {
        rows++;
        buffer.Write("<row r=\""u8);
        Format(rows);
        buffer.Write("\">"u8);
        for (var at = 0; at < row.Length; at++)
        {
            if (row[at].Kind is not ExportCellKind.Empty)
                WriteCell(row[at], letters[at], style);
        }

        buffer.Write("</row>"u8);
    }

    private void WriteCell(in ExportCell cell, byte[] column, byte style)
    {
        buffer.Write("<c r=\""u8);
        buffer.Write(column);
        Format(rows);
        switch (cell.Kind)
        {
            case ExportCellKind.Text:
                WriteText(cell.Text, style);
                return;
            case ExportCellKind.Number when !XlsxParts.KeepsExactly(cell.Number):
                WriteText(cell.Number.ToString(CultureInfo.InvariantCulture), style);
                return;
            case ExportCellKind.Number:
                WriteValue(style, cell.Number);
                return;
            case ExportCellKind.Flag:
                buffer.Write("\" t=\"b\"><v>"u8);
                buffer.Write(cell.Flag ? "1</v></c>"u8 : "0</v></c>"u8);
                return;
            case ExportCellKind.Time:
                WriteDate(XlsxParts.Time, TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(cell.Time, DateTimeKind.Utc), zone));
                return;
            default:
                WriteDate(XlsxParts.Day, cell.Day.ToDateTime(TimeOnly.MinValue));
                return;
        }
    }

    private void WriteText(string text, byte style)
    {
        buffer.Write("\" s=\""u8);
        Format(style);
        buffer.Write("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        XlsxText.Write(buffer, text);
        buffer.Write("</t></is></c>"u8);
    }

    /// <summary>Excel counts days from 1900 and knows none before.</summary>
    private void WriteDate(byte style, DateTime local)
    {
        if (local.Year < 1901)
            WriteText(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), XlsxParts.Plain);
        else
            WriteValue(style, local.AddTicks(-(local.Ticks % TimeSpan.TicksPerSecond)).ToOADate());
    }

    private void WriteValue<T>(byte style, T value)
        where T : IUtf8SpanFormattable
    {
        buffer.Write("\" s=\""u8);
        Format(style);
        buffer.Write("\"><v>"u8);
        Format(value);
        buffer.Write("</v></c>"u8);
    }

    private void Format<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(buffer.GetSpan(40), out var written, default, CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }
}
