using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace LeadDesk.Web.Forms;

/// <summary>
/// Reads the bodies of forms. Only multipart may be as large as an upload, and only a few of those are in memory at once:
/// everybody who sees a form knows its address.
/// </summary>
internal sealed class FormUploads(LeadDeskOptions options) : IDisposable
{
    private const int LargeAtOnce = 4;

    private readonly SemaphoreSlim slots = new(LargeAtOnce, LargeAtOnce);

    /// <summary>Reads the body and has it worked on.</summary>
    /// <exception cref="BadHttpRequestException">413 when it is too large.</exception>
    public async Task<IResult> ReadAsync(HttpContext context, Func<byte[], Task<IResult>> work)
    {
        var request = context.Request;
        var isMultipart = request.ContentType?.TrimStart().StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true;
        var allowed = isMultipart ? Math.Max(options.Limits.UploadBytes, options.Limits.BodyBytes) : options.Limits.BodyBytes;
        var tooLarge = request.ContentLength > allowed;
        // What is too large is thrown away as it arrives, for a few seconds: a server that hangs up at once takes its answer with it.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = tooLarge ? request.ContentLength : allowed;
        if (tooLarge)
            return TooLarge(allowed, isMultipart);
        if (!isMultipart || request.ContentLength <= options.Limits.BodyBytes)
            return await work(await request.ReadBodyAsync(CancellationToken.None));
        await slots.WaitAsync(context.RequestAborted);
        try
        {
            return await work(await request.ReadBodyAsync(CancellationToken.None));
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose() => slots.Dispose();

    private static ProblemResult TooLarge(long allowed, bool isMultipart) => new(
        StatusCodes.Status413PayloadTooLarge,
        isMultipart ? $"The form with its files is larger than {allowed / 1024 / 1024} MB. Send smaller files." : $"The form is larger than {allowed / 1024} KB. Send files as multipart/form-data.");
}
