using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LeadDesk.Exports;

/// <summary>One list of objects, named by the columns' words; empty cells are null.</summary>
public sealed class JsonExportWriter : IExportWriter
{
    // Text stays readable; the answer is never put into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ExportBuffer buffer = new();
    private readonly PipeWriter pipe;
    private readonly Utf8JsonWriter json;
    private JsonEncodedText[] names = [];

    public JsonExportWriter(PipeWriter pipe) => (this.pipe, json) = (pipe, new Utf8JsonWriter(buffer, Options));

    public void Begin(IReadOnlyList<ExportHeader> columns)
    {
        names = [.. columns.Select(column => JsonEncodedText.Encode(column.Word))];
        json.WriteStartArray();
    }

    public void Write(ReadOnlySpan<ExportCell> row)
    {
        json.WriteStartObject();
        for (var at = 0; at < row.Length; at++)
            Write(names[at], row[at]);
        json.WriteEndObject();
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await json.FlushAsync(cancellationToken);
        await buffer.HandOverAsync(pipe, cancellationToken);
    }

    public ValueTask EndAsync(CancellationToken cancellationToken)
    {
        json.WriteEndArray();
        return FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await json.DisposeAsync();
        buffer.Dispose();
    }

    private void Write(JsonEncodedText name, in ExportCell cell)
    {
        switch (cell.Kind)
        {
            case ExportCellKind.Text:
                json.WriteString(name, cell.Text.Span);
                break;
            case ExportCellKind.Number:
                WriteNumber(name, cell);
                break;
            case ExportCellKind.Time:
                json.WriteString(name, cell.Time);
                break;
            case ExportCellKind.Day:
                json.WriteString(name, cell.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case ExportCellKind.Flag:
                json.WriteBoolean(name, cell.Flag);
                break;
            default:
                json.WriteNull(name);
                break;
        }
    }

    private void WriteNumber(JsonEncodedText name, in ExportCell cell)
    {
        if (cell.Places is 0)
            json.WriteNumber(name, cell.Units);
        else
            json.WriteNumber(name, cell.Number);
    }
}
