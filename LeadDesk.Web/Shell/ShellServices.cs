using LeadDesk.Web.Hosting;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Shell;

/// <summary>The frame around every page: components, texts, language, error pages.</summary>
public static class ShellServices
{
    /// <summary>A field of 20,000 characters of any script fits into one message of a page; the default of 32 KB would end the page's connection.</summary>
    private const long LongestText = 128 * 1024;

    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestText);
        services.AddCascadingAuthenticationState();
        services.AddTexts();
        services.AddScoped<ToastService>();
        services.AddScoped<ReaderZone>();
        services.AddScoped<FirstPaint>();
        services.AddScoped<CircuitHandler, WarmStart>();
        services.AddScoped<PageConnection>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<PageConnection>());
        return services;
    }

    /// <summary>Language of the request, and a page in words for a browser whose request failed. First in the pipeline; programs never come this way.</summary>
    public static IApplicationBuilder UseShell(this WebApplication app) => app.UseWhen(
        context => context.IsPage(),
        pages => pages
            .UseRequestLocalization()
            .UseExceptionHandler("/error")
            .UseStatusCodePagesWithReExecute("/status/{0}")
            .Use((context, next) =>
            {
                if (!WantsPage(context) && context.Features.Get<IStatusCodePagesFeature>() is { } words)
                    words.Enabled = false;
                return next(context);
            }));

    /// <summary>Pages and the choice of language.</summary>
    public static RazorComponentsEndpointConventionBuilder MapShell(this WebApplication app)
    {
        app.MapPost("/language", ChooseLanguage).AllowAnonymous().ExcludeFromDescription();
        // Compression would keep about 300 KB of buffers per open page, more than the page itself; what goes over the wire is small.
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true);
    }

    private static bool WantsPage(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The anti-forgery token is checked by the binding of the form.</summary>
    private static IResult ChooseLanguage(HttpContext context, [FromForm] string language, [FromForm] string? returnUrl)
    {
        if (Texts.Languages.ContainsKey(language))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps });
        }

        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    private static bool IsLocal(string? address) => address is ['/', ..] and not ['/', '/' or '\\', ..];
}
