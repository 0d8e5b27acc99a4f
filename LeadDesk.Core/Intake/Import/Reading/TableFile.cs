namespace LeadDesk.Intake.Import.Reading;

/// <summary>What somebody chose about a file instead of what would be found; null where it is to be found.</summary>
public sealed record FormatChoice(string? Encoding = null, char? Separator = null, string? Sheet = null, int? HeaderRow = null);

/// <summary>Finds out what a file is and opens its rows. Files are seekable; nothing here reads one into memory as a whole.</summary>
internal static class TableFile
{
    public const string Text = "text";
    public const string Xlsx = "xlsx";
    public const string Html = "html";

    public const int MostColumns = 500;

    /// <summary>Rows that are looked at to find header and columns.</summary>
    private const int SampleRows = 500;

    private const int StartLength = 1 << 16;
    private const int LargestHtml = 32 << 20;

    /// <summary>How the file is read.</summary>
    /// <exception cref="UnreadableTableException">The file is no table; the message says what it is and what to do.</exception>
    public static ImportFormat Inspect(Stream file, FormatChoice choice, string? region)
    {
        if (file.Length is 0)
            throw new UnreadableTableException("The file is empty. Choose the file with the leads, and check that its download had finished.");
        var format = FileKinds.KindOf(file) switch
        {
            Xlsx => OfWorkbook(file, choice),
            var kind => OfText(file, kind, choice, region),
        };
        return WithColumns(file, format, choice);
    }

    /// <summary>All rows of the file, those above the header included.</summary>
    public static ITableRows Open(Stream file, ImportFormat format)
    {
        file.Position = 0;
        switch (format.Kind)
        {
            case Xlsx:
                var workbook = XlsxFile.Open(file);
                try
                {
                    return new WorkbookRows(workbook, workbook.OpenRows(format.Sheet));
                }
                catch
                {
                    workbook.Dispose();
                    throw;
                }

            case Html:
                return new HtmlRows(Reader(file, format.Encoding!).ReadToEnd());
            default:
                var reader = Reader(file, format.Encoding!);
                var start = new char[16];
                var length = reader.ReadBlock(start, 0, start.Length);
                TextShape.Detect(new string(start, 0, length), out var skip);
                reader = Reader(file, format.Encoding!);
                reader.ReadBlock(start, 0, skip);
                return new DelimitedRows(reader, new(format.Separator ?? ',', format.Quote ?? '"'), () => file.Length is 0 ? 1 : (double)file.Position / file.Length);
        }
    }

    private static ImportFormat OfWorkbook(Stream file, FormatChoice choice)
    {
        file.Position = 0;
        using var workbook = XlsxFile.Open(file);
        using var rows = workbook.OpenRows(choice.Sheet);
        return new(Xlsx, null, null, null, rows.Sheet, [.. workbook.Sheets.Select(static sheet => sheet.Name)], 0, []);
    }

    private static ImportFormat OfText(Stream file, string kind, FormatChoice choice, string? region)
    {
        if (kind is Html && file.Length > LargestHtml)
            throw new UnreadableTableException("This is a web page of more than 32 MB under the name of a table. Open it in Excel, save it as .xlsx or CSV, and send that.");
        var encoding = choice.Encoding is { } chosen && TextEncodings.Find(chosen) is not null ? chosen.Trim().ToLowerInvariant() : TextEncodings.Detect(file, region);
        var start = new char[StartLength];
        var length = Reader(file, encoding).ReadBlock(start, 0, start.Length);
        var text = new string(start, 0, length);
        FileKinds.CheckText(text);
        if (kind is Html)
            return new(Html, encoding, null, null, null, [], 0, []);
        var shape = TextShape.Detect(text, out _);
        var separator = choice.Separator ?? shape.Separator;
        return new(Text, encoding, separator, shape.Quote, null, [], 0, []);
    }

    private static ImportFormat WithColumns(Stream file, ImportFormat format, FormatChoice choice)
    {
        var sample = new List<(int Row, string[] Cells)>();
        using (var rows = Open(file, format))
        {
            var cells = new List<string>();
            while (sample.Count < SampleRows && rows.Read(cells))
            {
                if (cells.Exists(static cell => !string.IsNullOrWhiteSpace(cell)))
                    sample.Add((rows.Row, [.. cells]));
            }
        }

        if (sample.Count is 0)
            throw new UnreadableTableException("The file holds no rows, only empty lines. Choose the file with the leads.");
        var header = HeaderRow.Find(sample, choice.HeaderRow);
        var first = sample.FindIndex(row => row.Row > header);
        var names = sample.Find(row => row.Row == header).Cells ?? [];
        var width = names.Length;
        foreach (var (_, cells) in first < 0 ? [] : sample[first..])
            width = Math.Max(width, Array.FindLastIndex(cells, static cell => !string.IsNullOrWhiteSpace(cell)) + 1);
        width = header > 0 ? Math.Min(width, Math.Max(Array.FindLastIndex(names, static name => !string.IsNullOrWhiteSpace(name)) + 1, TypicalWidth(sample))) : width;
        Check(sample, header, width);
        return format with { HeaderRow = header, Columns = HeaderRow.Names(names, width) };
    }

    private static void Check(List<(int Row, string[] Cells)> sample, int header, int width)
    {
        if (width > MostColumns)
            throw new UnreadableTableException($"The file has {width:N0} columns, and at most {MostColumns} can be imported. Delete the columns that say nothing about leads, or check that it was exported row by row.");
        if (width < 2)
            throw new UnreadableTableException("The file has only one column. A table of leads needs at least a name and a phone or an e-mail, separated by commas, semicolons or tabs. Check how the file was saved.");
        if (header > 0 && sample[^1].Row == header)
            throw new UnreadableTableException("The file has the columns' names and no rows below them. Choose the file with the leads.");
        if (!HeaderRow.IsTable(sample, width))
            throw new UnreadableTableException("This text is no table: its lines do not fall into the same columns. Save the table as CSV or .xlsx, and send that.");
    }

    private static int TypicalWidth(List<(int Row, string[] Cells)> sample) =>
        sample.GroupBy(static row => Array.FindLastIndex(row.Cells, static cell => !string.IsNullOrWhiteSpace(cell)) + 1).MaxBy(static group => (group.Count(), group.Key))!.Key;

    private static StreamReader Reader(Stream file, string encoding)
    {
        file.Position = 0;
        return new StreamReader(file, TextEncodings.Get(encoding), detectEncodingFromByteOrderMarks: encoding.StartsWith("utf", StringComparison.Ordinal), StartLength, leaveOpen: true);
    }

    /// <summary>The rows of a sheet, and the workbook that goes with them.</summary>
    private sealed class WorkbookRows(XlsxFile workbook, XlsxRows rows) : ITableRows
    {
        public int Row => rows.Row;

        public double Share => rows.Share;

        public bool Read(List<string> cells) => rows.Read(cells);

        public void Dispose()
        {
            rows.Dispose();
            workbook.Dispose();
        }
    }
}
