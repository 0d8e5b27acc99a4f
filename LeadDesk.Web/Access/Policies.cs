using LeadDesk.Access;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace LeadDesk.Web.Access;

/// <summary>
/// Who may open an address. Without a policy an address is for whoever is signed in, people and programs alike; open addresses say
/// AllowAnonymous. Each <see cref="Permission"/> is a policy of its name: <c>nameof(Permission.ManageUsers)</c>. Services check again, because a policy does not protect what happens inside an open page.
/// </summary>
public static class Policies
{
    /// <summary>Everybody who signs in, but no program.</summary>
    public const string People = "People";

    internal static void AddPolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(People, policy => policy.RequireAssertion(context => context.User.ToCurrentUser() is { Role: not Role.Integration }));
        foreach (var permission in Enum.GetValues<Permission>())
            authorization.AddPolicy(permission.ToString(), policy => policy.RequireAssertion(context => context.User.ToCurrentUser()?.Can(permission) is true));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
    }

    /// <summary>Programs get 401 or 403 as a problem; people the sign-in page or the 403 page.</summary>
    private sealed class AuthorizationAnswers(RateLimits.WrongKeyLimit wrongKeys) : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler forPages = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Succeeded)
                return next(context);
            if (context.IsPage())
                return forPages.HandleAsync(next, context, policy, authorizeResult);
            return authorizeResult.Forbidden
                ? Problems.OfStatus(StatusCodes.Status403Forbidden).ExecuteAsync(context)
                : wrongKeys.RefuseAsync(context);
        }
    }
}
