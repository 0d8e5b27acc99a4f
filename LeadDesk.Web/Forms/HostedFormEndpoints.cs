using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Intake.Forms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LeadDesk.Web.Forms;

/// <summary>
/// <c>/forms/{key}</c>: a form for those who have no website of their own, or want one to link to. Plain HTML that works without script.
/// </summary>
internal static class HostedFormEndpoints
{
    public static void MapHostedForms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/forms/{key}", (string key, HttpContext context, FormSourceDirectory sources, ISecretBox box, TimeProvider clock) =>
            ShowAsync(key, context, sources, source => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(HostedForm.Name)] = source.Name,
                [nameof(HostedForm.Action)] = $"/webhooks/forms/{source.Key}",
                [nameof(HostedForm.Stamp)] = FormStamp.Of(source, clock.GetUtcNow().UtcDateTime, box),
            })).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/forms/{key}/thanks", (string key, HttpContext context, FormSourceDirectory sources) =>
            ShowAsync(key, context, sources, source => new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(HostedForm.Name)] = source.Name, [nameof(HostedForm.Sent)] = true }))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(string key, HttpContext context, FormSourceDirectory sources, Func<FormSource, Dictionary<string, object?>> parameters)
    {
        if (await sources.FindAsync(key) is not { } source)
            return Results.NotFound();
        // Browsers also hold the way after the post to this: it may lead to the customer's own site.
        var target = source.Redirect is { } redirect ? $"'self' {new Uri(redirect).GetLeftPart(UriPartial.Authority)}" : "'self'";
        context.Response.Headers.ContentSecurityPolicy =
            string.Create(CultureInfo.InvariantCulture, $"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action {target}; object-src 'none'");
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<HostedForm>(parameters(source));
    }
}
