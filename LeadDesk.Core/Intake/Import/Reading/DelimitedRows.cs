namespace LeadDesk.Intake.Import.Reading;

/// <summary>How the cells of a text file are kept apart.</summary>
/// <param name="Quote"><c>\0</c> when nothing is quoted.</param>
internal readonly record struct DelimitedShape(char Separator, char Quote)
{
    /// <summary>Stands for "no quotes", and is taken out of every cell.</summary>
    public const char NoQuote = '\0';
}

/// <summary>
/// Rows of separated text, as RFC 4180 says and as programs write all the same:
/// <code>
/// a,"b, with ""quotes"" and
/// a line end",37°36'37.8"N,"says "hi" unescaped","and \"so\""
/// </code>
/// Lines end with CRLF, LF or CR. A quote that opens a cell and is never closed is read as a letter, so that it costs its own row and not
/// the rest of the file.
/// </summary>
internal sealed class DelimitedRows : ITableRows
{
    /// <summary>In characters: the longest row that is looked at for the end of a quote.</summary>
    private const int LongestRow = 1 << 20;

    /// <summary>So many quotes that are never closed are no quotes; looking for the end of each would take ever longer.</summary>
    private const int MostUnclosed = 8;

    private const int BlockSize = 1 << 16;

    private readonly TextReader reader;
    private readonly Func<double> share;
    private readonly char separator;
    private char quote;
    private char[] buffer = new char[BlockSize];
    private int start;
    private int end;
    private bool isLast;
    private int unclosed;

    /// <param name="share">How much of the file the reader has taken.</param>
    public DelimitedRows(TextReader reader, DelimitedShape shape, Func<double>? share = null)
    {
        (this.reader, this.share) = (reader, share ?? (static () => 0));
        (separator, quote) = (shape.Separator, shape.Quote);
    }

    public int Row { get; private set; }

    public double Share => share();

    public bool Read(List<string> cells)
    {
        HashSet<int>? literal = null;
        while (true)
        {
            cells.Clear();
            switch (Parse(cells, literal, out var next, out var openQuoteAt))
            {
                case Parsed.Nothing:
                    return false;
                case Parsed.Row:
                    start = next;
                    Row++;
                    return true;
                case Parsed.Unclosed:
                    (literal ??= []).Add(openQuoteAt);
                    if (++unclosed >= MostUnclosed)
                        quote = DelimitedShape.NoQuote;
                    break;
                case Parsed.NeedsMore:
                    Fill();
                    break;
            }
        }
    }

    public void Dispose() => reader.Dispose();

    /// <param name="literal">Quotes that open nothing, counted from the row's start.</param>
    private Parsed Parse(List<string> cells, HashSet<int>? literal, out int next, out int openQuoteAt)
    {
        next = openQuoteAt = -1;
        if (start == end)
            return isLast ? Parsed.Nothing : Parsed.NeedsMore;
        var at = start;
        while (true)
        {
            var opens = at < end && buffer[at] == quote && quote != DelimitedShape.NoQuote && literal?.Contains(at - start) is not true;
            var result = opens ? Quoted(cells, ref at, out openQuoteAt) : Plain(cells, ref at);
            if (result is not Parsed.Cell)
            {
                next = at;
                return result;
            }
        }
    }

    private Parsed Plain(List<string> cells, ref int at)
    {
        var length = buffer.AsSpan(at, end - at).IndexOfAny(separator, '\n', '\r');
        if (length < 0)
        {
            if (!isLast && end - start < LongestRow)
                return Parsed.NeedsMore;
            if (end - start >= LongestRow)
                throw new UnreadableTableException($"Row {Row + 1} is longer than a million characters. This file is no table, or its lines were lost: save it again as CSV.");
            length = end - at;
        }

        cells.Add(Clean(buffer.AsSpan(at, length)));
        at += length;
        return AfterCell(ref at);
    }

    private Parsed Quoted(List<string> cells, ref int at, out int openQuoteAt)
    {
        openQuoteAt = at - start;
        var cell = at + 1;
        var hasQuotes = false;
        for (var from = cell; ;)
        {
            var step = buffer.AsSpan(from, end - from).IndexOf(quote);
            // Whether a quote ends the cell is seen from the letter behind it.
            if (step < 0 || (from + step + 1 == end && !isLast))
                return isLast || end - start >= LongestRow ? Parsed.Unclosed : Parsed.NeedsMore;
            var found = from + step;
            if (found + 1 < end && buffer[found + 1] == quote)
            {
                hasQuotes = true;
                from = found + 2;
                continue;
            }

            if (found + 1 < end && buffer[found + 1] != separator && buffer[found + 1] is not ('\n' or '\r'))
            {
                // Not escaped, as some programs write; spaces between quote and separator are no text.
                if (EndOfPadding(found + 1) is { } padded)
                {
                    cells.Add(Unescape(buffer.AsSpan(cell, found - cell), hasQuotes));
                    at = padded;
                    return AfterCell(ref at);
                }

                hasQuotes = true;
                from = found + 1;
                continue;
            }

            cells.Add(Unescape(buffer.AsSpan(cell, found - cell), hasQuotes));
            at = found + 1;
            return AfterCell(ref at);
        }
    }

    private int? EndOfPadding(int from)
    {
        var at = from;
        while (at < end && buffer[at] is ' ')
            at++;
        return at > from && (at == end ? isLast : buffer[at] == separator || buffer[at] is '\n' or '\r') ? at : null;
    }

    /// <summary>After a separator comes another cell, after a line end another row.</summary>
    private Parsed AfterCell(ref int at)
    {
        if (at >= end)
            return isLast ? Parsed.Row : Parsed.NeedsMore;
        if (buffer[at] == separator)
        {
            at++;
            return at >= end && !isLast ? Parsed.NeedsMore : Parsed.Cell;
        }

        if (buffer[at] is '\n')
        {
            at++;
            return Parsed.Row;
        }

        if (at + 1 >= end && !isLast)
            return Parsed.NeedsMore;
        at += at + 1 < end && buffer[at + 1] is '\n' ? 2 : 1;
        return Parsed.Row;
    }

    private string Unescape(ReadOnlySpan<char> cell, bool hasQuotes)
    {
        if (!hasQuotes)
            return Clean(cell);
        var text = new System.Text.StringBuilder(cell.Length);
        for (var at = 0; at < cell.Length; at++)
        {
            var c = cell[at];
            if (c is '\\' && at + 1 < cell.Length && cell[at + 1] == quote && !(at + 2 < cell.Length && cell[at + 2] == quote))
                continue;
            text.Append(c);
            if (c == quote && at + 1 < cell.Length && cell[at + 1] == quote)
                at++;
        }

        return Clean(text.ToString());
    }

    private static string Clean(ReadOnlySpan<char> cell) =>
        cell.IsEmpty ? "" : cell.Contains('\0') ? cell.ToString().Replace("\0", "", StringComparison.Ordinal) : cell.ToString();

    /// <summary>Moves the row to the front and reads behind it, in a larger buffer when the row fills this one.</summary>
    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = reader.Read(buffer, end, buffer.Length - end);
        isLast = read is 0;
        end += read;
    }

    private enum Parsed
    {
        Cell,
        Row,
        Nothing,
        NeedsMore,
        Unclosed,
    }
}
