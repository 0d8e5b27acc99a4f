using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>The cells of a row by what they become, constants in the place of empty ones, and what has no place of its own. One serves one thread.</summary>
internal sealed class RowCells
{
    private const int LongestAnswer = LeadNormaliser.LongestMessage;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ImportRules rules;
    private readonly ImportColumn[][] columns;
    private readonly ArrayBufferWriter<byte> json = new(1024);

    public RowCells(ImportRules rules)
    {
        this.rules = rules;
        columns = [.. Enum.GetValues<ImportTarget>().Select(target => rules.Columns.Where(column => column.To == target).ToArray())];
    }

    /// <summary>What of the row at hand is kept under its own name.</summary>
    public List<(string Name, string Value)> Rest { get; } = [];

    /// <summary>The first that says something; further ones stay among the answers.</summary>
    public string? First(List<string> cells, ImportTarget target, int longest)
    {
        string? first = null;
        foreach (var column in Of(target))
        {
            if (Cell(cells, column) is not { } text)
                continue;
            if (first is null && text.Length <= longest)
                first = text;
            else
                Rest.Add((column.Name, text));
        }

        return first ?? Constant(target);
    }

    public string? Text(List<string> cells, ImportTarget target)
    {
        foreach (var column in Of(target))
        {
            if (Cell(cells, column) is { } text)
                return text;
        }

        return Constant(target);
    }

    public string? Joined(List<string> cells, ImportTarget target, string between)
    {
        string? joined = null;
        foreach (var column in Of(target))
        {
            if (Cell(cells, column) is { } text)
                joined = joined is null ? text : joined + between + text;
        }

        return joined ?? Constant(target);
    }

    public string? Cell(List<string> cells, ImportColumn column)
    {
        if (column.Index >= cells.Count)
            return null;
        var text = CellText.Clean(cells[column.Index]);
        if (text.Length is 0)
            return null;
        return rules.IsMeta || column.To is ImportTarget.Phone ? CellText.WithoutMetaPrefix(text) : text;
    }

    public string? Constant(ImportTarget target) =>
        rules.Constants.Count > 0 && rules.Constants.TryGetValue(ImportMappingJson.Word(target), out var text) && CellText.Clean(text) is { Length: > 0 } clean ? clean : null;

    public ImportColumn[] Of(ImportTarget target) => columns[(int)target];

    public void AddAnswers(List<string> cells)
    {
        foreach (var column in Of(ImportTarget.Answer))
        {
            if (Cell(cells, column) is { } text)
                Rest.Add((column.Name, text));
        }
    }

    /// <summary><see cref="Rest"/> as a JSON object; null when there is none.</summary>
    public string? Json()
    {
        if (Rest.Count is 0)
            return null;
        json.ResetWrittenCount();
        var names = new HashSet<string>(StringComparer.Ordinal);
        using (var writer = new Utf8JsonWriter(json, Readable))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in Rest)
            {
                var free = name;
                for (var number = 2; !names.Add(free); number++)
                    free = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
                writer.WriteString(free, value.Length <= LongestAnswer ? value : MappedText.Piece(value, 0, LongestAnswer));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>For sentences.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : MappedText.Piece(text, 0, 59) + "…";
}
