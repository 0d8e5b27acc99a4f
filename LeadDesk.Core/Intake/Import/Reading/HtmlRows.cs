using System.Text;
using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>
/// The rows of the tables in an HTML page, which many programs save under the name <c>.xls</c>. Of nested tables the inner cells count.
/// <code>
/// &lt;table&gt;&lt;tr&gt;&lt;th&gt;Name&lt;/th&gt;&lt;th&gt;Phone&lt;/th&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;Ayşe&lt;/td&gt;&lt;td&gt;+90…&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;
/// </code>
/// </summary>
internal sealed class HtmlRows(string html) : ITableRows
{
    private readonly IEnumerator<HtmlToken> tokens = HtmlTokens.Read(html).GetEnumerator();
    private bool isOver;

    public int Row { get; private set; }

    public double Share => isOver ? 1 : 0;

    public bool Read(List<string> cells)
    {
        cells.Clear();
        var text = new StringBuilder();
        var (inRow, inCell) = (false, false);
        while (tokens.MoveNext())
        {
            var token = tokens.Current;
            switch (token)
            {
                case { Kind: HtmlTokenKind.Text } when inCell:
                    text.Append(token.Value);
                    break;
                case { Kind: HtmlTokenKind.Open, Value: "br" or "p" or "div" } when inCell && text.Length > 0:
                    text.Append('\n');
                    break;
                case { Value: "td" or "th" or "tr" or "table" }:
                    if (inCell)
                        cells.Add(Flatten(text));
                    text.Clear();
                    inCell = token is { Kind: HtmlTokenKind.Open, Value: "td" or "th" };
                    // A row that is not closed ends where the next begins.
                    if (inRow && cells.Count > 0 && token.Value is "tr" or "table")
                    {
                        Row++;
                        return true;
                    }

                    inRow |= inCell || token is { Kind: HtmlTokenKind.Open, Value: "tr" };
                    break;
            }
        }

        isOver = true;
        if (inCell)
            cells.Add(Flatten(text));
        if (cells.Count is 0)
            return false;
        Row++;
        return true;
    }

    public void Dispose() => tokens.Dispose();

    private static string Flatten(StringBuilder text) =>
        string.Join('\n', text.ToString().Split('\n').Select(static line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(static line => line.Length > 0));
}
