namespace LeadDesk.Web.Hosting;

/// <summary>Programs get JSON and never HTML; people get pages. The path decides.</summary>
internal static class RequestKinds
{
    private static readonly PathString[] ForPrograms = ["/api", "/webhooks", "/hubs", "/openapi", "/metrics", "/health"];

    public static readonly PathString Webhook = "/api/webhook";

    public static readonly PathString Bulk = "/api/v1/leads/bulk";

    public static readonly PathString FormPosts = "/webhooks/forms";

    public static bool IsFromProgram(this HttpContext context)
    {
        foreach (var prefix in ForPrograms)
        {
            if (context.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public static bool IsPage(this HttpContext context) => !context.IsFromProgram();

    /// <summary>Whether callers with a key or a session come this way; the others are anonymous.</summary>
    public static bool HasCallers(this HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it may change something.</summary>
    public static bool IsUnsafe(this HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}
