using System.Globalization;
using System.Xml;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>
/// The rows of one sheet. Of formulas the value that was saved with them counts.
/// <code>
/// &lt;row r="2"&gt;&lt;c r="A2" t="s"&gt;&lt;v&gt;0&lt;/v&gt;&lt;/c&gt;&lt;c r="C2" s="1"&gt;&lt;v&gt;45721&lt;/v&gt;&lt;/c&gt;&lt;c r="D2" t="inlineStr"&gt;&lt;is&gt;&lt;t&gt;x&lt;/t&gt;&lt;/is&gt;&lt;/c&gt;&lt;/row&gt;
/// </code>
/// </summary>
internal sealed class XlsxRows(XlsxFile file, (CountedStream Stream, XmlReader Xml, long Length) part, string sheet) : ITableRows
{
    /// <summary>Excel's own last column is XFD.</summary>
    private const int MostColumns = 16_384;

    private readonly XmlReader xml = part.Xml;

    public string Sheet => sheet;

    public int Row { get; private set; }

    public double Share => part.Length is 0 ? 0 : Math.Min(1, (double)part.Stream.Count / part.Length);

    public bool Read(List<string> cells)
    {
        cells.Clear();
        var found = false;
        XlsxFile.Guard(() => found = ReadRow(cells));
        return found;
    }

    public void Dispose()
    {
        xml.Dispose();
        part.Stream.Dispose();
    }

    private bool ReadRow(List<string> cells)
    {
        while (xml.Read())
        {
            if (xml.NodeType is not XmlNodeType.Element || xml.LocalName is not "row")
                continue;
            Row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > Row ? number : Row + 1;
            if (xml.IsEmptyElement)
                return true;
            var depth = xml.Depth;
            while (xml.Read() && xml.Depth > depth)
            {
                if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "c")
                    ReadCell(cells);
            }

            return true;
        }

        return false;
    }

    private void ReadCell(List<string> cells)
    {
        var column = Column(xml.GetAttribute("r")) ?? cells.Count;
        var type = xml.GetAttribute("t");
        var style = xml.GetAttribute("s") is { } written && int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var value = ReadValue(type);
        if (column >= MostColumns || column < cells.Count)
            throw new UnreadableTableException("This Excel file is damaged. Open it in Excel or LibreOffice, save it again and send that.");
        while (cells.Count < column)
            cells.Add("");
        cells.Add(value.Length is 0 ? "" : Interpret(type, value, style));
    }

    private string ReadValue(string? type)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var value = "";
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Element && (xml.LocalName is "v" || (xml.LocalName is "is" && type is "inlineStr")))
                value = file.ReadText(xml);
        }

        return value;
    }

    private string Interpret(string? type, string value, int style) => type switch
    {
        "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Escaped(file.Shared(index)) : "",
        "str" or "inlineStr" => Escaped(value),
        "b" => value is "1" or "true" ? "true" : "false",
        "d" => value,
        // #N/A and its kin say that there is nothing.
        "e" => value,
        _ => file.Format(style).Write(value, file.Since1904),
    };

    /// <summary>Characters that XML does not take are written <c>_x000D_</c>.</summary>
    private static string Escaped(string text)
    {
        for (var at = text.IndexOf("_x", StringComparison.Ordinal); at >= 0 && at + 7 <= text.Length; at = text.IndexOf("_x", at + 1, StringComparison.Ordinal))
        {
            if (text[at + 6] is '_' && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                text = string.Concat(text.AsSpan(0, at), code is 0 or '\r' ? "" : ((char)code).ToString(), text.AsSpan(at + 7));
        }

        return text;
    }

    /// <summary>From 0: 27 of <c>AB12</c>.</summary>
    private static int? Column(string? reference)
    {
        var column = 0;
        var at = 0;
        for (; reference is not null && at < reference.Length && at < 4 && char.IsAsciiLetter(reference[at]); at++)
            column = (column * 26) + (char.ToUpperInvariant(reference[at]) - 'A' + 1);
        return at is 0 ? null : column - 1;
    }
}
