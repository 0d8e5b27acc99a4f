using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LeadDesk.Common;

namespace LeadDesk.Intake.Forms;

/// <summary>Asks customers' sites; says in words what went wrong.</summary>
internal sealed class FormPullClient(OutboundHttp outbound)
{
    private const int LongestAnswer = 20 * 1024 * 1024;

    /// <param name="credentials"><c>key:secret</c> for Basic, or a token; null for none.</param>
    public async Task<Outcome<byte[]>> GetAsync(Uri address, string? credentials, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("LeadDesk");
        if (credentials is not null)
            request.Headers.Authorization = Authorization(credentials);
        try
        {
            using var answer = await outbound.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return Refusal.Invalid("url", Refused(answer.StatusCode));
            return await ReadAsync(answer.Content, cancellationToken) is { } body ? body : Refusal.Invalid("url", "The site's answer is larger than 20 MB. Ask for fewer submissions at a time.");
        }
        catch (HttpRequestException exception)
        {
            return Refusal.Invalid("url", exception.GetBaseException() is InnerAddressException
                ? "This address is not on the public internet."
                : "The site cannot be reached. Check the address; it is tried again.");
        }
        catch (IOException)
        {
            return Refusal.Invalid("url", "The site broke off its answer. It is tried again.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refusal.Invalid("url", "The site took too long to answer. It is tried again.");
        }
    }

    private static AuthenticationHeaderValue Authorization(string credentials) => credentials.Contains(':', StringComparison.Ordinal)
        ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)))
        : new("Bearer", credentials);

    private static string Refused(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "The site does not take the key, or the key may not read submissions. Make a new one there and set it here.",
        HttpStatusCode.NotFound => "The site has nothing at this address. Check the address and the form id, and that the plug-in's REST API is switched on.",
        HttpStatusCode.TooManyRequests => "The site asks for fewer calls. It is tried again; a longer interval helps.",
        >= HttpStatusCode.InternalServerError => $"The site does not work just now (status {(int)status}). It is tried again.",
        _ => $"The site refused with status {(int)status}. Check the address.",
    };

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > LongestAnswer)
            return null;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > LongestAnswer)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
