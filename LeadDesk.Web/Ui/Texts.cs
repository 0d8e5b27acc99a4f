using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Ui;

/// <summary>
/// Names the resources of every visible text. The English text is the key: <c>@T["Leads today"]</c>,
/// <c>@T["{0} leads", count]</c>. Other languages are Resources/Ui/Texts.{language}.resx.
/// </summary>
public sealed class Texts
{
    /// <summary>Languages on offer, as people call them; the first is the default.</summary>
    public static IReadOnlyDictionary<string, string> Languages { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "English",
        ["tr"] = "Türkçe",
        ["es"] = "Español",
    };
}

public static class TextServices
{
    /// <summary>Texts from resources; the language comes from the person's cookie, else from the browser.</summary>
    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        services.AddTransient<IStringLocalizer<Texts>, ReaderTexts>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            string[] languages = [.. Texts.Languages.Keys];
            options.SetDefaultCulture(languages[0]).AddSupportedCultures(languages).AddSupportedUICultures(languages);
            options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        });
        return services;
    }
}
