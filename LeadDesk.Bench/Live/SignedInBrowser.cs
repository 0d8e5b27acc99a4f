using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LeadDesk.Bench.Running;

namespace LeadDesk.Bench.Live;

/// <param name="Markers">Its interactive parts, as JSON, in the order of the page.</param>
/// <param name="State">What the prerendered page hands on to the circuit.</param>
internal sealed record LoadedPage(IReadOnlyList<string> Markers, string State);

/// <summary>Signs the admin in by the form and loads pages, as a browser does.</summary>
internal sealed partial class SignedInBrowser : IDisposable
{
    private readonly HttpClient client;
    private readonly CookieContainer cookies = new();
    private readonly Uri address;

    private SignedInBrowser(Uri address)
    {
        this.address = address;
        client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };
    }

    public string Cookie => cookies.GetCookieHeader(address);

    public static async Task<SignedInBrowser> OpenAsync(Uri address)
    {
        var browser = new SignedInBrowser(address);
        var form = await browser.client.GetStringAsync("login");
        var fields = HiddenField().Matches(form).ToDictionary(
            field => Attribute(field.Value, "name"), field => WebUtility.HtmlDecode(Attribute(field.Value, "value")), StringComparer.Ordinal);
        (fields["Email"], fields["Password"]) = (LeadDeskApp.AdminEmail, LeadDeskApp.AdminPassword);
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await browser.client.PostAsync("login", content);
        answer.EnsureSuccessStatusCode();
        if (answer.RequestMessage?.RequestUri?.AbsolutePath is not "/")
            throw new InvalidOperationException("Signing in did not lead to the first page.");
        return browser;
    }

    /// <summary>A page with its interactive parts as comments:
    /// <code>
    /// &lt;!--Blazor:{"type":"server","prerenderId":"6a…","key":{…},"sequence":0,"descriptor":"CfDJ8…"}--&gt; … &lt;!--Blazor:{"prerenderId":"6a…"}--&gt;
    /// &lt;!--Blazor-Server-Component-State:CfDJ8…--&gt;
    /// </code>
    /// </summary>
    public async Task<LoadedPage> LoadAsync(string path)
    {
        var html = await client.GetStringAsync(path);
        var markers = Marker().Matches(html).Select(match => match.Groups["json"].Value).Where(json => JsonDocument.Parse(json).RootElement.TryGetProperty("descriptor", out _)).ToList();
        if (markers.Count is 0)
            throw new InvalidOperationException($"The page {path} has no interactive part.");
        return new LoadedPage(markers, State().Match(html).Groups["state"].Value);
    }

    public void Dispose() => client.Dispose();

    private static string Attribute(string element, string name) => Regex.Match(element, $"""\b{name}="(?<value>[^"]*)" """.TrimEnd(), RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["value"].Value;

    [GeneratedRegex("""<input[^>]*type="hidden"[^>]*>""", RegexOptions.None, 1000)]
    private static partial Regex HiddenField();

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.Singleline, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^-]*)-->", RegexOptions.None, 1000)]
    private static partial Regex State();
}
