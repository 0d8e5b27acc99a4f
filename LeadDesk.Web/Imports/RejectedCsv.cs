using System.Globalization;
using System.Text;
using LeadDesk.Intake.Import;

namespace LeadDesk.Web.Imports;

/// <summary>The rejected rows as CSV: the file's own columns and "Reason", to be corrected and sent again. UTF-8 with a mark, because spreadsheets ask for it.</summary>
internal sealed class RejectedCsv(RejectedRows rejected) : IResult
{
    private const string ReasonColumn = "Reason";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        var name = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName($"{Path.GetFileNameWithoutExtension(rejected.FileName)}_rejected.csv");
        response.Headers.ContentDisposition = name.ToString();
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16, leaveOpen: true);
        await writer.WriteAsync(Line([.. rejected.Columns, Free(rejected.Columns)]));
        await foreach (var (_, reason, cells) in rejected.Rows.WithCancellation(httpContext.RequestAborted))
        {
            var padded = Enumerable.Range(0, Math.Max(rejected.Columns.Count, cells.Count)).Select(i => i < cells.Count ? cells[i] : "");
            await writer.WriteAsync(Line([.. padded, reason]));
        }
    }

    /// <summary>A file that was corrected and failed again has a Reason already.</summary>
    private static string Free(IReadOnlyList<string> columns)
    {
        var name = ReasonColumn;
        for (var number = 2; columns.Contains(name, StringComparer.OrdinalIgnoreCase); number++)
            name = string.Create(CultureInfo.InvariantCulture, $"{ReasonColumn} ({number})");
        return name;
    }

    private static string Line(IReadOnlyList<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>Neutralised like every export: what a spreadsheet would run as a formula gets an apostrophe, which the import takes off again.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '@' or '\t' or '\r' || (text.Length > 1 && text[0] is '+' or '-' && !char.IsAsciiDigit(text[1])))
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") || (text.Length > 0 && (text[0] is ' ' || text[^1] is ' ')) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
