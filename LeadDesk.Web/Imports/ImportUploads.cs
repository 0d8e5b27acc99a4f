using System.Text;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LeadDesk.Web.Imports;

/// <summary>What somebody posted: a file, and what he chose about it.</summary>
/// <param name="File">Temporary; whoever got this closes it.</param>
internal sealed record PostedImport(FileStream File, string FileName, FormatChoice Choice, JsonElement? Mapping);

/// <summary>Reads uploads piece by piece into a temporary file, so that memory does not follow their size.</summary>
internal sealed class ImportUploads(LeadDeskOptions options)
{
    /// <summary>A mapping of five hundred columns with their values; in bytes.</summary>
    private const int LongestField = 1 << 20;

    private const int MostFields = 20;

    public long Largest => options.Limits.UploadBytes;

    public string TooLargeWords => $"The file is larger than {options.Limits.UploadMegabytes} MB. Split it, or raise LeadDesk:Limits:UploadMegabytes.";

    /// <returns>Null with an answer when it cannot be taken.</returns>
    public async Task<(PostedImport? Posted, ProblemResult? Problem)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var tooLarge = request.ContentLength > Largest + LongestField;
        // What is too large is thrown away as it arrives, for a few seconds: a server that hangs up at once takes its answer with it.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = tooLarge ? request.ContentLength : Largest + LongestField;
        if (tooLarge)
            return (null, TooLarge());
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return (null, new ProblemResult(StatusCodes.Status415UnsupportedMediaType, "Send the file as multipart/form-data in a part named “file”."));
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            return (null, Problems.Unreadable("The multipart body has no boundary. Send the file as multipart/form-data in a part named “file”."));
        return await ReadPartsAsync(new MultipartReader(boundary, request.Body) { BodyLengthLimit = Largest + LongestField }, cancellationToken);
    }

    private async Task<(PostedImport? Posted, ProblemResult? Problem)> ReadPartsAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        FileStream? file = null;
        var fileName = "";
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition)
                    continue;
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                if (disposition.IsFileDisposition() && file is null)
                {
                    fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
                    file = TemporaryFiles.Create();
                    await section.Body.CopyToAsync(file, cancellationToken);
                    if (file.Length > Largest)
                        return await RefuseAsync(file, TooLarge());
                }
                else if (fields.Count < MostFields)
                {
                    fields[name] = await TextAsync(section.Body, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return await RefuseAsync(file, Problems.Unreadable("The multipart body breaks off or is not what it says. Send it again."));
        }
        catch
        {
            await CloseAsync(file);
            throw;
        }

        if (file is null)
            return (null, Refusal.Invalid("file", "Send the file in a part named “file”, with its name.").ToProblem());
        var read = Choose(fields);
        return read.Problem is null ? (new PostedImport(file, fileName, read.Choice, read.Mapping), null) : await RefuseAsync(file, read.Problem);
    }

    private static (FormatChoice Choice, JsonElement? Mapping, ProblemResult? Problem) Choose(Dictionary<string, string> fields)
    {
        JsonElement? mapping = null;
        if (fields.GetValueOrDefault("mapping") is { Length: > 0 } text)
        {
            try
            {
                using var json = JsonDocument.Parse(text);
                mapping = json.RootElement.Clone();
            }
            catch (JsonException)
            {
                return (new(), null, Refusal.Invalid("mapping", "The mapping is not JSON.").ToProblem());
            }
        }

        var choice = ImportRequests.Choice(fields.GetValueOrDefault("encoding"), fields.GetValueOrDefault("separator"), fields.GetValueOrDefault("sheet"), fields.GetValueOrDefault("header_row"));
        if (!choice.Succeeded)
            return (new(), null, choice.Refusal.ToProblem());
        if (fields.GetValueOrDefault("existing") is { Length: > 0 } existing && mapping is null)
            mapping = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["existing"] = existing });
        return (choice.Value, mapping, null);
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (text.Length + read > LongestField)
                throw new InvalidDataException("A field of the form is too long.");
            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private ProblemResult TooLarge() => new(StatusCodes.Status413PayloadTooLarge, TooLargeWords);

    private static async Task<(PostedImport?, ProblemResult?)> RefuseAsync(FileStream? file, ProblemResult problem)
    {
        await CloseAsync(file);
        return (null, problem);
    }

    private static ValueTask CloseAsync(FileStream? file) => file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
