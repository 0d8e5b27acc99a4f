using LeadDesk.Common;
using LeadDesk.Intake.Conversations;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace LeadDesk.Web.Channels;

/// <summary>
/// <c>GET /leads/{id}/media/{messageId}</c>: an attachment of a conversation, straight from its channel. A stranger made it, so only
/// pictures, sounds and films are shown by the browser, and nothing in it may run.
/// </summary>
internal static class MediaEndpoint
{
    private const string Untrusted = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'";

    public static void MapMedia(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/leads/{id:long}/media/{messageId:long}", SendAsync).RequireAuthorization(Policies.People).ExcludeFromDescription();

    private static async Task<IResult> SendAsync(
        long id, long messageId, HttpContext context, ConversationMedia media, IStringLocalizer<Texts> texts)
    {
        var outcome = await media.OpenAsync(context.RequireCurrentUser(), id, messageId, context.RequestAborted);
        if (outcome.Refusal is { } refusal)
            return Results.Text(texts[refusal.Message], statusCode: refusal.Kind is RefusalKind.Missing ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);

        using var found = outcome.Value!;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Untrusted;
        headers.CacheControl = "private, max-age=300";
        headers.ContentDisposition = Disposition(found);
        context.Response.ContentType = found.ContentType;
        context.Response.ContentLength = found.Length;
        await found.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        return Results.Empty;
    }

    private static string Disposition(MediaContent found)
    {
        var disposition = new ContentDispositionHeaderValue(IsShown(found.ContentType) ? "inline" : "attachment");
        disposition.SetHttpFileName(found.FileName);
        return disposition.ToString();
    }

    /// <summary>An SVG is a document that can hold scripts.</summary>
    private static bool IsShown(string type) =>
        (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !type.Contains("svg", StringComparison.OrdinalIgnoreCase))
        || type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase);
}
