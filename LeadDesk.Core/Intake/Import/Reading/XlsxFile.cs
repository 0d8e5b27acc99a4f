using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>
/// A workbook of Excel, LibreOffice, Google Sheets and the like, read part by part as a stream. Names of elements count, not their
/// namespaces: "strict" workbooks have others. Nothing is believed that the archive says about its own size.
/// </summary>
internal sealed class XlsxFile : IDisposable
{
    public const string Bomb = "This file unpacks to far more than a table of this size can hold, so it was not opened. Save the sheet as CSV and send that.";

    private const string Broken = "This Excel file is damaged. Open it in Excel or LibreOffice, save it again and send that.";
    private const int MostParts = 5_000;
    private const long SmallEnough = 64L << 20;
    private const long LargestPart = 4L << 30;
    private const int HighestRatio = 200;
    private const int LongestText = 1 << 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = false,
        CheckCharacters = false,
        MaxCharactersInDocument = LargestPart,
    };

    private readonly ZipArchive archive;
    private readonly char[] chunk = new char[4096];
    private readonly StringBuilder text = new();
    private SharedTexts? texts;
    private NumberFormat[]? formats;

    private XlsxFile(ZipArchive archive) => this.archive = archive;

    public IReadOnlyList<(string Name, string Part, bool Hidden)> Sheets { get; private set; } = [];

    public bool Since1904 { get; private set; }

    /// <exception cref="UnreadableTableException">This is no workbook, or a bomb.</exception>
    public static XlsxFile Open(Stream file)
    {
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException exception)
        {
            throw new UnreadableTableException(Broken, exception);
        }

        var xlsx = new XlsxFile(zip);
        try
        {
            xlsx.CheckParts();
            Guard(xlsx.ReadWorkbook);
            return xlsx;
        }
        catch
        {
            xlsx.Dispose();
            throw;
        }
    }

    /// <param name="sheet">A name of <see cref="Sheets"/>; null for the first with data.</param>
    public XlsxRows OpenRows(string? sheet)
    {
        Guard(ReadShared);
        if (sheet is not null)
        {
            var named = Sheets.FirstOrDefault(one => string.Equals(one.Name, sheet, StringComparison.OrdinalIgnoreCase));
            return named.Part is null
                ? throw new UnreadableTableException($"This file has no sheet “{sheet}”. Its sheets are: {string.Join(", ", Sheets.Select(one => one.Name))}.")
                : new XlsxRows(this, Part(named.Part), named.Name);
        }

        foreach (var (name, part, _) in Sheets.OrderBy(one => one.Hidden))
        {
            using var rows = new XlsxRows(this, Part(part), name);
            var cells = new List<string>();
            while (rows.Read(cells))
            {
                if (cells.Exists(static cell => cell.Length > 0))
                    return new XlsxRows(this, Part(part), name);
            }
        }

        throw new UnreadableTableException("No sheet of this file holds anything. Fill one, or choose another file.");
    }

    public string Shared(int index) => index >= 0 && index < texts!.Count ? texts.Get(index) : throw new UnreadableTableException(Broken);

    public NumberFormat Format(int style) => formats is { } all && style >= 0 && style < all.Length ? all[style] : default;

    public void Dispose()
    {
        texts?.Dispose();
        archive.Dispose();
    }

    /// <summary>The text of the element that the reader stands on, with its runs and without phonetic hints.</summary>
    public string ReadText(XmlReader xml)
    {
        text.Clear();
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var hidden = -1;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "rPh" && !xml.IsEmptyElement && hidden < 0)
                hidden = xml.Depth;
            else if (xml.NodeType is XmlNodeType.EndElement && xml.Depth == hidden)
                hidden = -1;
            else if (hidden < 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                AppendValue(xml);
        }

        return text.ToString();
    }

    public static void Guard(Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException or EndOfStreamException or FormatException or OverflowException)
        {
            throw new UnreadableTableException(Broken, exception);
        }
    }

    private void AppendValue(XmlReader xml)
    {
        while (xml.ReadValueChunk(chunk, 0, chunk.Length) is > 0 and var read)
        {
            text.Append(chunk, 0, read);
            if (text.Length > LongestText)
                throw new UnreadableTableException("A cell of this file holds more than a million characters. Shorten it and send the file again.");
        }
    }

    private void CheckParts()
    {
        if (archive.Entries.Count > MostParts)
            throw new UnreadableTableException(Bomb);
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            total += entry.Length;
            if (entry.Length > SmallEnough && entry.Length / Math.Max(1, entry.CompressedLength) > HighestRatio)
                throw new UnreadableTableException(Bomb);
        }

        if (total > LargestPart)
            throw new UnreadableTableException(Bomb);
        if (archive.GetEntry("xl/workbook.bin") is not null)
            throw new UnreadableTableException("This is a binary workbook (.xlsb). Open it in Excel, save it as “Excel workbook (.xlsx)” or as CSV, and send that.");
        if (Entry("xl/workbook.xml") is not null || archive.Entries.Any(static entry => entry.FullName.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase)))
            return;
        var isOther = archive.GetEntry("word/document.xml") is not null ? "This is a Word document"
            : archive.GetEntry("ppt/presentation.xml") is not null ? "This is a presentation"
            : archive.GetEntry("content.xml") is not null && archive.GetEntry("mimetype") is not null ? "This is an OpenDocument file"
            : "This is an archive (.zip)";
        throw new UnreadableTableException($"{isOther} and no Excel workbook. Save the table as .xlsx or as CSV, and send that.");
    }

    private void ReadWorkbook()
    {
        var workbook = Entry("xl/workbook.xml") is not null ? "xl/workbook.xml" : archive.Entries.First(static entry => entry.FullName.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase)).FullName;
        var folder = workbook[..(workbook.LastIndexOf('/') + 1)];
        var targets = Targets($"{folder}_rels/{workbook[folder.Length..]}.rels", folder);
        var sheets = new List<(string, string, bool)>();
        using var xml = Xml(workbook);
        while (xml.Read())
        {
            if (xml.NodeType is not XmlNodeType.Element)
                continue;
            if (xml.LocalName is "workbookPr")
                Since1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName is not "sheet")
                continue;
            var (name, hidden, id) = (xml.GetAttribute("name") ?? "", xml.GetAttribute("state") is "hidden" or "veryHidden", Attribute(xml, "id"));
            if (id is not null && targets.TryGetValue(id, out var part) && Entry(part) is not null && part.Contains("sheet", StringComparison.OrdinalIgnoreCase))
                sheets.Add((name, part, hidden));
        }

        if (sheets.Count is 0)
            throw new UnreadableTableException("This Excel file has no sheet. Open it in Excel or LibreOffice, save it again and send that.");
        Sheets = sheets;
        shared = targets.Values.FirstOrDefault(static part => part.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase));
        styles = targets.Values.FirstOrDefault(static part => part.EndsWith("styles.xml", StringComparison.OrdinalIgnoreCase));
    }

    private string? shared;
    private string? styles;

    /// <summary>Relation ids are in a namespace of their own, and the sheet's number is an attribute of the same local name's kind.</summary>
    private static string? Attribute(XmlReader xml, string localName)
    {
        string? found = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName == localName && xml.Prefix.Length > 0)
                found = xml.Value;
        }

        xml.MoveToElement();
        return found;
    }

    private Dictionary<string, string> Targets(string part, string folder)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Entry(part) is null)
            return targets;
        using var xml = Xml(part);
        while (xml.Read())
        {
            if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "Relationship" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
                targets[id] = target.StartsWith('/') ? target[1..] : folder + target;
        }

        return targets;
    }

    private void ReadShared()
    {
        if (texts is not null)
            return;
        texts = new SharedTexts();
        formats = styles is not null && Entry(styles) is not null ? ReadFormats(styles) : [];
        if (shared is null || Entry(shared) is null)
            return;
        using var xml = Xml(shared);
        while (xml.Read())
        {
            if (xml.NodeType is XmlNodeType.Element && xml.LocalName is "si")
                texts.Add(ReadText(xml));
        }

        texts.Complete();
    }

    private NumberFormat[] ReadFormats(string part)
    {
        var codes = new Dictionary<int, NumberFormat>();
        var all = new List<NumberFormat>();
        var inCells = false;
        using var xml = Xml(part);
        while (xml.Read())
        {
            if (xml.LocalName is "cellXfs")
                inCells = xml.NodeType is XmlNodeType.Element;
            if (xml.NodeType is not XmlNodeType.Element)
                continue;
            if (xml.LocalName is "numFmt" && Number(xml.GetAttribute("numFmtId")) is { } id)
                codes[id] = NumberFormat.Read(xml.GetAttribute("formatCode") ?? "");
            else if (xml.LocalName is "xf" && inCells && all.Count < 100_000)
                all.Add(Number(xml.GetAttribute("numFmtId")) is not { } used ? default : codes.TryGetValue(used, out var own) ? own : NumberFormat.BuiltIn(used));
        }

        return [.. all];
    }

    private static int? Number(string? written) => int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private ZipArchiveEntry? Entry(string part) =>
        archive.GetEntry(part) ?? archive.Entries.FirstOrDefault(entry => string.Equals(entry.FullName.Replace('\\', '/'), part, StringComparison.OrdinalIgnoreCase));

    private XmlReader Xml(string part) => XmlReader.Create(Unpack(Entry(part)!), Settings);

    private (CountedStream Stream, XmlReader Xml, long Length) Part(string part)
    {
        var entry = Entry(part)!;
        var stream = Unpack(entry);
        return (stream, XmlReader.Create(stream, Settings), entry.Length);
    }

    private static CountedStream Unpack(ZipArchiveEntry entry) =>
        new(entry.Open(), Math.Min(LargestPart, Math.Max(SmallEnough, entry.CompressedLength * HighestRatio)));
}
