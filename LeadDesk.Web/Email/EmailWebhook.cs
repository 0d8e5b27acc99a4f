using LeadDesk.Common;
using LeadDesk.Intake;
using LeadDesk.Intake.Email;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace LeadDesk.Web.Email;

/// <summary>
/// <c>POST /webhooks/email/{key}</c>: a mail from a relay, or the mail itself. The key is the proof; a mailbox with a signing
/// key asks for Mailgun's signature besides. Answers 200 as soon as the mail is stored, whatever becomes of it.
/// </summary>
internal static class EmailWebhook
{
    private static readonly ProblemResult WrongSignature =
        new(StatusCodes.Status401Unauthorized, "This mailbox takes signed mails only, and the signature is missing, wrong or too old. Compare the signing key with the one in Mailgun.");

    private static readonly ProblemResult TooLarge = Problems.OfStatus(StatusCodes.Status413PayloadTooLarge);

    public static void MapEmailWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/email/{key}", (Delegate)ReceiveAsync).AllowAnonymous().ExcludeFromDescription();

    /// <summary>A mail that arrived whole is stored even when its sender has hung up meanwhile; so no cancellation.</summary>
    private static async Task ReceiveAsync(
        string key, HttpContext context, MailboxDirectory mailboxes, InboundDoor door, ISecretBox secrets, RateLimits.WrongKeyLimit wrongKeys, LeadDeskOptions options, TimeProvider time)
    {
        if (await mailboxes.FindAsync(key) is not { } mailbox)
        {
            await wrongKeys.RefuseAsync(context);
            return;
        }

        if (!Admit(context, options.Limits.UploadBytes))
        {
            await TooLarge.ExecuteAsync(context);
            return;
        }

        var body = await context.Request.ReadBodyAsync(CancellationToken.None);
        var now = time.GetUtcNow().UtcDateTime;
        if (!IsSigned(mailbox, body, context.Request.ContentType, secrets, now))
        {
            await WrongSignature.ExecuteAsync(context);
            return;
        }

        await door.StoreAndProcessAsync(mailbox.CompanyId, EmailIntake.Unit(mailbox, body, context.Request.ContentType, now), CancellationToken.None);
        await context.Response.WriteAsJsonAsync(new { status = "success" }, CancellationToken.None);
    }

    /// <summary>Mails carry files, so more is taken here than elsewhere; the server stops reading beyond it.</summary>
    private static bool Admit(HttpContext context, long most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        return context.Request.ContentLength is not { } length || length <= most;
    }

    /// <summary>A signing key that cannot be opened any more lets nothing in: an admin has to enter it again.</summary>
    private static bool IsSigned(MailboxAddress mailbox, byte[] body, string? contentType, ISecretBox secrets, DateTime now) =>
        mailbox.SigningKey is null
        || (secrets.Open(mailbox.SigningKey) is { } key && MailReader.SignatureOf(body, contentType) is { } signature && signature.IsValid(key, now));
}
