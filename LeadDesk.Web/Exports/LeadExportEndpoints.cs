using System.ComponentModel;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Exports;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LeadDesk.Web.Exports;

/// <summary>
/// <c>/api/v1/leads/export</c>: a file of the leads that a filter finds, streamed. Takes keys and signed-in people alike, so that
/// pages link to it. What is wrong is said before the first byte.
/// </summary>
internal static class LeadExportEndpoints
{
    public static void MapLeadExport(this IEndpointRouteBuilder routes)
    {
        routes.MapApiGroup("/leads/export", "Leads").MapGet("", ExportAsync).RequireAuthorization(nameof(Permission.ExportLeads)).WithName("ExportLeads")
            .WithSummary("The leads that the filter finds, as a file.").ProducesRefusals(403, 422)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json"]);
        routes.MapPost(LeadExportForm.Path, SendAsync).RequireAuthorization(nameof(Permission.ExportLeads)).WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
    }

    private static async Task<IResult> ExportAsync(
        [AsParameters] LeadListQuery query, [AsParameters] LeadExportQuery file, HttpContext context, LeadExports exports, LeadFilterScopes scopes, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var list = query.Read(context.Request.Query, await scopes.OfAsync(user, cancellationToken));
        var request = list.Refusal is { } wrongWords ? wrongWords : file.Read(list.Value!.Filter);
        return await PrepareAsync(user, request, exports, cancellationToken);
    }

    /// <summary>The form of the list's page. Ids are in its body: ten thousand would be too long for an address.</summary>
    private static async Task<IResult> SendAsync([AsParameters] LeadListQuery query, HttpContext context, LeadExports exports, LeadFilterScopes scopes, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var list = query.Read(context.Request.Query, await scopes.OfAsync(user, cancellationToken));
        var request = list.Refusal is { } wrongWords ? wrongWords : LeadExportForm.Read(form, list.Value!.Filter);
        return await PrepareAsync(user, request, exports, cancellationToken);
    }

    private static async Task<IResult> PrepareAsync(CurrentUser user, Outcome<ExportRequest> request, LeadExports exports, CancellationToken cancellationToken)
    {
        if (request.Refusal is { } wrong)
            return wrong.ToProblem();
        var export = await exports.PrepareAsync(user, request.Value!, cancellationToken);
        return export.Refusal is { } refusal ? refusal.ToProblem() : new ExportResult(export.Value!);
    }

    /// <summary>Streams the file. Once it has begun a failure can only break the connection, so that nobody takes half a file for a whole one.</summary>
    private sealed class ExportResult(LeadExport export) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = export.ContentType;
            response.Headers.CacheControl = "private, no-store";
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = export.FileName }.ToString();
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await export.WriteAsync(response.BodyWriter, httpContext.RequestAborted);
        }
    }
}

/// <summary>What an export asks for beside the list's words.</summary>
internal sealed record LeadExportQuery
{
    [FromQuery(Name = "format"), Description("csv (default), xlsx or json.")]
    public string? Format { get; init; }

    [FromQuery(Name = "columns"), Description("Words with commas between, in their order: name,phone,stage,cf.budget. The usual ones without.")]
    public string? Columns { get; init; }

    [FromQuery(Name = "bom"), Description("CSV: 1 writes the byte order mark by which Excel knows UTF-8.")]
    public string? Bom { get; init; }

    [FromQuery(Name = "separator"), Description("CSV: a comma (default), a semicolon, or tab.")]
    public string? Separator { get; init; }

    public Outcome<ExportRequest> Read(LeadFilter filter)
    {
        var words = new QueryWords();
        var format = words.Word("format", Format, ExportFormat.Csv);
        var mark = Bom is "1" || (Bom is not "0" && words.Flag("bom", Bom));
        var separator = Separator switch
        {
            null or "" or "," or "comma" => ',',
            ";" or "semicolon" => ';',
            "\t" or "tab" => '\t',
            _ => '\0',
        };
        if (words.Refusal is { } refusal)
            return refusal;
        return new ExportRequest(filter, format, Columns?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), mark, separator);
    }
}
