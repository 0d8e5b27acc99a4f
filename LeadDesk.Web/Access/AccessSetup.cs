using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.Web.Access;

/// <summary>Sign-in, users, keys and policies.</summary>
internal static partial class AccessSetup
{
    private const int HashIterations = 210_000; // OWASP's figure for PBKDF2 with SHA-512

    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<ApiKeyDirectory>();
        services.AddSingleton<IPasswordHashing, PasswordHashing>();
        services.AddSingleton<SetupService>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<SignInAccounts>();
        services.AddSingleton<UserService>();
        services.AddSingleton<ApiKeyService>();
        services.AddSingleton<CompanyService>();
        services.AddHostedService<ApiKeyUseWriter>();
        services.AddPolicies();
        AddSignIn(services);
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddIdentityCore<User>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        }).AddUserStore<UserStore>().AddSignInManager();
        // UserService makes and names users; Identity need not check them again on every counted failure.
        services.RemoveAll<IUserValidator<User>>();
        services.AddScoped<IUserClaimsPrincipalFactory<User>, SessionPrincipalFactory>();
        services.AddScoped<SignIn>();

        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Sessions.Configure);
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionStateProvider>();
        services.AddScoped<CurrentUserAccessor>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "leaddesk_form";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true; // SecurityHeaders sends a stricter one
        });
    }

    /// <summary>Who asks: by key or session for programs, by session for pages. Stands before rate limits and authorization.</summary>
    public static void UseCallers(this WebApplication app)
    {
        // The framework would otherwise put its own authentication in front of everything, the intake included.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(context => context.HasCallers(), programs => programs.UseMiddleware<CallerMiddleware>());
        app.UseWhen(context => context.IsPage(), pages => pages.UseAuthentication());
    }

    public static void MapAccess(this WebApplication app) => app.MapPost("/logout", async (HttpContext context) =>
    {
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.LocalRedirect("/login");
    }).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();

    /// <summary>The first company from the options, or the code for the set-up page into the log. Runs before the app listens.</summary>
    /// <returns>What is wrong with the options, in a sentence; null when all is well.</returns>
    public static async Task<string?> PrepareAccessAsync(this WebApplication app, BootstrapOptions? bootstrap, CancellationToken cancellationToken)
    {
        var setup = app.Services.GetRequiredService<SetupService>();
        if (bootstrap is null || await setup.IsDoneAsync(cancellationToken))
            return null;
        var outcome = await setup.CreateAsync(
            new FirstCompany(bootstrap.Company, bootstrap.Region, bootstrap.TimeZone, "Admin", bootstrap.AdminEmail, bootstrap.AdminPassword, bootstrap.ApiKey),
            cancellationToken);
        // Another node may have been first: then it is done.
        return outcome.Refusal is { Kind: not LeadDesk.Common.RefusalKind.Conflict } refusal ? $"LeadDesk:Bootstrap: {refusal.Message}" : null;
    }

    /// <summary>Once the app listens and its address is known.</summary>
    public static async Task AnnounceSetupAsync(this WebApplication app, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        if (await app.Services.GetRequiredService<SetupService>().IsDoneAsync(cancellationToken))
            return;
        var address = options.PublicUrl?.ToString() ?? app.Urls.FirstOrDefault() ?? "http://localhost:5080";
        LogSetup(app.Logger, address.TrimEnd('/'), app.Services.GetRequiredService<SetupCode>().ToString());
    }

    [LoggerMessage(LogLevel.Warning, "LeadDesk is not set up yet. Open {Address}/setup and enter the code {Code}.")]
    private static partial void LogSetup(ILogger logger, string address, string code);
}
