using LeadDesk.Access;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace LeadDesk.Web.Access;

/// <summary>
/// Finds out who calls the API: the owner of a key, or a person whose browser sends the session's cookie. Stands in place of
/// the framework's authentication there, because a key is looked up in memory and needs no handler of its own per request.
/// Who is not known stays anonymous, and authorization refuses.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, ApiKeyDirectory keys)
{
    private const string KeyHeader = "X-Api-Key";
    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (KeyOf(context.Request) is not { } key)
            return WithSessionAsync(context);
        var lookup = keys.FindAsync(key);
        return lookup.IsCompletedSuccessfully ? ContinueAs(context, lookup.Result) : WithKeyAsync(context, lookup);
    }

    /// <summary>Null without any key. A hub's client in a browser cannot set headers and sends the key in the query, as SignalR does.</summary>
    private static string? KeyOf(HttpRequest request)
    {
        var given = request.Headers[KeyHeader];
        if (given.Count > 0)
            return given.Count is 1 ? given[0] : "";
        if (request.Headers.Authorization is [{ } authorization, ..])
            return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : "";
        return request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) && request.Query["access_token"] is [{ } token, ..] ? token : null;
    }

    private async Task WithKeyAsync(HttpContext context, ValueTask<CurrentUser?> lookup) => await ContinueAs(context, await lookup);

    private Task ContinueAs(HttpContext context, CurrentUser? program)
    {
        if (program is not null)
            context.User = Callers.ForProgram(program);
        return next(context);
    }

    private async Task WithSessionAsync(HttpContext context)
    {
        if (context.Request.Headers.Cookie.Count > 0
            && await context.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true } session)
        {
            if (!IsFromOurPages(context))
            {
                await new ProblemResult(StatusCodes.Status403Forbidden, "Another site sent this request with your session. Use an API key instead.").ExecuteAsync(context);
                return;
            }

            context.User = session.Principal;
        }

        await next(context);
    }

    /// <summary>A browser sends the cookie along whoever asks; what may change something, or opens a socket, must come from our own pages.</summary>
    private static bool IsFromOurPages(HttpContext context)
    {
        var request = context.Request;
        if (!request.IsUnsafe() && !context.WebSockets.IsWebSocketRequest)
            return true;
        if (request.Headers.Origin is [{ } origin, ..])
            return Uri.TryCreate(origin, UriKind.Absolute, out var address) && string.Equals(address.Authority, HostOf(request), StringComparison.OrdinalIgnoreCase);
        return request.Headers["Sec-Fetch-Site"] is ["same-origin"];
    }

    /// <summary>As <see cref="Uri.Authority"/> writes it: without the scheme's usual port.</summary>
    private static string HostOf(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) ? own.Authority : "";
}
