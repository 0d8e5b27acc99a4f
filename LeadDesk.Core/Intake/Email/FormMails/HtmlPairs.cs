using LeadDesk.Intake.Email.Mime;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Email.FormMails;

/// <summary>
/// Tables of labels and answers. Elementor and many others put both into one row, WPForms and Gravity Forms put the label
/// in bold into the row above:
/// <code>
/// &lt;tr&gt;&lt;th&gt;Name&lt;/th&gt;&lt;td&gt;Ali Khan&lt;/td&gt;&lt;/tr&gt;
/// &lt;tr&gt;&lt;td colspan="2"&gt;&lt;strong&gt;Email&lt;/strong&gt;&lt;/td&gt;&lt;/tr&gt; &lt;tr&gt;&lt;td&gt;&amp;nbsp;&lt;/td&gt;&lt;td&gt;ali@example.com&lt;/td&gt;&lt;/tr&gt;
/// </code>
/// </summary>
internal static class HtmlPairs
{
    private const int Most = 500;
    private const int LongestLabel = 200;

    public static IReadOnlyList<FormAnswer> Read(string html)
    {
        var answers = new List<FormAnswer>();
        string? label = null;
        foreach (var row in HtmlRows.Read(html.Length > HtmlText.Longest ? html[..HtmlText.Longest] : html))
        {
            var filled = row.Where(cell => cell.Text.Length > 0).ToList();
            if (row.Count is 2 && filled.Count > 0 && filled[0] == row[0] && IsLabel(row[0]))
            {
                Add(answers, row[0].Text, row[1].Text);
                label = null;
            }
            else if (filled is [var only])
            {
                if (label is not null && !only.IsBold)
                    Add(answers, label, only.Text);
                label = only.IsBold && IsLabel(only) ? only.Text : null;
            }
            else if (filled.Count > 1)
            {
                label = null;
            }

            if (answers.Count >= Most)
                break;
        }

        return answers;
    }

    private static bool IsLabel(HtmlCell cell) => cell.Text.Length <= LongestLabel && !cell.Text.Contains('\n', StringComparison.Ordinal);

    private static void Add(List<FormAnswer> answers, string label, string value)
    {
        var name = label.TrimEnd(':', '：', ' ', '*');
        if (name.Length > 0)
            answers.Add(new FormAnswer(name, name, value.Length > 0 ? [value] : [], FormLabels.Named(name) is LeadField.Message && value.Length > 0 ? LeadField.Message : null));
    }
}

/// <param name="IsBold">All of it is, or the cell is a heading.</param>
internal sealed record HtmlCell(string Text, bool IsBold);

/// <summary>The rows of all tables that hold no other table: those around them only place things.</summary>
internal static class HtmlRows
{
    private const int Deepest = 50;

    public static IEnumerable<IReadOnlyList<HtmlCell>> Read(string html)
    {
        var tables = new Stack<Table>();
        foreach (var (kind, value) in HtmlTokens.Read(html))
        {
            if (value is "table" && kind is not HtmlTokenKind.Text)
            {
                if (kind is HtmlTokenKind.Open && tables.Count < Deepest)
                    Nest(tables);
                else if (kind is HtmlTokenKind.Close && tables.TryPop(out var done) && done.EndRow() is { } last)
                    yield return last;
            }
            else if (tables.TryPeek(out var table) && table.Take(kind, value) is { } row)
            {
                yield return row;
            }
        }

        while (tables.TryPop(out var unclosed))
        {
            if (unclosed.EndRow() is { } row)
                yield return row;
        }
    }

    private static void Nest(Stack<Table> tables)
    {
        if (tables.TryPeek(out var outer))
            outer.HoldsTable = true;
        tables.Push(new Table());
    }

    private sealed class Table
    {
        private List<HtmlCell> cells = [];
        private HtmlLines? text;
        private int bold;
        private bool heading;
        private bool plain;

        public bool HoldsTable { get; set; }

        /// <returns>A row that has just ended.</returns>
        public List<HtmlCell>? Take(HtmlTokenKind kind, string value)
        {
            if (kind is HtmlTokenKind.Text)
                Write(value);
            else if (value is "tr")
                return EndRow();
            else if (value is "td" or "th")
                Cell(kind, value);
            else if (value is "b" or "strong" or "h1" or "h2" or "h3" or "h4")
                bold = Math.Max(0, bold + (kind is HtmlTokenKind.Open ? 1 : -1));
            else if (value is "br" or "p" or "div" or "li")
                text?.EndBlock("");
            return null;
        }

        public List<HtmlCell>? EndRow()
        {
            EndCell();
            var row = cells;
            bool isLeaf = !HoldsTable && row.Count > 0;
            cells = [];
            HoldsTable = false;
            return isLeaf ? row : null;
        }

        private void Write(string value)
        {
            text?.Write(value);
            plain |= bold is 0 && !string.IsNullOrWhiteSpace(value);
        }

        private void Cell(HtmlTokenKind kind, string value)
        {
            EndCell();
            if (kind is HtmlTokenKind.Close)
                return;
            text = new HtmlLines();
            heading = value is "th";
            bold = 0;
            plain = false;
        }

        private void EndCell()
        {
            if (text is not null)
                cells.Add(new HtmlCell(text.ToString(), heading || !plain));
            text = null;
        }
    }
}
