using LeadDesk.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LeadDesk.Web.Access;

/// <summary>
/// Who uses this page, with the role of this moment. Ask before every call of a service rather than once: a page stays open for
/// days, and whoever is demoted or deactivated meanwhile must lose the rights within seconds. The answer comes from memory.
/// </summary>
public sealed class CurrentUserAccessor(AuthenticationStateProvider states, UserDirectory directory, NavigationManager navigation)
{
    /// <returns>Null when nobody is signed in, or not any more.</returns>
    public async ValueTask<CurrentUser?> FindAsync() =>
        await Sessions.FindAsync(directory, (await states.GetAuthenticationStateAsync()).User);

    /// <exception cref="OperationCanceledException">
    /// The session has ended, and the browser is on its way to the sign-in page. Components take this as "do not go on".
    /// </exception>
    public async ValueTask<CurrentUser> GetAsync()
    {
        if (await FindAsync() is { } user)
            return user;
        navigation.NavigateTo(LocalAddress.ToSignIn(navigation.ToBaseRelativePath(navigation.Uri)), forceLoad: true);
        throw new OperationCanceledException("The session has ended.");
    }
}

internal static class LocalAddress
{
    public static string ToSignIn(string relative) => $"/login?returnUrl={Uri.EscapeDataString("/" + relative)}";

    /// <summary>Where to go after sign-in: an address of ours, never another site's.</summary>
    public static string OrHome(string? returnUrl) =>
        returnUrl is ['/', ..] and not ['/', '/' or '\\', ..] && !returnUrl.Any(char.IsControl) ? returnUrl : "/";
}
