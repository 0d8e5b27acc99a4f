using System.Security.Cryptography;
using System.Text;
using LeadDesk.Access;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Access;

/// <summary>
/// Proves that whoever sets LeadDesk up can read its log. Made anew on every start, known to this process alone.
/// </summary>
internal sealed class SetupCode
{
    /// <summary>Without letters and digits that look alike.</summary>
    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private const int Letters = 8;

    private readonly string code = RandomNumberGenerator.GetString(Alphabet, Letters);

    /// <summary>As printed: <c>7F3K-9QPD</c>.</summary>
    public override string ToString() => $"{code[..(Letters / 2)]}-{code[(Letters / 2)..]}";

    /// <summary>Forgives small letters, spaces and dashes.</summary>
    public bool Matches(string? written)
    {
        var given = new string([.. (written ?? "").Where(char.IsAsciiLetterOrDigit).Take(Letters + 1)]).ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(code));
    }
}

/// <summary>Until there is a user, every page leads to the set-up page; afterwards this costs one read of a flag.</summary>
internal static class SetupGate
{
    private static readonly PathString Setup = "/setup";

    public static void UseSetupGate(this WebApplication app) => app.UseWhen(static context => context.IsPage(), pages => pages.Use(static async (context, next) =>
    {
        var setup = context.RequestServices.GetRequiredService<SetupService>();
        if (context.Request.Path.Equals(Setup, StringComparison.OrdinalIgnoreCase) || IsAsset(context) || await setup.IsDoneAsync(context.RequestAborted))
            await next(context);
        else
            context.Response.Redirect(Setup);
    }));

    private static bool IsAsset(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<OpenAssets>() is not null;
}

/// <summary>Marks scripts, styles and images: open to everybody, also before set-up.</summary>
internal sealed class OpenAssets;
