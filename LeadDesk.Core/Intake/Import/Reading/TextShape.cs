using System.Buffers;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>Finds separator and quote of a text by trying them on its beginning. Pure.</summary>
internal static class TextShape
{
    /// <summary>Rows that are looked at.</summary>
    private const int SampleRows = 200;

    private const string Separators = ",;\t|";

    private static readonly SearchValues<char> SeparatorLetters = SearchValues.Create(Separators);

    /// <param name="start">The beginning of the text, without a byte order mark.</param>
    /// <param name="skip">Characters in front of the table: Excel's <c>sep=;</c> line.</param>
    public static DelimitedShape Detect(string start, out int skip)
    {
        if (Declared(start, out skip) is { } declared)
            return new(declared, QuoteOf(start, declared));
        var best = new DelimitedShape(',', '"');
        var bestScore = double.MinValue;
        foreach (var separator in Separators)
        {
            if (!start.Contains(separator, StringComparison.Ordinal))
                continue;
            var shape = new DelimitedShape(separator, QuoteOf(start, separator));
            var score = Score(start, shape);
            if (score > bestScore)
                (best, bestScore) = (shape, score);
        }

        return best;
    }

    /// <summary><c>sep=;</c> in the first line, with or without quotes around it.</summary>
    private static char? Declared(string start, out int skip)
    {
        skip = 0;
        var line = start.AsSpan(0, Math.Min(start.Length, 12));
        var length = line.IndexOfAny('\r', '\n');
        if (length < 0)
            return null;
        var bare = line[..length].Trim('"');
        if (!bare.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || bare.Length is not (4 or 5))
            return null;
        skip = start.AsSpan(length).StartsWith("\r\n") ? length + 2 : length + 1;
        // "sep=" and a tab are sometimes trimmed on their way.
        return bare.Length is 5 ? bare[4] : '\t';
    }

    /// <summary>Single quotes only where cells stand in them and none in double ones.</summary>
    private static char QuoteOf(string start, char separator)
    {
        var (single, twice) = (0, 0);
        for (var at = 0; at < start.Length; at++)
        {
            if (start[at] is not ('\'' or '"') || (at > 0 && start[at - 1] != separator && start[at - 1] is not ('\n' or '\r')))
                continue;
            // Excel's mark for "this is text" stands in front of a cell, without a second one behind it.
            var close = start.AsSpan(at + 1).IndexOf(start[at]);
            var ends = close >= 0 && (at + close + 2 >= start.Length || start[at + close + 2] == separator || start[at + close + 2] is '\n' or '\r' || start[at + close + 2] == start[at]);
            if (start[at] is '"')
                twice++;
            else if (ends && !start.AsSpan(at + 1, close).ContainsAny('\n', '\r') && !start.AsSpan(at + 1, close).Contains(separator))
                single++;
            else if (ends && !start.AsSpan(at + 1, close).ContainsAny('\n', '\r'))
                single += 2;
        }

        return single > 1 && twice is 0 ? '\'' : '"';
    }

    /// <summary>How alike the rows are in their number of cells, and then how many these are.</summary>
    private static double Score(string start, DelimitedShape shape)
    {
        using var rows = new DelimitedRows(new StringReader(start), shape);
        var counts = new Dictionary<int, int>();
        var cells = new List<string>();
        var (total, foreign) = (0, 0);
        while (total < SampleRows && rows.Read(cells))
        {
            if (cells is [""])
                continue;
            total++;
            counts[cells.Count] = counts.GetValueOrDefault(cells.Count) + 1;
            // A cell that is full of another separator was not taken apart.
            foreign += cells.Exists(cell => cell.Length < 200 && cell.AsSpan().Count(';') + cell.AsSpan().Count('\t') + cell.AsSpan().Count('|') >= 3) ? 1 : 0;
        }

        if (total is 0)
            return double.MinValue;
        // The sample ends within a row.
        var (width, rowsOfWidth) = counts.MaxBy(count => (count.Key > 1 ? count.Value : 0, count.Key));
        if (width <= 1)
            return -1;
        var alike = Math.Min(1.0, (rowsOfWidth + 1.0) / total);
        return alike + (Math.Min(width, 50) * 0.004) - (0.5 * foreign / total) + (counts.Keys.Max() == width ? 0.05 : 0);
    }

    internal static bool HasSeparator(string text) => text.AsSpan().ContainsAny(SeparatorLetters);
}
