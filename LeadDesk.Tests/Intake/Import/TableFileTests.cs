using System.IO.Compression;
using System.Text;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Reading;

namespace LeadDesk.Tests.Intake.Import;

/// <summary>Files of every kind, read as tables or refused with a sentence.</summary>
public sealed class TableFileTests
{
    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "1|2|3")]
    [InlineData("a,b,c\r\n1,\"\",\"\"\r\n2,3,4", "1||~2|3|4")]
    [InlineData("first,city\nJohn,\"Anytown, WW\"\n", "John|Anytown, WW")]
    [InlineData("a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", "1|ha \"ha\" ha~3|4")]
    [InlineData("key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n", "1|{\"type\": \"Point\", \"at\": [102.0, 0.5]}")]
    [InlineData("a,b,c\n\"Once upon \na time\",5,6\n7,8,9\n", "Once upon \na time|5|6~7|8|9")]
    [InlineData("a,b,c\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n", "Once upon \r\na time|5|6~7|8|9")]
    [InlineData("a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4", "1|ha \n\"ha\" \nha~3|4")]
    [InlineData("phone,place,city\n209,37°36'37.8\"N 121°2'17.9\"W,Modesto\n", "209|37°36'37.8\"N 121°2'17.9\"W|Modesto")]
    [InlineData("a;b\r1;ʤ\r2;x\r", "1|ʤ~2|x")]
    [InlineData("sep=;\r\na;b\r\n1,5;2\r\n", "1,5|2")]
    [InlineData("name\tphone\nAnn, Lee\t1\nBob\t2\n", "Ann, Lee|1~Bob|2")]
    [InlineData("name|phone\nAnn|1\nBob|2\n", "Ann|1~Bob|2")]
    [InlineData("'name','note'\n'Ann','a, b'\n'Bob','c'\n", "Ann|a, b~Bob|c")]
    [InlineData("name,note\nAnn,\"says \"hi\" to all\"\nBob,x\n", "Ann|says \"hi\" to all~Bob|x")]
    [InlineData("name,note\nAnn,\"never closed\nBob,x\nCem,y\n", "Ann|\"never closed~Bob|x~Cem|y")]
    [InlineData("name,note\nAnn,a\0b\nBob,x\n", "Ann|ab~Bob|x")]
    public void Separated_text_is_read_as_its_writer_meant_it(string text, string expected) =>
        Rows(Encoding.UTF8.GetBytes(text), out _).ShouldBe(expected);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16le")]
    [InlineData("utf-16be")]
    [InlineData("windows-1254")]
    [InlineData("iso-8859-9")]
    public void Turkish_is_read_in_every_encoding_it_is_saved_in(string encoding)
    {
        const string text = "Adı Soyadı;Telefon;Şehir\r\nAyşe Yılmaz;0532 123 45 67;İstanbul\r\nÇağrı Öztürk;0533 123 45 67;İzmir\r\nŞükrü Güneş;0534 123 45 67;Eskişehir\r\n";
        Rows(TextEncodings.Get(encoding).GetBytes(text), out var format).ShouldStartWith("Ayşe Yılmaz|0532 123 45 67|İstanbul~Çağrı Öztürk");
        format.Columns.ShouldBe(["Adı Soyadı", "Telefon", "Şehir"]);
    }

    [Theory]
    [InlineData("windows-1252", "Name,City\nJosé Muñoz,Málaga\nJürgen Groß,Köln\nFrançois Lefèvre,Besançon\n")]
    [InlineData("windows-1250", "Name,City\nŁukasz Żak,Łódź\nJiří Dvořák,Plzeň\nGrzegorz Brzęczyszczykiewicz,Częstochowa\n")]
    [InlineData("windows-1251", "Имя,Город\nИван Петров,Москва\nОльга Смирнова,Казань\n")]
    [InlineData("windows-1253", "Όνομα,Πόλη\nΓιώργος Παπαδόπουλος,Αθήνα\nΜαρία Νικολάου,Πάτρα\n")]
    [InlineData("windows-1256", "الاسم,المدينة\nمحمد علي,الرياض\nفاطمة الزهراء,دبي\n")]
    public void An_encoding_is_known_by_the_letters_that_come_out(string encoding, string text)
    {
        using var file = new MemoryStream(TextEncodings.Get(encoding).GetBytes(text));
        TextEncodings.Get(TextEncodings.Detect(file, null)).GetString(file.ToArray()).ShouldBe(text);
    }

    [Fact]
    public void What_is_no_table_is_refused_with_a_sentence()
    {
        Refusal([]).ShouldContain("empty");
        Refusal("\r\n\r\n"u8.ToArray()).ShouldContain("only empty lines");
        Refusal("%PDF-1.7 and so on"u8.ToArray()).ShouldContain("PDF");
        Refusal([0x89, .. "PNG\r\n"u8, 0, 1, 2]).ShouldContain("picture");
        Refusal("[{\"name\":\"Ann\"}]"u8.ToArray()).ShouldContain("JSON");
        Refusal([0xD0, 0xCF, 0x11, 0xE0, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")]).ShouldContain("password");
        Refusal([0xD0, 0xCF, 0x11, 0xE0, .. new byte[600], .. Encoding.Unicode.GetBytes("Workbook")]).ShouldContain("old binary format");
        Refusal("name\nAnn\nBob\n"u8.ToArray()).ShouldContain("only one column");
        Refusal("name,phone\n"u8.ToArray()).ShouldContain("no rows below");
        Refusal(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"c{i}")) + "\n" + string.Join(',', Enumerable.Range(0, 5_000)) + "\n")).ShouldContain("5,000 columns");
        Refusal(Zip(("readme.txt", "hello"))).ShouldContain("archive");
        Refusal(Zip(("word/document.xml", "<x/>"))).ShouldContain("Word");
        Refusal([.. "PK\u0003\u0004"u8, .. new byte[100]]).ShouldContain("damaged");
    }

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        var emptiness = new string(' ', 80 << 20);
        Refusal(Workbook($"<worksheet>{emptiness}</worksheet>", CompressionLevel.Optimal)).ShouldContain("unpacks to far more");
    }

    [Fact]
    public void A_workbook_gives_texts_dates_numbers_and_what_formulas_came_to()
    {
        const string sheet = """
            <worksheet><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Came</t></is></c><c r="D1" t="str"><v>Zip</v></c><c r="F1" t="inlineStr"><is><r><t>Yes</t></r><r><t>No</t></r></is></c></row>
            <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>9.05012345678E11</v></c><c r="C3" s="1"><v>45721.5</v></c><c r="D3" s="2"><v>815</v></c><c r="E3" t="e"><v>#N/A</v></c><c r="F3" t="b"><f>1=1</f><v>1</v></c></row>
            </sheetData></worksheet>
            """;
        Rows(Workbook(sheet), out var format).ShouldBe("Ayşe|905012345678|2025-03-05T12:00:00|00815|#N/A|true");
        format.Columns.ShouldBe(["Name", "Phone", "Came", "Zip", "Column E", "YesNo"]);
        format.HeaderRow.ShouldBe(1);
    }

    [Fact]
    public void A_page_of_html_under_the_name_of_a_workbook_is_read_as_the_table_it_is() =>
        Rows("<html><body><table><tr><th>Name</th><th>Phone</th></tr><tr><td>Ann &amp; Bob</td><td>+44 7400 123456</td></tr></table></body></html>"u8.ToArray(), out _).ShouldBe("Ann & Bob|+44 7400 123456");

    [Fact]
    public void Titles_above_the_header_are_passed_over_and_a_file_without_header_keeps_its_first_row()
    {
        Rows("Our leads,,\n\nName,Phone,City\nAnn,+447400123456,Leeds\nBob,+447400123457,York\n"u8.ToArray(), out var titled).ShouldBe("Ann|+447400123456|Leeds~Bob|+447400123457|York");
        titled.HeaderRow.ShouldBe(3);
        Rows("Ann Lee,+447400123456,ann@example.org\nBob Ray,+447400123457,bob@example.org\n"u8.ToArray(), out var bare).ShouldStartWith("Ann Lee|");
        bare.HeaderRow.ShouldBe(0);
    }

    private static string Rows(byte[] file, out ImportFormat format)
    {
        using var stream = new MemoryStream(file);
        format = TableFile.Inspect(stream, new FormatChoice(), null);
        using var rows = TableFile.Open(stream, format);
        var cells = new List<string>();
        var all = new List<string>();
        while (rows.Read(cells))
        {
            if (rows.Row > format.HeaderRow && cells.Exists(cell => cell.Length > 0))
                all.Add(string.Join('|', cells));
        }

        return string.Join('~', all);
    }

    private static string Refusal(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return Should.Throw<UnreadableTableException>(() =>
        {
            var format = TableFile.Inspect(stream, new FormatChoice(), null);
            using var rows = TableFile.Open(stream, format);
            var cells = new List<string>();
            while (rows.Read(cells))
                cells.Clear();
        }).Message;
    }

    private static byte[] Workbook(string sheet, CompressionLevel level = CompressionLevel.Fastest) => Zip(level,
        ("xl/workbook.xml", """<workbook xmlns:r="urn:r"><sheets><sheet name="Leads" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", """<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="sharedStrings.xml"/><Relationship Id="rId3" Target="styles.xml"/></Relationships>"""),
        ("xl/sharedStrings.xml", "<sst><si><t>Name</t></si><si><t>Phone</t></si><si><t>Ayşe</t></si></sst>"),
        ("xl/styles.xml", """<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>"""),
        ("xl/worksheets/sheet1.xml", sheet));

    private static byte[] Zip(params (string Name, string Text)[] parts) => Zip(CompressionLevel.Fastest, parts);

    private static byte[] Zip(CompressionLevel level, params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name, level).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }
}
