using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LeadDesk.Common;

namespace LeadDesk.Intake.Forms;

/// <summary>A body taken apart: JSON that may hold several submissions, or the fields and files of one.</summary>
internal sealed record FormBody(JsonDocument? Json, FormNode? Fields, IReadOnlyList<IncomingFile> Files) : IDisposable
{
    private static readonly Refusal Unreadable =
        Refusal.Invalid("$", "The body is no form that can be read. Send JSON, application/x-www-form-urlencoded or multipart/form-data.");

    private static readonly SearchValues<byte> NeverInNames = SearchValues.Create(" <>{}\n"u8);

    /// <summary>Fields in which senders pack the whole form as JSON.</summary>
    private static readonly string[] Packed = ["payload", "data", "json", "body", "rawRequest", "form_data", "formData", "fields", "lead", "submission"];

    public static Outcome<FormBody> Read(byte[] body, string? contentType)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var media) ? media : null;
        var charset = type?.CharSet;
        ReadOnlySpan<byte> bytes = body;
        if (bytes.Trim(" \t\r\n\0"u8).IsEmpty)
            return Refusal.Invalid("$", "The body is empty: send the fields of the form.");
        var boundary = type?.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
        if (type?.MediaType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true && string.IsNullOrEmpty(boundary) && FormMultipart.Sniff(bytes) is null)
            return Refusal.Invalid("$", "The Content-Type header names no boundary. Let the program that sends the form set this header by itself.");
        if (!string.IsNullOrEmpty(boundary) && bytes.IndexOf(Encoding.Latin1.GetBytes("--" + boundary)) >= 0)
            return ReadMultipart(body, boundary);
        if (FormMultipart.Sniff(bytes) is { } sniffed)
            return ReadMultipart(body, sniffed);
        // The first characters are more telling than what the header says.
        var text = FormText.Decode(body, charset);
        var start = text.AsSpan().TrimStart();
        if (start.Length > 0 && start[0] is '{' or '[' or '"')
            return ReadJson(text, body, type?.MediaType, charset);
        if (IsUrlEncoded(bytes, IsSaidToBeUrlEncoded(type?.MediaType)))
            return ReadUrlEncoded(body, charset);
        if (type?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) is true && FormJson.TryParse(text, out var refusal) is null)
            return refusal!;
        return Unreadable;
    }

    public void Dispose() => Json?.Dispose();

    private static Outcome<FormBody> ReadJson(string text, byte[] body, string? mediaType, string? charset)
    {
        if (FormJson.TryParse(text, out var refusal) is not { } json)
            return IsSaidToBeUrlEncoded(mediaType) && IsUrlEncoded(body, said: true) ? ReadUrlEncoded(body, charset) : refusal!;
        // Connectors pack JSON twice: "{\"email\":…}".
        if (json.RootElement.ValueKind is JsonValueKind.String)
        {
            var inner = json.RootElement.GetString()!;
            json.Dispose();
            if (!inner.AsSpan().TrimStart().StartsWith("{") || FormJson.TryParse(inner, out _) is not { } unpacked)
                return Unreadable;
            json = unpacked;
        }

        return new FormBody(json, null, []);
    }

    private static Outcome<FormBody> ReadMultipart(byte[] body, string boundary)
    {
        var parts = FormMultipart.Read(body, boundary);
        if (!parts.Succeeded)
            return parts.Refusal;
        var charset = parts.Value.Where(part => part.Name is "_charset_").Select(part => FormText.Decode(part.Content.Span, null)).FirstOrDefault();
        var fields = new List<KeyValuePair<string, string>>();
        var files = new List<IncomingFile>();
        foreach (var part in parts.Value)
        {
            if (part.FileName is null)
                fields.Add(new(part.Name, FormText.Decode(part.Content.Span, part.Charset ?? charset)));
            else if (part.FileName.Length > 0 || part.Content.Length > 0)
                files.Add(new IncomingFile(BareName(part.FileName), part.ContentType ?? "application/octet-stream", part.Content));
        }

        if (files.Count > FormLimits.Files)
            return FormLimits.TooManyFiles;
        return ReadFields(fields, files);
    }

    private static Outcome<FormBody> ReadUrlEncoded(ReadOnlyMemory<byte> body, string? charset)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var pair in body.Span.Split((byte)'&'))
        {
            var written = body.Span[pair].Trim("\r\n\t \0"u8);
            if (written.IsEmpty)
                continue;
            var equals = written.IndexOf((byte)'=');
            var name = FormText.UrlDecode(equals < 0 ? written : written[..equals], charset);
            fields.Add(new(name, equals < 0 ? "" : FormText.UrlDecode(written[(equals + 1)..], charset)));
            if (fields.Count > FormLimits.Fields * 10)
                return FormLimits.TooManyFields;
        }

        return ReadFields(fields, []);
    }

    private static Outcome<FormBody> ReadFields(List<KeyValuePair<string, string>> fields, IReadOnlyList<IncomingFile> files)
    {
        var nodes = new List<KeyValuePair<string, FormNode>>(fields.Count);
        foreach (var (name, value) in fields)
        {
            if (name.Length > FormLimits.NameLength)
                return FormLimits.NameTooLong;
            if (value.Length > FormLimits.ValueLength)
                return FormLimits.ValueTooLong;
            if (value.AsSpan().TrimStart() is ['{' or '[', ..] && Packed.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase) && FormJson.TryParse(value, out _) is { } json)
            {
                // A post whose only field is JSON is that JSON.
                if (fields.Count is 1)
                    return new FormBody(json, null, files);
                using (json)
                {
                    var unpacked = FormJson.Read(json.RootElement);
                    if (!unpacked.Succeeded)
                        return unpacked.Refusal;
                    nodes.Add(new(name, unpacked.Value));
                }
            }
            else
            {
                nodes.Add(new(name, FormNode.Of(value)));
            }
        }

        return FormNames.Read(nodes) is { } root ? new FormBody(null, root, files) : FormLimits.TooDeep;
    }

    private static bool IsSaidToBeUrlEncoded(string? mediaType) => mediaType?.Contains("urlencoded", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Names and values with nothing in them that would have to be written as %xx, but for what careless programs leave in.</summary>
    /// <param name="said">The sender calls it so.</param>
    private static bool IsUrlEncoded(ReadOnlySpan<byte> body, bool said)
    {
        var equals = body.IndexOf((byte)'=');
        if (equals <= 0 || body[0] is (byte)'<')
            return false;
        foreach (var c in body)
        {
            if (c < ' ' && c is not ((byte)'\r' or (byte)'\n' or (byte)'\t'))
                return false;
        }

        return said || !body[..equals].ContainsAny(NeverInNames);
    }

    private static string BareName(string fileName)
    {
        var bare = fileName[(fileName.AsSpan().LastIndexOfAny('/', '\\') + 1)..].Trim();
        return bare.Length <= 250 ? bare : bare[^250..];
    }
}
