using System.Text;

namespace LeadDesk.Bench.Reporting;

/// <summary>A table in Markdown, with columns of even width so that it reads well as plain text too.</summary>
internal sealed class Table(params string[] head)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells)
    {
        if (cells.Length != head.Length)
            throw new ArgumentException($"The table has {head.Length} columns.", nameof(cells));
        rows.Add(cells);
    }

    public override string ToString()
    {
        var widths = head.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        var text = new StringBuilder();
        Append(text, head, widths);
        Append(text, [.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in rows)
            Append(text, row, widths);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] cells, int[] widths) =>
        text.Append("| ").AppendJoin(" | ", cells.Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
}
