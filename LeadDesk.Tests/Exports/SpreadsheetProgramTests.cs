using System.Diagnostics;
using LeadDesk.Exports;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Exports;

/// <summary>
/// Cells that spreadsheet programs like to change, written and read again: by the import, which is strict about both kinds of file, and where
/// LibreOffice is installed by that too.
/// </summary>
public sealed class SpreadsheetProgramTests
{
    private static readonly string[] Headers = ["Text", "Number", "Time", "Day", "Flag"];

    /// <summary>Texts, and how each stands in a CSV, where there are no types.</summary>
    private static readonly (string Text, string InCsv)[] Texts =
    [
        ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("@SUM(A1:A9)", "'@SUM(A1:A9)"), ("-2+3", "'-2+3"), ("=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"http://x\",\"y\")"),
        ("007", "007"), ("1234567890123456789", "1234567890123456789"), ("+905321234567", "+905321234567"), ("9.05E+11", "9.05E+11"), ("2026-03-01", "2026-03-01"), ("1/2", "1/2"),
        ("مرحبا، كيف الحال؟", "مرحبا، كيف الحال؟"), ("Ayşe Yılmaz 🎉👩‍👩‍👧", "Ayşe Yılmaz 🎉👩‍👩‍👧"), ("two\nlines, \"quoted\"; and more", "two\nlines, \"quoted\"; and more"), ("  spaces  ", "  spaces  "),
        ("TRUE", "TRUE"), ("<b>&amp;</b>", "<b>&amp;</b>"), ("_x0041_", "_x0041_"),
    ];

    private static readonly string[] Typed = ["1234.5", "2026-03-01 12:30", "2026-03-02", "TRUE"];

    [Fact]
    public async Task A_workbook_keeps_every_text_a_text_and_every_value_its_type()
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathTo("leads.xlsx");
        await File.WriteAllBytesAsync(file, await WrittenExport.OfAsync(pipe => new XlsxExportWriter(pipe, TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul")), Headers, Rows()), TestContext.Current.CancellationToken);

        (await ReadAsync(file)).Select(row => row[0]).ShouldBe(Texts.Select(text => text.Text));
        if (LibreOffice() is { } program)
        {
            // As the cells are shown, all quoted: a date that is a date is shown as one, a text that is a text has its zeros.
            var rows = await ConvertAsync(program, file, null);
            rows.Select(row => row[0]).ShouldBe(Texts.Select(text => text.Text));
            rows.ShouldAllBe(row => row.Skip(1).SequenceEqual(Typed));
        }
    }

    [Theory]
    [InlineData(',', false)]
    [InlineData(';', true)]
    [InlineData('\t', true)]
    public async Task A_table_has_every_text_in_its_cell_and_runs_none(char separator, bool mark)
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathTo("leads.csv");
        await File.WriteAllBytesAsync(file, await WrittenExport.OfAsync(pipe => new CsvExportWriter(pipe, separator, mark), Headers, Rows()), TestContext.Current.CancellationToken);

        (await ReadAsync(file)).Select(row => row[0].ReplaceLineEndings("\n")).ShouldBe(Texts.Select(text => text.InCsv));
        if (LibreOffice() is { } program)
        {
            // Opened with the first column as text, as its own dialog offers for numbers with zeros in front.
            var rows = await ConvertAsync(program, file, $"Text - txt - csv (StarCalc):{(int)separator},34,76,1,1/2/2/2/3/2/4/2/5/2");
            rows.Select(row => row[0]).ShouldBe(Texts.Select(text => text.InCsv));
            rows.ShouldAllBe(row => row.Skip(1).SequenceEqual(new[] { "1234.5", "2026-03-01T09:30:00Z", "2026-03-02", "yes" }));
            // And as it opens without a question: no formula has become its result.
            (await ConvertAsync(program, file, $"Text - txt - csv (StarCalc):{(int)separator},34,76,1")).Select(row => row[0]).Take(5).ShouldBe(Texts.Take(5).Select(text => text.InCsv));
        }
    }

    private static ExportCell[][] Rows() =>
    [
        .. Texts.Select(text => new[]
        {
            ExportCell.Of(text.Text), ExportCell.Of(12345, places: 1), ExportCell.Of(new DateTime(2026, 3, 1, 9, 30, 0, DateTimeKind.Utc)), ExportCell.Of(new DateOnly(2026, 3, 2)), ExportCell.Of(true),
        }),
    ];

    /// <summary>Without the header.</summary>
    private static async Task<List<List<string>>> ReadAsync(string path)
    {
        using var file = new MemoryStream(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        var format = TableFile.Inspect(file, new FormatChoice(), null);
        file.Position = 0;
        using var table = TableFile.Open(file, format);
        var (rows, cells) = (new List<List<string>>(), new List<string>());
        while (table.Read(cells))
            rows.Add([.. cells]);
        return [.. rows.Skip(1)];
    }

    private static string? LibreOffice() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "soffice")).FirstOrDefault(File.Exists);

    /// <summary>What LibreOffice makes of a file: its cells as they are shown, without the header.</summary>
    private static async Task<List<List<string>>> ConvertAsync(string program, string file, string? reading)
    {
        // UTF-8, every text quoted, cells as shown.
        const string Writing = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true";
        var target = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(file)!, Guid.NewGuid().ToString("N"))).FullName;
        string[] arguments = [$"-env:UserInstallation=file://{target}/profile", "--headless", .. reading is null ? [] : new[] { $"--infilter={reading}" }, "--convert-to", Writing, "--outdir", target, file];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C.UTF-8" } })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var written = Path.Combine(target, Path.GetFileNameWithoutExtension(file) + ".csv");
        File.Exists(written).ShouldBeTrue($"{await said} {await complained}");
        return await ReadAsync(written);
    }
}
