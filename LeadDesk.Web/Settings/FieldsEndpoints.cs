using System.ComponentModel;
using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Settings;

internal sealed record FieldOptionResponse(int Id, string Name, bool Archived);

internal sealed record FieldResponse(
    long Id,
    [property: Description("Its word in custom, filters and imports.")] string Key,
    string Name,
    CustomFieldType Type,
    IReadOnlyList<FieldOptionResponse> Options,
    bool Archived,
    [property: Description("Sent back with a change, refuses it when somebody else changed the field meanwhile.")] string Version)
{
    public static FieldResponse Of(CustomFieldView field) => new(
        field.Id, field.Key, field.Name, field.Type, [.. field.Options.Select(option => new FieldOptionResponse(option.Id, option.Name, option.Archived))], field.Archived, field.Version);
}

internal sealed record FieldListResponse([property: Description("In order, archived ones last.")] IReadOnlyList<FieldResponse> Fields);

internal sealed record FieldRequest(
    string? Name,
    [property: Description("When made: text, number, money, date, choice, multi_choice, check, phone, email or link. It cannot be changed.")] string? Type,
    [property: Description("When made: its word; made from the name when left out. It cannot be changed.")] string? Key,
    [property: Description("All options in order; one that is left out is archived.")] IReadOnlyList<FieldOptionRequest>? Options,
    bool? Archived,
    string? Version);

/// <summary>An option by its name alone when the field is made; with its id when it is kept.</summary>
internal sealed record FieldOptionRequest(int? Id, string? Name, bool Archived = false);

internal sealed record MergeOptionRequest(int Id, int Into);

/// <summary><c>/api/v1/fields</c>.</summary>
internal static class FieldsEndpoints
{
    public static void MapFieldApi(this IEndpointRouteBuilder routes)
    {
        var fields = routes.MapApiGroup("/fields", "Fields");
        fields.MapGet("", ListAsync).WithName("ListFields").WithSummary("Custom fields, in order.").Produces<FieldListResponse>();
        fields.MapPost("", AddAsync).Managed().WithName("CreateField").WithSummary("Adds a custom field.").Produces<FieldResponse>(201).DescribeIdempotencyKey();
        fields.MapPatch("/{id:long}", ChangeAsync).Managed().ProducesRefusals(412).WithName("ChangeField").WithSummary("Renames, archives, or changes the options.").Produces<FieldResponse>();
        fields.MapPost("/{id:long}/merge-options", MergeAsync).Managed().WithName("MergeFieldOptions").WithSummary("Leads that have one option get another one.").Produces<FieldResponse>().DescribeIdempotencyKey();
        fields.MapDelete("/{id:long}", DeleteAsync).Managed().WithName("DeleteField").WithSummary("Deletes a custom field with all its values.").Produces(204);
    }

    private static async Task<IResult> ListAsync(HttpContext context, CustomFieldService fields, CancellationToken cancellationToken) =>
        TypedResults.Ok(new FieldListResponse([.. (await fields.ListAsync(context.RequireCurrentUser(), archivedToo: true, cancellationToken)).Select(FieldResponse.Of)]));

    private static async Task<IResult> AddAsync(FieldRequest body, HttpContext context, CustomFieldService fields, CancellationToken cancellationToken)
    {
        if (!TryType(body.Type, out var type))
            return Refusal.Invalid("type", "Choose text, number, money, date, choice, multi_choice, check, phone, email or link.").ToProblem();
        var added = await fields.AddAsync(context.RequireCurrentUser(), body.Name, type, body.Key, [.. (body.Options ?? []).Select(option => option.Name ?? "")], cancellationToken);
        return added.Made(field => (string.Create(CultureInfo.InvariantCulture, $"/api/v1/fields/{field.Id}"), FieldResponse.Of(field)));
    }

    private static async Task<IResult> ChangeAsync(long id, FieldRequest body, HttpContext context, CustomFieldService fields, CancellationToken cancellationToken)
    {
        if (body.Type is not null || body.Key is not null)
            return Refusal.Invalid(body.Type is null ? "key" : "type", "Key and type of a field stay as they are. Make another field.").ToProblem();
        var change = new CustomFieldChange
        {
            Name = body.Name,
            Options = body.Options is null ? null : [.. body.Options.Select(option => new OptionChange(option.Id, option.Name ?? "", option.Archived))],
            Archived = body.Archived,
            Version = body.Version,
        };
        return (await fields.ChangeAsync(context.RequireCurrentUser(), id, change, cancellationToken)).Answer(FieldResponse.Of);
    }

    private static async Task<IResult> MergeAsync(long id, MergeOptionRequest body, HttpContext context, CustomFieldService fields, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var merged = await fields.MergeOptionAsync(user, id, body.Id, body.Into, cancellationToken);
        return merged.Succeeded
            ? TypedResults.Ok(FieldResponse.Of((await fields.ListAsync(user, archivedToo: true, cancellationToken)).Single(field => field.Id == id)))
            : merged.Refusal.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(long id, HttpContext context, CustomFieldService fields, CancellationToken cancellationToken) =>
        (await fields.DeleteAsync(context.RequireCurrentUser(), id, cancellationToken)).Gone();

    private static bool TryType(string? text, out CustomFieldType type)
    {
        type = default;
        return text is [not (>= '0' and <= '9' or '-' or '+'), ..] && Enum.TryParse(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out type) && Enum.IsDefined(type);
    }
}
