using System.Security.Claims;
using LeadDesk.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace LeadDesk.Web.Access;

/// <summary>Keeps signed-in people at their present rights: in requests by the cookie, in open pages by looking again.</summary>
internal static class Sessions
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "leaddesk";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Life;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/login";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            // The status page says so; a redirect would lose the address.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>Every request has the name and role of this moment, and none once the stamp has changed.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var directory = context.HttpContext.RequestServices.GetRequiredService<UserDirectory>();
        if (await FindAsync(directory, context.Principal!) is { } user)
        {
            context.ReplacePrincipal(CallerIdentity.Create(user, IdentityConstants.ApplicationScheme, StampOf(context.Principal!)));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    internal static async ValueTask<CurrentUser?> FindAsync(UserDirectory directory, ClaimsPrincipal principal) =>
        principal.ToCurrentUser() is { } claimed ? await directory.FindSignedInAsync(claimed.CompanyId, claimed.UserId, StampOf(principal)) : null;

    private static string? StampOf(ClaimsPrincipal principal) => principal.FindFirstValue(CallerIdentity.Names.SecurityStamp);
}

/// <summary>Signs open pages out when their session has ended.</summary>
internal sealed class SessionStateProvider(ILoggerFactory loggers, UserDirectory directory) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await Sessions.FindAsync(directory, authenticationState.User) is not null;
}
