using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Intake.Email;
using LeadDesk.Intake.Mapping;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LeadDesk.Web.Email;

/// <summary>What is missing or null stays as it is; an empty text takes it away.</summary>
internal sealed record MailboxRequest(
    string? Name,
    [property: Description("ISO 3166 alpha-2 of phones written nationally; without one the company's.")] string? Region,
    [property: Description("For mails of contact forms: {\"fields\":{\"your-name\":\"name\"},\"constants\":{\"campaign\":\"Spring\"}}. What is not named is guessed.")] JsonElement? Mapping,
    [property: Description("Mailgun's HTTP webhook signing key. Once set, mails without its signature are refused. Never answered back.")] string? SigningKey,
    [property: Description("Who gets the leads in turn; an empty list means the company's rules.")] IReadOnlyList<long>? OwnerIds,
    bool? Active);

internal sealed record MailboxResponse(
    long Id,
    [property: Description("The last part of the address. Whoever knows it may send.")] string Key,
    [property: Description("Where a relay posts mails to.")] string Url,
    string Name,
    string? Region,
    JsonElement Mapping,
    [property: Description("Whether Mailgun's signature is asked for.")] bool Signed,
    IReadOnlyList<long> OwnerIds,
    bool Active,
    DateTime CreatedAt,
    [property: Description("Null while it waits for its first mail.")] DateTime? LastMailAt);

internal sealed record MailboxListResponse(IReadOnlyList<MailboxResponse> Mailboxes, [property: Description("Always null: all are on this page.")] string? NextCursor);

/// <summary><c>/api/v1/mailboxes</c>, for admins.</summary>
internal static class MailboxEndpoints
{
    public static void MapMailboxApi(this IEndpointRouteBuilder routes)
    {
        var mailboxes = routes.MapApiGroup("/mailboxes", "Mailboxes").RequireAuthorization(nameof(Permission.ManageSources)).ProducesRefusals(403);
        mailboxes.MapGet("", ListAsync).WithName("ListMailboxes").WithSummary("The addresses that take mails, by name.");
        mailboxes.MapPost("", CreateAsync).WithName("CreateMailbox").WithSummary("Makes an address that takes mails from Postmark, Mailgun, SendGrid, or raw ones.")
            .ProducesRefusals(400, 409, 413, 415, 422).DescribeIdempotencyKey();
        mailboxes.MapGet("/{id:long}", GetAsync).WithName("GetMailbox").WithSummary("One mailbox.").ProducesRefusals(404);
        mailboxes.MapPatch("/{id:long}", ChangeAsync).WithName("ChangeMailbox").WithSummary("Changes the fields that are given.").ProducesRefusals(400, 404, 413, 415, 422);
        mailboxes.MapDelete("/{id:long}", DeleteAsync).WithName("DeleteMailbox").WithSummary("Its address takes nothing any more; its leads stay.").ProducesRefusals(404);
    }

    /// <summary>From the root; see <see cref="PublicAddress"/>.</summary>
    public static string PathOf(MailboxView mailbox) => $"/webhooks/email/{mailbox.Key}";

    private static async Task<Results<Ok<MailboxListResponse>, ProblemResult>> ListAsync(
        HttpContext context, MailboxService mailboxes, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var list = await mailboxes.ListAsync(context.RequireCurrentUser(), cancellationToken);
        return list.Succeeded ? TypedResults.Ok(new MailboxListResponse([.. list.Value.Select(view => Response(view, options, context.Request))], null)) : list.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<MailboxResponse>, ProblemResult>> GetAsync(
        long id, HttpContext context, MailboxService mailboxes, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var found = await mailboxes.GetAsync(context.RequireCurrentUser(), id, cancellationToken);
        return found.Succeeded ? TypedResults.Ok(Response(found.Value, options, context.Request)) : found.Refusal.ToProblem();
    }

    private static async Task<Results<Created<MailboxResponse>, ProblemResult>> CreateAsync(
        MailboxRequest body, HttpContext context, MailboxService mailboxes, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var edit = Edit(body);
        if (!edit.Succeeded)
            return edit.Refusal.ToProblem();
        var made = await mailboxes.CreateAsync(context.RequireCurrentUser(), edit.Value, cancellationToken);
        return made.Succeeded
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/v1/mailboxes/{made.Value.Id}"), Response(made.Value, options, context.Request))
            : made.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<MailboxResponse>, ProblemResult>> ChangeAsync(
        long id, MailboxRequest body, HttpContext context, MailboxService mailboxes, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var edit = Edit(body);
        if (!edit.Succeeded)
            return edit.Refusal.ToProblem();
        var changed = await mailboxes.ChangeAsync(context.RequireCurrentUser(), id, edit.Value, cancellationToken);
        return changed.Succeeded ? TypedResults.Ok(Response(changed.Value, options, context.Request)) : changed.Refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(long id, HttpContext context, MailboxService mailboxes, CancellationToken cancellationToken) =>
        await mailboxes.DeleteAsync(context.RequireCurrentUser(), id, cancellationToken) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    private static Outcome<MailboxEdit> Edit(MailboxRequest body)
    {
        FieldMapping? mapping = null;
        if (body.Mapping is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } sent)
        {
            var read = FieldMappingJson.Check(sent);
            if (!read.Succeeded)
                return read.Refusal;
            mapping = read.Value;
        }

        return new MailboxEdit { Name = body.Name, Region = body.Region, Mapping = mapping, SigningKey = body.SigningKey, OwnerIds = body.OwnerIds, Active = body.Active };
    }

    private static MailboxResponse Response(MailboxView view, LeadDeskOptions options, HttpRequest request) => new(
        view.Id,
        view.Key,
        options.Of(request, PathOf(view)),
        view.Name,
        view.Region,
        JsonElement.Parse(FieldMappingJson.Write(view.Mapping)),
        view.IsSigned,
        view.OwnerIds,
        view.Active,
        view.CreatedAt,
        view.LastMailAt);
}
