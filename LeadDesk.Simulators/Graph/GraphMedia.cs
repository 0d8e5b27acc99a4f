using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Graph;

/// <summary>Files of messages: <c>GET /{media-id}</c> tells where the file is, which is then fetched with the same token.</summary>
internal static class GraphMedia
{
    public const string DownloadPath = "/whatsapp_business/attachments/";

    public static GraphAnswer Describe(GraphRequest request, SimulatedMedia media)
    {
        var hash = MetaJson.Hex(SHA256.HashData(media.Content));
        return GraphAnswer.Ok(new JsonObject
        {
            ["url"] = $"{request.Address}{DownloadPath}?mid={media.Id}&hash={hash[..16]}",
            ["mime_type"] = media.ContentType,
            ["sha256"] = hash,
            ["file_size"] = media.Content.Length,
            ["id"] = media.Id,
            ["messaging_product"] = "whatsapp",
        });
    }

    public static GraphAnswer Download(GraphRequest request) => request["mid"] is { } id && request.Graph.Inbox.Media(id) is { } media
        ? new GraphAnswer(StatusCodes.Status200OK, media.Content, media.ContentType)
        : new GraphAnswer(StatusCodes.Status404NotFound, "Not found"u8.ToArray(), "text/plain");
}
