using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadDesk.Intake.Forms;

/// <param name="ApiUrl">The base address of LinkedIn's API.</param>
/// <param name="ApiVersion">Its <c>LinkedIn-Version</c>: year and month.</param>
public sealed record LinkedInOptions(Uri ApiUrl, string ApiVersion)
{
    public static LinkedInOptions Standard { get; } = new(new Uri("https://api.linkedin.com"), "202510");
}

/// <summary>What came of asking LinkedIn.</summary>
/// <param name="Body"><c>{"response":{…},"form":{…}}</c>; null when it was not given.</param>
/// <param name="RetryAfter">When to ask again; null when asking again does not help before somebody changes something.</param>
/// <param name="Problem">Why not, for people.</param>
internal sealed record LinkedInAnswer(byte[]? Body, TimeSpan? RetryAfter, string? Problem);

/// <summary>Asks LinkedIn for a lead that its notice only names, and for the form whose question ids the answers have.</summary>
internal sealed class LinkedInClient(LinkedInOptions options) : IDisposable
{
    private const int LongestBody = 1024 * 1024;

    private static readonly TimeSpan WhenDown = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhenLimited = TimeSpan.FromMinutes(5);

    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = TimeSpan.FromSeconds(20),
        MaxResponseContentBufferSize = LongestBody,
    };

    public async Task<LinkedInAnswer> FetchAsync(string responseId, string? formId, string token, CancellationToken cancellationToken)
    {
        var (response, refused) = await GetAsync($"/rest/leadFormResponses/{Uri.EscapeDataString(responseId)}", token, cancellationToken);
        if (response is null)
            return refused!;
        var form = formId is null ? null : (await GetAsync($"/rest/leadForms/{Uri.EscapeDataString(formId)}", token, cancellationToken)).Body;
        // Without the form the answers keep their question ids, which is better than no lead.
        return new(Encoding.UTF8.GetBytes(new JsonObject { ["response"] = response, ["form"] = form }.ToJsonString()), null, null);
    }

    public void Dispose() => client.Dispose();

    private async Task<(JsonNode? Body, LinkedInAnswer? Refused)> GetAsync(string path, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.ApiUrl, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("LinkedIn-Version", options.ApiVersion);
        request.Headers.Add("X-Restli-Protocol-Version", "2.0.0");
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                return (null, Refused(answer));
            return (JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken)), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, new(null, WhenDown, "LinkedIn cannot be reached, or its answer cannot be read. It is asked again."));
        }
    }

    private static LinkedInAnswer Refused(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Unauthorized => new(null, null, "LinkedIn does not take the access token any more. Set a new one in the form's settings, then process this again."),
        HttpStatusCode.Forbidden => new(null, null, "The access token may not read leads (r_marketing_leadgen_automation). Set one that may in the form's settings, then process this again."),
        HttpStatusCode.NotFound => new(null, null, "LinkedIn does not have this lead any more."),
        HttpStatusCode.TooManyRequests => new(null, answer.Headers.RetryAfter?.Delta ?? WhenLimited, "LinkedIn asks to wait. It is asked again."),
        >= HttpStatusCode.InternalServerError => new(null, WhenDown, "LinkedIn does not work just now. It is asked again."),
        var status => new(null, null, $"LinkedIn refused with status {(int)status}."),
    };
}
