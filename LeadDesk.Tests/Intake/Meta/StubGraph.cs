using System.Net;
using System.Text;
using LeadDesk.Intake.Meta;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake.Meta;

/// <summary>Answers calls to Graph without a socket and remembers them.</summary>
internal sealed class StubGraph(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(HttpMethod Method, string Address, string? Authorization, string? Body)> Calls { get; } = [];

    public static GraphAccess Access { get; } = new("EAAB_test_token", null);

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public GraphClient Client(TimeProvider? time = null) =>
        new(MetaOptions.Standard with { GraphUrl = new Uri("https://graph.test/base/") }, time ?? new ManualTime(), this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Add((request.Method, Uri.UnescapeDataString(request.RequestUri!.ToString()), request.Headers.Authorization?.ToString(), body));
        return answer(request);
    }
}
