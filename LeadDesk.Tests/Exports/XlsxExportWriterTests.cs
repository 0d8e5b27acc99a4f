using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using LeadDesk.Exports;

namespace LeadDesk.Tests.Exports;

/// <summary>Workbooks as Microsoft's own library reads and judges them.</summary>
public sealed class XlsxExportWriterTests
{
    private static readonly TimeZoneInfo Istanbul = TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul");

    [Fact]
    public async Task Cells_have_the_type_of_their_column()
    {
        using var book = await OpenAsync(
            XlsxExportWriter.MostRows, ["Text", "Number", "Time", "Day", "Flag", "Long", "Nothing", "Phone"],
            [
                ExportCell.Of("Ayşe & <Co>"), ExportCell.Of(12505, places: 1), ExportCell.Of(new DateTime(2026, 3, 1, 9, 30, 0, DateTimeKind.Utc)), ExportCell.Of(new DateOnly(2026, 3, 2)),
                ExportCell.Of(true), ExportCell.Of(1234567890123456789), ExportCell.Empty, ExportCell.Of("+905321234567"),
            ]);

        var cells = Cells(book, 0)[1];
        cells["A2"].InnerText.ShouldBe("Ayşe & <Co>");
        (cells["B2"].DataType?.Value, cells["B2"].CellValue!.Text).ShouldBe((null, "1250.5"));
        (Shown(book, cells["C2"]), Shown(book, cells["D2"])).ShouldBe(("2026-03-01 12:30:00", "2026-03-02 00:00:00"));
        (cells["E2"].DataType!.Value, cells["E2"].CellValue!.Text).ShouldBe((CellValues.Boolean, "1"));
        (cells["F2"].DataType!.Value, cells["F2"].InnerText).ShouldBe((CellValues.InlineString, "1234567890123456789"));
        cells.ContainsKey("G2").ShouldBeFalse();
        (cells["H2"].DataType!.Value, cells["H2"].InnerText).ShouldBe((CellValues.InlineString, "+905321234567"));
    }

    [Fact]
    public async Task The_header_stays_in_sight_with_filters_and_widths()
    {
        using var book = await OpenAsync(XlsxExportWriter.MostRows, ["Name", "Score"], [ExportCell.Of("Ann"), ExportCell.Of(5)]);

        var sheet = book.WorkbookPart!.WorksheetParts.Single().Worksheet;
        var pane = sheet.Descendants<Pane>().Single();
        (pane.State!.Value, pane.VerticalSplit!.Value).ShouldBe((PaneStateValues.Frozen, 1));
        sheet.GetFirstChild<AutoFilter>()!.Reference!.Value.ShouldBe("A1:B2");
        sheet.Descendants<Column>().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("bell\u0007", "bell_x0007_")]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("a_b", "a_b")]
    [InlineData("🎉", "🎉")]
    [InlineData("two\nlines", "two\nlines")]
    public async Task What_XML_has_no_place_for_is_escaped(string text, string stored)
    {
        using var book = await OpenAsync(XlsxExportWriter.MostRows, ["X"], [ExportCell.Of(text)]);

        Cells(book, 0)[1]["A2"].InnerText.ShouldBe(stored);
    }

    [Fact]
    public async Task Half_a_letter_is_replaced()
    {
        using var book = await OpenAsync(XlsxExportWriter.MostRows, ["X"], [ExportCell.Of("half " + '\uD83D')]);

        Cells(book, 0)[1]["A2"].InnerText.ShouldBe("half \uFFFD");
    }

    [Fact]
    public async Task A_text_is_cut_at_what_a_cell_holds()
    {
        using var book = await OpenAsync(XlsxExportWriter.MostRows, ["X"], [ExportCell.Of(new string('x', 40_000))], [ExportCell.Of(new string('y', 32_767))]);

        var rows = Cells(book, 0);
        rows[1]["A2"].InnerText.ShouldBe(new string('x', 32_766) + "…");
        rows[2]["A3"].InnerText.Length.ShouldBe(32_767);
    }

    [Fact]
    public async Task A_full_sheet_is_followed_by_another_with_the_header()
    {
        using var book = await OpenAsync(3, ["X"], [.. Enumerable.Range(1, 5).Select(n => new[] { ExportCell.Of(n) })]);

        book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value).ShouldBe(["Leads", "Leads 2", "Leads 3"]);
        Enumerable.Range(0, 3).Select(sheet => string.Join(' ', Cells(book, sheet).Select(row => row.Values.Single().InnerText))).ShouldBe(["X 1 2", "X 3 4", "X 5"]);
    }

    [Fact]
    public async Task A_formula_is_only_text()
    {
        using var book = await OpenAsync(XlsxExportWriter.MostRows, ["X"], [ExportCell.Of("=1+1")]);

        var cell = Cells(book, 0)[1]["A2"];
        (cell.CellFormula, cell.InnerText).ShouldBe((null, "=1+1"));
    }

    private static async Task<SpreadsheetDocument> OpenAsync(int rowsOnSheet, IReadOnlyList<string> headers, params ExportCell[][] rows)
    {
        var bytes = await WrittenExport.OfAsync(pipe => new XlsxExportWriter(pipe, Istanbul, "Leads", rowsOnSheet), headers, rows);
        var book = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        new OpenXmlValidator(FileFormatVersions.Office2019).Validate(book, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}").ShouldBeEmpty();
        return book;
    }

    private static List<Dictionary<string, Cell>> Cells(SpreadsheetDocument book, int sheet)
    {
        var id = book.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().ElementAt(sheet).Id!.Value!;
        return [.. ((WorksheetPart)book.WorkbookPart.GetPartById(id)).Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToDictionary(cell => cell.CellReference!.Value!))];
    }

    /// <summary>A date as its style shows it.</summary>
    private static string Shown(SpreadsheetDocument book, Cell cell)
    {
        var style = (CellFormat)book.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.ElementAt((int)cell.StyleIndex!.Value);
        style.NumberFormatId!.Value.ShouldBeGreaterThan(163u);
        return DateTime.FromOADate(double.Parse(cell.CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
    }
}
