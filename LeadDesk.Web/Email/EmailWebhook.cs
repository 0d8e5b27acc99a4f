using LeadDesk.Common;
using LeadDesk.Intake;
using LeadDesk.Intake.Email;
using LeadDesk.Intake.Monitor;
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
    /// <summary>Mails with files are read whole; a relay that catches up must not fill the memory with them.</summary>
    private const int LargeAtOnce = 4;

    private static readonly ProblemResult UnknownKey =
        new(StatusCodes.Status401Unauthorized, "There is no mailbox with this key, or it is switched off. Copy the address anew from the mailbox's settings.");

    private static readonly ProblemResult WrongSignature =
        new(StatusCodes.Status401Unauthorized, "This mailbox takes signed mails only, and the signature is missing, wrong or too old. Compare the signing key with the one in Mailgun.");

    private static readonly SemaphoreSlim LargeSlots = new(LargeAtOnce, LargeAtOnce);

    public static void MapEmailWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/email/{key}", (Delegate)HandleAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        string key, HttpContext context, MailboxDirectory mailboxes, InboundDoor door, ISecretBox secrets, RateLimits.WrongKeyLimit wrongKeys, LeadDeskOptions options, TimeProvider time)
    {
        if (await mailboxes.FindAsync(key) is not { } mailbox)
        {
            IntakeMeter.Rejected(InboundSources.Email, IntakeMeter.UnknownKey);
            await wrongKeys.RefuseAsync(context, UnknownKey);
            return Results.Empty;
        }

        if (!Admit(context, options.Limits.UploadBytes))
        {
            IntakeMeter.Rejected(InboundSources.Email, IntakeMeter.TooLarge);
            return new ProblemResult(StatusCodes.Status413PayloadTooLarge, $"The mail with its files is larger than {options.Limits.UploadMegabytes} MB.");
        }

        if (context.Request.ContentLength <= options.Limits.BodyBytes)
            return await ReceiveAsync(context.Request, mailbox, door, secrets, time);
        await LargeSlots.WaitAsync(context.RequestAborted);
        try
        {
            return await ReceiveAsync(context.Request, mailbox, door, secrets, time);
        }
        finally
        {
            LargeSlots.Release();
        }
    }

    /// <summary>A mail that arrived whole is stored even when its sender has hung up meanwhile; so no cancellation.</summary>
    private static async Task<IResult> ReceiveAsync(HttpRequest request, MailboxAddress mailbox, InboundDoor door, ISecretBox secrets, TimeProvider time)
    {
        var body = await request.ReadBodyAsync(CancellationToken.None);
        var now = time.GetUtcNow().UtcDateTime;
        if (!IsSigned(mailbox, body, request.ContentType, secrets, now))
        {
            IntakeMeter.Rejected(InboundSources.Email, IntakeMeter.WrongSignature);
            return WrongSignature;
        }

        await door.StoreAndProcessAsync(mailbox.CompanyId, EmailIntake.Unit(mailbox, body, request.ContentType, now), CancellationToken.None);
        return Results.Json(new { status = "success" });
    }

    /// <summary>
    /// Mails carry files, so more is taken here than elsewhere. What is too large is thrown away as it arrives: a server that
    /// hangs up at once takes its answer with it.
    /// </summary>
    private static bool Admit(HttpContext context, long most)
    {
        bool tooLarge = context.Request.ContentLength > most;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = tooLarge ? context.Request.ContentLength : most;
        return !tooLarge;
    }

    /// <summary>A signing key that cannot be opened any more lets nothing in: an admin has to enter it again.</summary>
    private static bool IsSigned(MailboxAddress mailbox, byte[] body, string? contentType, ISecretBox secrets, DateTime now) =>
        mailbox.SigningKey is null
        || (secrets.Open(mailbox.SigningKey) is { } key && MailReader.SignatureOf(body, contentType) is { } signature && signature.IsValid(key, now));
}
