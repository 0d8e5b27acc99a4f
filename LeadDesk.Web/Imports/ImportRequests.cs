using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Intake.Import.Reading;

namespace LeadDesk.Web.Imports;

/// <summary>What to change of an import before it runs. What is missing stays as it is.</summary>
internal sealed record ImportChangeRequest
{
    [Description("The parts of the mapping to change: {\"columns\":[{\"column\":\"Durum\",\"to\":\"stage\",\"values\":{\"Yeni\":\"New\"}}],\"existing\":\"skip\"}.")]
    public JsonElement? Mapping { get; init; }

    [Description("What happens to leads that are here already: skip, fill, overwrite or join.")]
    public string? Existing { get; init; }

    [Description("Such as windows-1254; found by itself otherwise.")]
    public string? Encoding { get; init; }

    [Description("One letter, or tab.")]
    public string? Separator { get; init; }

    [Description("Of a workbook.")]
    public string? Sheet { get; init; }

    [Description("The row with the columns' names; 0 when the file has none.")]
    public int? HeaderRow { get; init; }
}

/// <summary>The parts of an upload, for the API's description.</summary>
internal sealed record ImportUploadForm(
    [property: Description("CSV, TSV or XLSX, with its name.")] IFormFile File,
    [property: Description("As in PATCH, as JSON text.")] string? Mapping,
    [property: Description("What happens to leads that are here already: skip, fill, overwrite or join.")] string? Existing,
    string? Encoding,
    string? Separator,
    string? Sheet,
    int? HeaderRow);

internal sealed record ImportMappingRequest([property: Description("Replaces a mapping of the same name.")] string? Name);

internal static class ImportRequests
{
    /// <summary>Refused with the field's name.</summary>
    public static Outcome<FormatChoice> Choice(string? encoding, string? separator, string? sheet, string? headerRow)
    {
        if (encoding is { Length: > 0 } && TextEncodings.Find(encoding) is null)
            return Refusal.Invalid("encoding", $"This encoding is not known. Use one of: {string.Join(", ", TextEncodings.Names)}.");
        char? letter = separator?.Trim(' ').ToLowerInvariant() switch
        {
            null or "" => null,
            "tab" or "\\t" or "\t" => '\t',
            "comma" => ',',
            "semicolon" => ';',
            "pipe" => '|',
            [var single] => single,
            _ => '\0',
        };
        if (letter is '\0' or '"' or '\r' or '\n')
            return Refusal.Invalid("separator", "The separator must be one letter, such as a semicolon, or the word tab.");
        int? row = null;
        if (headerRow is { Length: > 0 })
        {
            if (!int.TryParse(headerRow, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return Refusal.Invalid("header_row", "Give the number of the row with the columns' names, or 0 when there is none.");
            row = number;
        }

        return new FormatChoice(string.IsNullOrEmpty(encoding) ? null : encoding, letter, string.IsNullOrEmpty(sheet) ? null : sheet, row);
    }
}
