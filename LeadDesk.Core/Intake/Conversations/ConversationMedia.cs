using System.Net;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>An attachment on its way to a person. Dispose it when it was sent.</summary>
/// <param name="Length">Null when the channel does not tell.</param>
public sealed record MediaContent(Stream Content, string ContentType, string FileName, long? Length, HttpResponseMessage Source) : IDisposable
{
    public void Dispose() => Source.Dispose();
}

/// <summary>
/// Pictures, voice notes and documents stay with the channel until somebody opens them. WhatsApp gives an address for an id,
/// <c>GET {graph}/{version}/{id}</c> → <c>{"url":"https://lookaside…","mime_type":"image/jpeg","file_size":303833}</c>, for five minutes;
/// Instagram and Messenger gave it with the message.
/// </summary>
public sealed class ConversationMedia
{
    private const int MostBytesOfAnswer = 64 * 1024;
    private const string FallbackType = "application/octet-stream";

    private static readonly Refusal Unreachable = Refusal.Conflict("Meta cannot be reached just now. The attachment is still there; try again in a minute.");
    private static readonly Refusal Gone = Refusal.Conflict("Meta does not have this attachment any more: it keeps them for a limited time. Ask the person to send it again.");

    private readonly Database database;
    private readonly ChannelGraph graph;
    private readonly OutboundHttp outbound;

    internal ConversationMedia(Database database, ChannelGraph graph, OutboundHttp outbound) => (this.database, this.graph, this.outbound) = (database, graph, outbound);

    /// <summary>Asks the channel for a message's attachment, for somebody who may see the lead.</summary>
    public async Task<Outcome<MediaContent>> OpenAsync(CurrentUser user, long leadId, long messageId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        if (!await LeadQueries.Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken)
            || await context.LeadMessages.FirstOrDefaultAsync(row => row.Id == messageId && row.LeadId == leadId, cancellationToken) is not { Media: { } json } message
            || JsonSerializer.Deserialize(json, LeadJson.Default.MessageMedia) is not { } media)
        {
            return Refusal.Missing("attachment");
        }

        try
        {
            return media.Id is { } id
                ? await FetchByIdAsync(id, media, await graph.TokenAsync(context, message.Channel, cancellationToken), message.Channel, cancellationToken)
                : await SendAsync(outbound.Client, media.Url, null, media, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Unreachable;
        }
    }

    private async Task<Outcome<MediaContent>> FetchByIdAsync(string id, MessageMedia media, string? token, string channel, CancellationToken cancellationToken)
    {
        if (token is null)
            return Refusal.Conflict("To show attachments LeadDesk needs the channel's access token. An admin enters it under Settings, Channels.");
        var root = graph.RootOf(channel);
        using var request = ChannelGraph.Request(new Uri(root, Uri.EscapeDataString(id)), token);
        using var answer = await graph.Client.SendAsync(request, cancellationToken);
        if (RefusalOf(answer.StatusCode) is { } refusal)
            return refusal;
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken), MetaJson.Options);
        var found = document.RootElement;
        var known = media with { ContentType = media.ContentType ?? found.Get("mime_type").Text(100) };
        var address = found.Get("url").Word();
        // Graph may stand in the own network, for trials; wherever it points to besides must be outside.
        var client = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Authority == root.Authority ? graph.Client : outbound.Client;
        return await SendAsync(client, address, token, known, cancellationToken);
    }

    private static async Task<Outcome<MediaContent>> SendAsync(HttpClient client, string? address, string? token, MessageMedia media, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            return Gone;
        using var request = ChannelGraph.Request(uri, token);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (RefusalOf(answer.StatusCode) is { } refusal)
        {
            answer.Dispose();
            return refusal;
        }

        var type = answer.Content.Headers.ContentType?.MediaType ?? media.ContentType ?? FallbackType;
        return new MediaContent(await answer.Content.ReadAsStreamAsync(cancellationToken), type, media.FileName ?? "attachment", answer.Content.Headers.ContentLength, answer);
    }

    private static Refusal? RefusalOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.OK => null,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            Refusal.Conflict("Meta refused the channel's access token. An admin enters a new one under Settings, Channels."),
        HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone => Gone,
        _ => Unreachable,
    };
}
