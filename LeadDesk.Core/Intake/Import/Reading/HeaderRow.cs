using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>Which row names the columns. Pure.</summary>
internal static class HeaderRow
{
    /// <summary>Titles and empty lines stand above some tables, hardly more of them.</summary>
    private const int DeepestHeader = 15;

    private const int LongestName = 200;

    /// <param name="chosen">What a person says; 0 for none.</param>
    /// <returns>The row's number; 0 when the first row is a lead already.</returns>
    public static int Find(List<(int Row, string[] Cells)> sample, int? chosen)
    {
        if (chosen is { } row)
            return row is 0 || sample.Exists(one => one.Row == row) ? row : sample[0].Row;
        var typical = sample.GroupBy(static one => Filled(one.Cells)).MaxBy(static group => (group.Count(), group.Key))!.Key;
        for (var i = 0; i < Math.Min(DeepestHeader, sample.Count); i++)
        {
            var cells = sample[i].Cells;
            if (Filled(cells) < Math.Max(Math.Min(2, typical), typical * 0.5))
                continue;
            return IsNames(cells, sample, i) ? sample[i].Row : 0;
        }

        return IsNames(sample[0].Cells, sample, 0) ? sample[0].Row : 0;
    }

    /// <summary>Names of all columns: what the header leaves open is called by its letter, what it says twice is numbered.</summary>
    public static IReadOnlyList<string> Names(string[] header, int width)
    {
        var names = new List<string>(width);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < width; i++)
        {
            var written = i < header.Length ? MappedText.Clean(header[i]).ReplaceLineEndings(" ").Trim('\uFEFF', ' ') : "";
            var name = written.Length is 0 ? $"Column {Letter(i)}" : written.Length > LongestName ? MappedText.Piece(written, 0, LongestName) : written;
            var free = name;
            for (var number = 2; !seen.Add(free); number++)
                free = $"{name} ({number})";
            names.Add(free);
        }

        return names;
    }

    /// <summary>Whether the rows fall into columns at all; prose with commas does not.</summary>
    public static bool IsTable(List<(int Row, string[] Cells)> sample, int width)
    {
        if (sample.Count < 3)
            return true;
        var alike = sample.Count(row => Filled(row.Cells) >= Math.Max(2, width * 0.2));
        return alike * 3 >= sample.Count;
    }

    private static int Filled(string[] cells) => cells.Count(static cell => !string.IsNullOrWhiteSpace(cell));

    private static bool IsNames(string[] cells, List<(int Row, string[] Cells)> sample, int at)
    {
        var filled = cells.Where(static cell => !string.IsNullOrWhiteSpace(cell)).ToList();
        // Addresses, numbers and dates are nobody's column names.
        if (filled.Exists(static cell => FieldContent.IsEmail(cell) || FieldContent.IsPhone(cell, out _) || ColumnWords.IsValue(cell)))
            return filled.Count(static cell => ColumnWords.Exact(cell) is not null) * 2 > filled.Count;
        if (filled.Exists(static cell => ColumnWords.Exact(cell) is not null))
            return true;
        // A first row unlike the others: no digits above columns of digits, no text twice.
        var below = sample.Skip(at + 1).Take(50).ToList();
        if (below.Count is 0)
            return true;
        var differs = 0;
        for (var column = 0; column < cells.Length; column++)
        {
            var values = below.Where(row => column < row.Cells.Length && row.Cells[column].Length > 0).Select(row => row.Cells[column]).ToList();
            if (cells[column].Length > 0 && values.Count > 0 && !cells[column].Any(char.IsDigit) && values.Count(static value => value.Any(char.IsDigit) || FieldContent.IsEmail(value)) * 2 > values.Count)
                differs++;
        }

        return differs > 0;
    }

    private static string Letter(int index)
    {
        var letters = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return letters;
    }
}
