using System.Net.Http.Headers;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Meta;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>Graph as a channel reaches it: its address and its token.</summary>
internal sealed class ChannelGraph : IDisposable
{
    private const int MostBytesOfAnswer = 64 * 1024;

    private readonly ISecretBox secrets;
    private readonly MetaOptions meta;
    private readonly ConversationOptions channels;

    public ChannelGraph(ISecretBox secrets, MetaOptions meta, ConversationOptions channels)
    {
        (this.secrets, this.meta, this.channels) = (secrets, meta, channels);
        // A redirect would carry the token to another host.
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            Timeout = TimeSpan.FromSeconds(30),
            MaxResponseContentBufferSize = MostBytesOfAnswer,
        };
    }

    public HttpClient Client { get; }

    /// <summary>Ends in the version, with a slash.</summary>
    public Uri RootOf(string channel) => new($"{(OptionsOf(channel).GraphUrl ?? meta.GraphUrl).AbsoluteUri.TrimEnd('/')}/{meta.ApiVersion.Trim('/')}/");

    /// <returns>Null when none is set.</returns>
    public async Task<string?> TokenAsync(AppDbContext context, string channel, CancellationToken cancellationToken)
    {
        var closed = await context.ChannelConnections.Where(row => row.Channel == channel).Select(row => row.AccessToken).FirstOrDefaultAsync(cancellationToken);
        return (closed is null ? null : secrets.Open(closed)) ?? OptionsOf(channel).AccessToken;
    }

    public static HttpRequestMessage Request(Uri address, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        // Meta's file servers refuse callers without a name.
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("LeadDesk", "1.0"));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    public void Dispose() => Client.Dispose();

    private ChannelOptions OptionsOf(string channel) => channel switch
    {
        InboundSources.WhatsApp => channels.WhatsApp,
        InboundSources.Instagram => channels.Instagram,
        _ => ChannelOptions.Off,
    };
}
