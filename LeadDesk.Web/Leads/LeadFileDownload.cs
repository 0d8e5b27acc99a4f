using LeadDesk.Leads;
using LeadDesk.Web.Access;

namespace LeadDesk.Web.Leads;

/// <summary>
/// <c>/leads/{id}/files/{fileId}</c>: a stranger's file, to be saved and never shown by the browser inside our pages.
/// </summary>
internal static class LeadFileDownload
{
    private const string AnyBytes = "application/octet-stream";

    public static void MapLeadFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/leads/{id:long}/files/{fileId:long}", DownloadAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> DownloadAsync(long id, long fileId, HttpContext context, LeadFileQueries files, CancellationToken cancellationToken)
    {
        if (await files.FindAsync(context.RequireCurrentUser(), id, fileId, cancellationToken) is not { } file)
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.File(file.Content, AnyBytes, file.Name);
    }
}
