using System.ComponentModel;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Intake.Import;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace LeadDesk.Web.Imports;

/// <summary><c>/api/v1/imports</c>: a file is uploaded and answered with what it would do, changed, run, followed, and taken back.</summary>
internal static class ImportEndpoints
{
    public static void MapImportApi(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapApiGroup("/imports", "Imports").RequireAuthorization(nameof(Permission.ImportLeads)).ProducesRefusals(403);
        var uploads = routes.ServiceProvider.GetRequiredService<ImportUploads>();
        imports.MapGet("", ListAsync).WithName("ListImports").WithSummary("Imports, newest first, in pages.").ProducesRefusals(422);
        imports.MapPost("", UploadAsync).WithName("UploadImport").WithSummary("Takes a CSV, TSV or XLSX file (multipart/form-data, part “file”) and answers with the proposed mapping and a dry run. Nothing is imported yet.")
            .ProducesRefusals(400, 413, 415, 422).DescribeIdempotencyKey().DescribeUpload().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(uploads.Largest * 2));
        imports.MapGet("/mappings", MappingsAsync).WithName("ListImportMappings").WithSummary("Mappings that are proposed again for files with the same columns.");
        imports.MapDelete("/mappings/{id:long}", DeleteMappingAsync).WithName("DeleteImportMapping").WithSummary("Forgets a mapping.").ProducesRefusals(404);
        imports.MapGet("/{id:long}", GetAsync).WithName("GetImport").WithSummary("One import with its dry run, its progress and its result.").ProducesRefusals(404);
        imports.MapPatch("/{id:long}", ChangeAsync).WithName("ChangeImport").WithSummary("Changes how the file is read or mapped before it runs, and checks it anew.").ProducesRefusals(400, 404, 409, 413, 415, 422);
        imports.MapDelete("/{id:long}", DeleteAsync).WithName("DeleteImport").WithSummary("Forgets an import that brought nothing in, or was reverted.").ProducesRefusals(404, 409);
        imports.MapPost("/{id:long}/run", RunAsync).WithName("RunImport").WithSummary("Starts the import, or goes on with a cancelled one; follow it with GET.").ProducesRefusals(404, 409).DescribeIdempotencyKey();
        imports.MapPost("/{id:long}/cancel", CancelAsync).WithName("CancelImport").WithSummary("Stops the run. What is in stays until it is reverted.").ProducesRefusals(404, 409).DescribeIdempotencyKey();
        imports.MapPost("/{id:long}/revert", RevertAsync).WithName("RevertImport").WithSummary("Takes back what the import did; what somebody changed since is listed.").ProducesRefusals(404, 409).DescribeIdempotencyKey();
        imports.MapPost("/{id:long}/mapping", SaveMappingAsync).WithName("SaveImportMapping").WithSummary("Keeps the mapping for files with the same columns.").ProducesRefusals(400, 404, 409, 415, 422).DescribeIdempotencyKey();
        imports.MapGet("/{id:long}/rejected", RejectedAsync).WithName("GetRejectedRows").WithSummary("The rejected rows as CSV with the reasons, to be corrected and sent again.").ProducesRefusals(404);
    }

    /// <summary>The body is read by hand, piece by piece.</summary>
    private static RouteHandlerBuilder DescribeUpload(this RouteHandlerBuilder builder) =>
        builder.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(ImportUploadForm), null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["multipart/form-data"] = new() { Schema = schema } },
            };
        });

    /// <summary>The same download for people.</summary>
    public static void MapImportDownloads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/imports/{id:long}/rejected.csv", RejectedAsync).RequireAuthorization(nameof(Permission.ImportLeads)).ExcludeFromDescription();

    private static async Task<Results<Ok<ImportListResponse>, ProblemResult>> ListAsync(
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context, ImportQueries queries, CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await queries.ListAsync(context.RequireCurrentUser(), cursor, most, cancellationToken);
        return page.Succeeded
            ? TypedResults.Ok(new ImportListResponse(
                [.. page.Value.Items.Select(static row => new ImportListItemResponse(row.Id, row.FileName, row.Size, ImportWords.State(row.State), row.Rows, row.Done, row.Added, row.Updated, row.Joined, row.Skipped, row.Rejected, row.UserName, row.CreatedAt))],
                page.Value.NextCursor))
            : page.Refusal.ToProblem();
    }

    private static async Task<Results<Created<ImportResponse>, ProblemResult>> UploadAsync(HttpContext context, ImportUploads uploads, ImportService imports, ImportQueries queries, CancellationToken cancellationToken)
    {
        var (posted, problem) = await uploads.ReadAsync(context, cancellationToken);
        if (posted is null)
            return problem!;
        await using var file = posted.File;
        var uploaded = await imports.UploadAsync(context.RequireCurrentUser(), posted.FileName, file, posted.Choice, posted.Mapping, cancellationToken);
        if (!uploaded.Succeeded)
            return uploaded.Refusal.ToProblem();
        var view = await queries.GetAsync(context.RequireCurrentUser(), uploaded.Value, cancellationToken);
        return view.Succeeded ? TypedResults.Created($"/api/v1/imports/{uploaded.Value}", ImportResponse.Of(view.Value, [])) : view.Refusal.ToProblem();
    }

    private static Task<Results<Ok<ImportResponse>, ProblemResult>> GetAsync(long id, HttpContext context, ImportQueries queries, CancellationToken cancellationToken) =>
        AnswerAsync(id, context, queries, cancellationToken);

    private static async Task<Results<Ok<ImportResponse>, ProblemResult>> ChangeAsync(long id, ImportChangeRequest request, HttpContext context, ImportService imports, ImportQueries queries, CancellationToken cancellationToken)
    {
        var hasFormat = request.Encoding is not null || request.Separator is not null || request.Sheet is not null || request.HeaderRow is not null;
        var choice = ImportRequests.Choice(request.Encoding, request.Separator, request.Sheet, request.HeaderRow?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!choice.Succeeded)
            return choice.Refusal.ToProblem();
        var mapping = request.Mapping is { ValueKind: not JsonValueKind.Null } given ? given : (JsonElement?)null;
        if (request.Existing is { } existing)
        {
            var parts = mapping is { ValueKind: JsonValueKind.Object } sent ? sent.EnumerateObject().Where(static member => member.Name is not "existing").ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal) : [];
            parts["existing"] = JsonSerializer.SerializeToElement(existing);
            mapping = JsonSerializer.SerializeToElement(parts);
        }

        return await MovedAsync(await imports.ChangeAsync(context.RequireCurrentUser(), id, hasFormat ? choice.Value : null, mapping, cancellationToken), context, queries, cancellationToken);
    }

    private static async Task<Results<Ok<ImportResponse>, ProblemResult>> RunAsync(long id, HttpContext context, ImportService imports, ImportQueries queries, CancellationToken cancellationToken) =>
        await MovedAsync(await imports.RunAsync(context.RequireCurrentUser(), id, cancellationToken), context, queries, cancellationToken);

    private static async Task<Results<Ok<ImportResponse>, ProblemResult>> CancelAsync(long id, HttpContext context, ImportService imports, ImportQueries queries, CancellationToken cancellationToken) =>
        await MovedAsync(await imports.CancelAsync(context.RequireCurrentUser(), id, cancellationToken), context, queries, cancellationToken);

    private static async Task<Results<Ok<ImportResponse>, ProblemResult>> RevertAsync(long id, HttpContext context, ImportService imports, ImportQueries queries, CancellationToken cancellationToken) =>
        await MovedAsync(await imports.RevertAsync(context.RequireCurrentUser(), id, cancellationToken), context, queries, cancellationToken);

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(long id, HttpContext context, ImportService imports, CancellationToken cancellationToken) =>
        await imports.DeleteAsync(context.RequireCurrentUser(), id, cancellationToken) is { Refusal: { } refusal } ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<Results<Ok<SavedMappingListResponse>, ProblemResult>> MappingsAsync(HttpContext context, ImportQueries queries, CancellationToken cancellationToken)
    {
        var mappings = await queries.MappingsAsync(context.RequireCurrentUser(), cancellationToken);
        return mappings.Succeeded ? TypedResults.Ok(new SavedMappingListResponse([.. mappings.Value.Select(static row => new SavedMappingResponse(row.Id, row.Name, row.SavedAt))])) : mappings.Refusal.ToProblem();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteMappingAsync(long id, HttpContext context, ImportService imports, CancellationToken cancellationToken) =>
        await imports.DeleteMappingAsync(context.RequireCurrentUser(), id, cancellationToken) is { Refusal: { } refusal } ? refusal.ToProblem() : TypedResults.NoContent();

    private static async Task<Results<Ok<ImportResponse>, ProblemResult>> SaveMappingAsync(long id, ImportMappingRequest request, HttpContext context, ImportService imports, ImportQueries queries, CancellationToken cancellationToken)
    {
        var saved = await imports.SaveMappingAsync(context.RequireCurrentUser(), id, request.Name, cancellationToken);
        return saved.Succeeded ? await AnswerAsync(id, context, queries, cancellationToken) : saved.Refusal.ToProblem();
    }

    private static async Task<IResult> RejectedAsync(long id, HttpContext context, ImportQueries queries, CancellationToken cancellationToken)
    {
        var rejected = await queries.RejectedAsync(context.RequireCurrentUser(), id, cancellationToken);
        return rejected.Succeeded ? new RejectedCsv(rejected.Value) : rejected.Refusal.ToProblem();
    }

    private static async Task<Results<Ok<ImportResponse>, ProblemResult>> MovedAsync(Outcome<long> moved, HttpContext context, ImportQueries queries, CancellationToken cancellationToken) =>
        moved.Succeeded ? await AnswerAsync(moved.Value, context, queries, cancellationToken) : moved.Refusal.ToProblem();

    private static async Task<Results<Ok<ImportResponse>, ProblemResult>> AnswerAsync(long id, HttpContext context, ImportQueries queries, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var view = await queries.GetAsync(user, id, cancellationToken);
        if (!view.Succeeded)
            return view.Refusal.ToProblem();
        var left = view.Value.NotRestored > 0 ? await queries.LeftAsync(user, id, cancellationToken) : default;
        return TypedResults.Ok(ImportResponse.Of(view.Value, left.Value ?? []));
    }
}
