using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using LeadDesk.Access;

namespace LeadDesk.Web.Access;

/// <summary>An identity that still knows the <see cref="CurrentUser"/> it was made from, so that nobody parses claims on the way.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    private CallerIdentity(CurrentUser user, string scheme, IEnumerable<Claim> claims)
        : base(claims, scheme, Names.Name, Names.Role) => User = user;

    public CurrentUser User { get; }

    public static ClaimsPrincipal Create(CurrentUser user, string scheme, string? securityStamp = null)
    {
        List<Claim> claims =
        [
            new(Names.UserId, Text(user.UserId)),
            new(Names.CompanyId, Text(user.CompanyId)),
            new(Names.Name, user.Name),
            new(Names.Role, user.Role.ToString()),
        ];
        if (user.ApiKeyId is { } key)
            claims.Add(new Claim(Names.ApiKeyId, Text(key)));
        if (securityStamp is not null)
            claims.Add(new Claim(Names.SecurityStamp, securityStamp));
        return new ClaimsPrincipal(new CallerIdentity(user, scheme, claims));
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static class Names
    {
        public const string UserId = ClaimTypes.NameIdentifier;
        public const string CompanyId = "company";
        public const string Name = ClaimTypes.Name;
        public const string Role = ClaimTypes.Role;
        public const string ApiKeyId = "api_key";
        public const string SecurityStamp = "stamp";
    }
}

public static class Callers
{
    /// <summary>Programs' principals, kept as long as the directory remembers their user.</summary>
    private static readonly ConditionalWeakTable<CurrentUser, ClaimsPrincipal> Programs = [];

    /// <returns>Null when nobody is signed in.</returns>
    public static CurrentUser? ToCurrentUser(this ClaimsPrincipal principal) => principal.Identity switch
    {
        CallerIdentity caller => caller.User,
        { IsAuthenticated: true } => FromClaims(principal),
        _ => null,
    };

    /// <returns>Null when nobody is signed in; endpoints without AllowAnonymous can rely on <see cref="RequireCurrentUser"/>.</returns>
    public static CurrentUser? GetCurrentUser(this HttpContext context) => context.User.ToCurrentUser();

    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint is open by mistake.</exception>
    public static CurrentUser RequireCurrentUser(this HttpContext context) =>
        context.GetCurrentUser() ?? throw new InvalidOperationException("This endpoint must not be anonymous.");

    internal static ClaimsPrincipal ForProgram(CurrentUser user) =>
        Programs.GetValue(user, static program => CallerIdentity.Create(program, "ApiKey"));

    private static CurrentUser? FromClaims(ClaimsPrincipal principal)
    {
        var apiKey = Number(CallerIdentity.Names.ApiKeyId);
        return Number(CallerIdentity.Names.CompanyId) is { } company
            && Number(CallerIdentity.Names.UserId) is { } user
            && Enum.TryParse<Role>(principal.FindFirstValue(CallerIdentity.Names.Role), out var role)
                ? new CurrentUser(company, user, principal.FindFirstValue(CallerIdentity.Names.Name) ?? "", role, apiKey)
                : null;

        long? Number(string claim) =>
            long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
