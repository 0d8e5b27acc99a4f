using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Mapping;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Forms;

/// <summary>For new forms and for changes. What is missing or null stays as it is; an empty text or list clears.</summary>
internal sealed record FormSourceRequest
{
    public string? Name { get; init; }

    [Description("ISO 3166 alpha-2 for phones written nationally; the company's by default.")]
    public string? Region { get; init; }

    [Description("""What fields are: {"fields":{"your-name":"name","menu-12":"interest","rooms":"custom.rooms"},"constants":{"campaign":"Spring"}}; custom. and a key is one of the company's own fields. Fields that are not named are guessed.""")]
    public JsonElement? Mapping { get; init; }

    [Description("Where browsers are sent afterwards; without it 200 is answered.")]
    public string? Redirect { get; init; }

    [Description("Origins whose pages may send, such as https://www.example.com; empty allows all.")]
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    [Description("Of the platform's signature (Typeform, Tally, TikTok, LinkedIn), Google's google_key, or a secret sent in X-Webhook-Secret. Never answered back.")]
    public string? Secret { get; init; }

    [Description("To fetch leads that LinkedIn only names. Never answered back.")]
    public string? AccessToken { get; init; }

    [Description("Who gets the leads: one user, or several who take turns; empty leaves it to the company's rules.")]
    public IReadOnlyList<long>? OwnerIds { get; init; }

    public bool? Active { get; init; }

    public Outcome<FormSourceChange> Read()
    {
        FieldMapping? mapping = null;
        if (Mapping is { } given)
        {
            var read = FieldMappingJson.Check(given);
            if (!read.Succeeded)
                return read.Refusal;
            mapping = read.Value;
        }

        return new FormSourceChange
        {
            Name = Name,
            Region = Region,
            Mapping = mapping,
            Redirect = Redirect,
            AllowedOrigins = AllowedOrigins,
            Secret = Secret,
            AccessToken = AccessToken,
            OwnerIds = OwnerIds,
            Active = Active,
        };
    }
}

internal sealed record FormMappingResponse(IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, string> Constants);

internal sealed record FormSourceResponse(
    long Id,
    string Name,
    [property: Description("The last part of its address.")] string Key,
    [property: Description("Where submissions are posted to.")] string Url,
    [property: Description("The hosted form.")] string PageUrl,
    string? Region,
    FormMappingResponse Mapping,
    string? Redirect,
    IReadOnlyList<string> AllowedOrigins,
    bool HasSecret,
    bool HasAccessToken,
    IReadOnlyList<long> OwnerIds,
    bool Active,
    DateTime CreatedAt,
    int Version);

internal sealed record FormSourceListResponse(IReadOnlyList<FormSourceResponse> Forms, [property: Description("Null on the last page.")] string? NextCursor);

/// <summary><c>/api/v1/forms</c>, for admins.</summary>
internal static class FormSourceEndpoints
{
    public static void MapFormApi(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapApiGroup("/forms", "Forms").RequireAuthorization(nameof(Permission.ManageSources)).ProducesRefusals(403);
        forms.MapGet("", ListAsync).WithName("ListForms").WithSummary("Forms, oldest first, in pages.").ProducesRefusals(422);
        forms.MapPost("", CreateAsync).WithName("CreateForm").WithSummary("Makes an address that takes a form's submissions.").ProducesRefusals(400, 409, 413, 415, 422).DescribeIdempotencyKey();
        forms.MapGet("/{id:long}", GetAsync).WithName("GetForm").WithSummary("One form.").ProducesRefusals(404);
        forms.MapPatch("/{id:long}", ChangeAsync).WithName("ChangeForm").WithSummary("Changes a form.").ProducesRefusals(400, 404, 413, 415, 422);
        forms.MapDelete("/{id:long}", DeleteAsync).WithName("DeleteForm").WithSummary("Deletes a form; its address stops working, its leads stay.").ProducesRefusals(404);
    }

    private static async Task<Results<Ok<FormSourceListResponse>, ProblemResult>> ListAsync(
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        FormSourceQueries queries,
        LeadDeskOptions options,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await queries.ListAsync(context.RequireCurrentUser(), cursor, most, cancellationToken);
        return page.Succeeded
            ? TypedResults.Ok(new FormSourceListResponse([.. page.Value.Items.Select(form => Response(form, options, context.Request))], page.Value.NextCursor))
            : page.Refusal.ToProblem();
    }

    private static async Task<Results<Created<FormSourceResponse>, ProblemResult>> CreateAsync(
        FormSourceRequest body, HttpContext context, FormSourceService forms, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var wanted = body.Read();
        if (!wanted.Succeeded)
            return wanted.Refusal.ToProblem();
        var created = await forms.CreateAsync(context.RequireCurrentUser(), wanted.Value, cancellationToken);
        return created.Succeeded
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/v1/forms/{created.Value.Id}"), Response(created.Value, options, context.Request))
            : created.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<FormSourceResponse>, ProblemResult>> GetAsync(
        long id, HttpContext context, FormSourceQueries queries, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var form = await queries.GetAsync(context.RequireCurrentUser(), id, cancellationToken);
        return form.Succeeded ? TypedResults.Ok(Response(form.Value, options, context.Request)) : form.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<FormSourceResponse>, ProblemResult>> ChangeAsync(
        long id, FormSourceRequest body, HttpContext context, FormSourceService forms, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        var wanted = body.Read();
        if (!wanted.Succeeded)
            return wanted.Refusal.ToProblem();
        var changed = await forms.ChangeAsync(context.RequireCurrentUser(), id, wanted.Value, cancellationToken);
        return changed.Succeeded ? TypedResults.Ok(Response(changed.Value, options, context.Request)) : changed.Refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(long id, HttpContext context, FormSourceService forms, CancellationToken cancellationToken)
    {
        var deleted = await forms.DeleteAsync(context.RequireCurrentUser(), id, cancellationToken);
        return deleted.Succeeded ? TypedResults.NoContent() : deleted.Refusal.ToProblem();
    }

    private static FormSourceResponse Response(FormSourceView form, LeadDeskOptions options, HttpRequest request)
    {
        var root = options.Of(request, "");
        var mapping = new FormMappingResponse(
            form.Mapping.Fields.ToDictionary(field => field.Key, field => FieldMappingJson.Target(form.Mapping, field.Key)!, StringComparer.Ordinal),
            form.Mapping.Constants.ToDictionary(constant => FieldMappingJson.Word(constant.Key), constant => constant.Value, StringComparer.Ordinal));
        return new(
            form.Id, form.Name, form.Key, $"{root}/webhooks/forms/{form.Key}", $"{root}/forms/{form.Key}", form.Region, mapping, form.Redirect, form.AllowedOrigins, form.HasSecret, form.HasAccessToken,
            form.OwnerIds, form.Active, form.CreatedAt, form.Version);
    }
}
