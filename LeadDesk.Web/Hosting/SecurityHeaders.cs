using Microsoft.Extensions.Primitives;

namespace LeadDesk.Web.Hosting;

internal static class SecurityHeaders
{
    /// <summary>Styles may be inline because components position things; scripts never.</summary>
    private static readonly StringValues PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; "
        + "font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    private static readonly StringValues DataPolicy = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues Referrer = "strict-origin-when-cross-origin";
    private static readonly StringValues Permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues Deny = "DENY";

    /// <summary>A year; sent over https only, as browsers demand.</summary>
    private static readonly StringValues StrictTransport = "max-age=31536000";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = NoSniff;
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = StrictTransport;
        if (context.IsFromProgram())
        {
            headers.ContentSecurityPolicy = DataPolicy;
            headers.CacheControl = NoStore;
            return next(context);
        }

        headers.ContentSecurityPolicy = PagePolicy;
        headers.XFrameOptions = Deny;
        headers["Referrer-Policy"] = Referrer;
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        return next(context);
    });
}
