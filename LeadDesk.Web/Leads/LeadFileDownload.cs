using LeadDesk.Leads;
using LeadDesk.Web.Access;

namespace LeadDesk.Web.Leads;

/// <summary>
/// <c>/leads/{id}/files/{fileId}</c>: a stranger's file, to be saved and never shown by the browser inside our pages;
/// <c>/picture</c> behind it shows those whose bytes are a plain picture, whatever they are called.
/// </summary>
internal static class LeadFileDownload
{
    public static void MapLeadFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/leads/{id:long}/files/{fileId:long}", DownloadAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet("/leads/{id:long}/files/{fileId:long}/picture", PictureAsync).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> DownloadAsync(long id, long fileId, HttpContext context, LeadFileQueries files, CancellationToken cancellationToken)
    {
        if (await files.FindAsync(context.RequireCurrentUser(), id, fileId, cancellationToken) is not { } file)
            return TypedResults.NotFound();
        Confine(context.Response);
        return TypedResults.File(file.Content, FileKinds.Unknown, file.Name);
    }

    private static async Task<IResult> PictureAsync(long id, long fileId, HttpContext context, LeadFileQueries files, CancellationToken cancellationToken)
    {
        if (await files.FindAsync(context.RequireCurrentUser(), id, fileId, cancellationToken) is not { } file || FileKinds.TypeOf(file.Content) is var type && !FileKinds.IsPicture(type))
            return TypedResults.NotFound();
        Confine(context.Response);
        return TypedResults.File(file.Content, type);
    }

    private static void Confine(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }
}
