using System.Text;
using LeadDesk.Exports;

namespace LeadDesk.Tests.Exports;

public sealed class CsvExportWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData(" padded ", "\" padded \"")]
    [InlineData("Şükrü 🎉", "Şükrü 🎉")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("+", "'+")]
    [InlineData("-", "'-")]
    [InlineData("-5", "-5")]
    [InlineData("-1,250.50", "\"-1,250.50\"")]
    [InlineData("+905321234567", "+905321234567")]
    [InlineData("+90 532 123", "'+90 532 123")]
    public async Task A_text_is_quoted_as_RFC_4180_says_and_never_a_formula(string text, string written) =>
        (await WrittenAsync(ExportCell.Of(text))).ShouldBe($"X\r\n{written}\r\n");

    [Fact]
    public async Task Values_are_written_as_programs_read_them()
    {
        var time = new DateTime(2026, 3, 1, 9, 5, 7, DateTimeKind.Utc);
        var bytes = await WrittenExport.OfAsync(
            pipe => new CsvExportWriter(pipe, ';'), ["A", "B", "C", "D", "E", "F"],
            [ExportCell.Of(12505, places: 1), ExportCell.Of(-3), ExportCell.Of(time), ExportCell.Of(new DateOnly(2026, 3, 1)), ExportCell.Of(true), ExportCell.Empty]);

        Encoding.UTF8.GetString(bytes).ShouldBe("A;B;C;D;E;F\r\n1250.5;-3;2026-03-01T09:05:07Z;2026-03-01;yes;\r\n");
    }

    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(0, 2, "0")]
    [InlineData(7, 0, "7")]
    [InlineData(150000, 2, "1500")]
    [InlineData(9999, 2, "99.99")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(-12050, 4, "-1.205")]
    [InlineData(100, 4, "0.01")]
    [InlineData(long.MaxValue, 0, "9223372036854775807")]
    [InlineData(long.MinValue, 4, "-922337203685477.5808")]
    public async Task A_number_has_no_more_digits_than_it_needs(long units, int places, string written) => (await WrittenAsync(ExportCell.Of(units, places))).ShouldBe($"X\r\n{written}\r\n");

    [Fact]
    public async Task The_byte_order_mark_is_written_when_it_is_asked_for()
    {
        (await WrittenExport.OfAsync(pipe => new CsvExportWriter(pipe, mark: true), ["Name"]))[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        (await WrittenExport.OfAsync(pipe => new CsvExportWriter(pipe), ["Name"]))[0].ShouldBe((byte)'N');
    }

    private static async Task<string> WrittenAsync(ExportCell cell) => Encoding.UTF8.GetString(await WrittenExport.OfAsync(pipe => new CsvExportWriter(pipe), ["X"], [cell]));
}
