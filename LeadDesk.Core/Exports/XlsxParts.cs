using System.Globalization;
using System.Security;
using System.Text;

namespace LeadDesk.Exports;

/// <summary>The parts of a workbook that are the same for every export, and the numbers of its styles.</summary>
internal static class XlsxParts
{
    public const byte Plain = 0;
    public const byte Header = 1;
    public const byte Time = 2;
    public const byte Day = 3;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    private const string Xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    /// <summary>The day that is 0, as everything since March 1900 is counted.</summary>
    public static readonly DateTime DayZero = new(1899, 12, 30);

    /// <summary>Excel keeps fifteen digits of a number.</summary>
    private const long LargestExact = 999_999_999_999_999;

    private const int WidestColumn = 60;

    public static bool KeepsExactly(long number) => number is >= -LargestExact and <= LargestExact;

    public static string SheetPath(int number) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml");

    /// <summary>A, B, …, Z, AA, …</summary>
    public static byte[] Letters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return Encoding.ASCII.GetBytes(letters);
    }

    public static byte[] SheetStart(IReadOnlyList<ExportHeader> columns)
    {
        var text = new StringBuilder(Xml).Append(CultureInfo.InvariantCulture, $"<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\">")
            .Append("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
        foreach (var (at, column) in columns.Index())
            text.Append(CultureInfo.InvariantCulture, $"<col min=\"{at + 1}\" max=\"{at + 1}\" width=\"{Math.Clamp(column.Width, column.Header.Length + 3, WidestColumn)}\" customWidth=\"1\"/>");
        return Encoding.UTF8.GetBytes(text.Append("</cols><sheetData>").ToString());
    }

    public static byte[] SheetEnd(int columns, int rows) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"</sheetData><autoFilter ref=\"A1:{Encoding.ASCII.GetString(Letters(columns - 1))}{rows}\"/></worksheet>"));

    /// <summary>What holds the sheets together, written behind them because their number is known then.</summary>
    public static IEnumerable<(string Path, byte[] Content)> OfWorkbook(string sheetName, int sheets)
    {
        var numbers = Enumerable.Range(1, sheets).ToArray();
        var name = SecurityElement.Escape(sheetName);
        yield return Part("xl/workbook.xml",
            $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{Each(number => $"<sheet name=\"{name}{(number is 1 ? "" : $" {number}")}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")}</sheets></workbook>");
        yield return Part("xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Packages}/relationships\">{Each(number => $"<Relationship Id=\"rId{number}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>")}"
            + $"<Relationship Id=\"rId{sheets + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
        yield return Part("xl/styles.xml", Styles);
        yield return Part("_rels/.rels", $"<Relationships xmlns=\"{Packages}/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        yield return Part("[Content_Types].xml",
            $"<Types xmlns=\"{Packages}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{Types}.styles+xml\"/>"
            + $"{Each(number => $"<Override PartName=\"/{SheetPath(number)}\" ContentType=\"{Types}.worksheet+xml\"/>")}</Types>");

        string Each(Func<int, string> part) => string.Concat(numbers.Select(part));
    }

    private static string Styles =>
        $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
        + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
        + "<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
        + "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
        + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

    private static (string Path, byte[] Content) Part(string path, string content) => (path, Encoding.UTF8.GetBytes(Xml + content));
}
