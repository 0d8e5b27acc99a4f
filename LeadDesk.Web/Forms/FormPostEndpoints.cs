using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Intake;
using LeadDesk.Intake.Forms;
using LeadDesk.Web.Hosting;
using Microsoft.Extensions.Primitives;

namespace LeadDesk.Web.Forms;

/// <summary>
/// <c>/webhooks/forms/{key}</c>: what website forms, form services and ad platforms post. Whoever knows the key may send; a form with
/// a secret also asks for its platform's proof.
/// </summary>
internal static class FormPostEndpoints
{
    public static readonly ProblemResult UnknownKey =
        new(StatusCodes.Status401Unauthorized, "There is no form with this key, or it is switched off. Copy the address anew from the form's settings.");

    private static readonly ProblemResult NoProof =
        new(StatusCodes.Status401Unauthorized, "The signature or key is missing or wrong. Set the same secret here and at the sender.");

    private static readonly ProblemResult ForeignOrigin =
        new(StatusCodes.Status403Forbidden, "Pages of this site may not send to this form. Add the site to the form's allowed origins.");

    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Get, HttpMethods.Options];

    public static void MapFormPosts(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/webhooks/forms/{key}", Methods, (Delegate)HandleAsync)
            .AllowAnonymous()
            .DisableAntiforgery()
            .ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        string key, HttpContext context, FormSourceDirectory sources, InboundDoor door, FormUploads uploads, ISecretBox box, RateLimits.WrongKeyLimit wrongKeys, TimeProvider clock)
    {
        if (await sources.FindAsync(key) is not { } source)
        {
            await wrongKeys.RefuseAsync(context, UnknownKey);
            return Results.Empty;
        }

        var allowed = AllowOrigin(context, source);
        if (HttpMethods.IsOptions(context.Request.Method))
            return allowed ? Preflight(context) : ForeignOrigin;
        if (!allowed)
            return ForeignOrigin;
        if (HttpMethods.IsGet(context.Request.Method))
            return Challenge(context, source, box);
        return await uploads.ReadAsync(context, body => ReceiveAsync(context, source, body, door, box, wrongKeys, clock));
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, FormSource source, byte[] body, InboundDoor door, ISecretBox box, RateLimits.WrongKeyLimit wrongKeys, TimeProvider clock)
    {
        var read = FormReader.Read(body, context.Request.ContentType);
        if (source.Secret is { } closed && !IsProven(context.Request, body, read.Value, closed, box))
        {
            await wrongKeys.RefuseAsync(context, NoProof);
            return Results.Empty;
        }

        if (!read.Succeeded)
            return Problems.Unreadable(read.Refusal.Message) with { Errors = read.Refusal.Errors };
        var units = read.Value.Select(part => FormUnits.Of(source, part, clock.GetUtcNow().UtcDateTime)).ToList();
        // A visitor's browser may be gone by now; what arrived whole is stored.
        if (units is [var only])
            await door.StoreAndProcessAsync(source.CompanyId, only, CancellationToken.None);
        else
            await door.StoreAsync(source.CompanyId, units);
        return Answer(context.Request, source, read.Value[0].Submission);
    }

    private static bool IsProven(HttpRequest request, byte[] body, IReadOnlyList<FormPart>? parts, string closed, ISecretBox box) =>
        box.Open(closed) is { } secret && FormProof.Accepts(secret, name => request.Headers[name] is [{ } value] ? value : null, body, parts);

    /// <summary>Senders look at the status at most; people who sent a form with their browser go on to a page.</summary>
    private static IResult Answer(HttpRequest request, FormSource source, FormSubmission submission)
    {
        if (submission.Platform is FormPlatform.GoogleAds)
            return Results.Json(new { });
        var byBrowser = submission.Platform is FormPlatform.Other or FormPlatform.ContactForm7 or FormPlatform.WPForms && !IsJson(request) && !IsScript(request);
        if (byBrowser && (source.Redirect ?? (submission.IsOurForm ? $"/forms/{source.Key}/thanks" : null)) is { } next)
            return new SeeOther(next);
        return Results.Json(new { status = "success" });
    }

    private static bool IsJson(HttpRequest request) => request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>A page's script looks at the answer itself.</summary>
    private static bool IsScript(HttpRequest request) =>
        request.Headers["X-Requested-With"].Count > 0 || request.Headers["Sec-Fetch-Mode"] is ["cors"] || request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>LinkedIn asks with a code before it sends anything; others look whether somebody is there.</summary>
    private static IResult Challenge(HttpContext context, FormSource source, ISecretBox box)
    {
        if (context.Request.Query["challengeCode"] is not [{ Length: > 0 and <= 500 } code])
            return Results.Json(new { status = "success" });
        if (source.Secret is null || box.Open(source.Secret) is not { } secret)
            return Problems.Unreadable("Set LinkedIn's client secret as the form's secret first: the challenge is answered with it.");
        return Results.Text($$"""{"challengeCode":"{{JsonEncodedText.Encode(code)}}","challengeResponse":"{{FormProof.LinkedInResponse(secret, code)}}"}""", "application/json");
    }

    /// <returns>False when a page of another site than those allowed sends it. What sends no origin is no page's script.</returns>
    private static bool AllowOrigin(HttpContext context, FormSource source)
    {
        if (context.Request.Headers.Origin is not [{ Length: > 0 } origin])
            return true;
        var origins = FormOrigins.Of(source);
        var own = $"{context.Request.Scheme}://{context.Request.Host}";
        if (origins.Count > 0 && !origins.Contains(origin, StringComparer.OrdinalIgnoreCase) && !origin.Equals(own, StringComparison.OrdinalIgnoreCase))
            return false;
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origins.Count > 0 ? origin : "*";
        headers.Vary = StringValues.Concat(headers.Vary, "Origin");
        return true;
    }

    private static IResult Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "POST, OPTIONS";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders is [{ Length: <= 1000 } asked] ? asked : "Content-Type";
        headers.AccessControlMaxAge = "86400";
        return Results.NoContent();
    }

    /// <summary>After a post the next page is asked for, not posted to.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
