using System.ComponentModel;
using System.Globalization;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;

namespace LeadDesk.Web.Settings;

internal sealed record TagResponse(long Id, string Name, string? Colour, [property: Description("How many leads have it; null for who does not see all leads.")] int? Leads)
{
    public static TagResponse Of(TagView tag) => new(tag.Id, tag.Name, tag.Colour, tag.Leads);
}

internal sealed record TagListResponse([property: Description("By name.")] IReadOnlyList<TagResponse> Tags);

internal sealed record TagRequest(string? Name, [property: Description("One of grey, blue, teal, green, amber, orange, red, pink, purple.")] string? Colour);

internal sealed record MergeTagRequest([property: Description("The tag that stays.")] long Into);

internal sealed record MergedTagResponse([property: Description("How many leads had the tag that is gone.")] int Leads);

/// <summary><c>/api/v1/tags</c>.</summary>
internal static class TagsEndpoints
{
    public static void MapTagApi(this IEndpointRouteBuilder routes)
    {
        var tags = routes.MapApiGroup("/tags", "Tags");
        tags.MapGet("", ListAsync).WithName("ListTags").WithSummary("All tags, by name.").Produces<TagListResponse>();
        tags.MapPost("", AddAsync).Managed().WithName("CreateTag").WithSummary("Adds a tag.").Produces<TagResponse>(201).DescribeIdempotencyKey();
        tags.MapPatch("/{id:long}", ChangeAsync).Managed().WithName("ChangeTag").WithSummary("Renames a tag or gives it another colour.").Produces<TagResponse>();
        tags.MapPost("/{id:long}/merge", MergeAsync).Managed().WithName("MergeTags").WithSummary("Its leads get another tag, and it is gone.").Produces<MergedTagResponse>().DescribeIdempotencyKey();
        tags.MapDelete("/{id:long}", DeleteAsync).Managed().WithName("DeleteTag").WithSummary("Takes a tag off all leads and deletes it.").Produces(204);
    }

    private static async Task<IResult> ListAsync(HttpContext context, TagService tags, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TagListResponse([.. (await tags.ListAsync(context.RequireCurrentUser(), cancellationToken)).Select(TagResponse.Of)]));

    private static async Task<IResult> AddAsync(TagRequest body, HttpContext context, TagService tags, CancellationToken cancellationToken) =>
        (await tags.AddAsync(context.RequireCurrentUser(), body.Name, body.Colour, cancellationToken)).Made(tag => (string.Create(CultureInfo.InvariantCulture, $"/api/v1/tags/{tag.Id}"), TagResponse.Of(tag)));

    private static async Task<IResult> ChangeAsync(long id, TagRequest body, HttpContext context, TagService tags, CancellationToken cancellationToken) =>
        (await tags.ChangeAsync(context.RequireCurrentUser(), id, body.Name, body.Colour, cancellationToken)).Answer(TagResponse.Of);

    private static async Task<IResult> MergeAsync(long id, MergeTagRequest body, HttpContext context, TagService tags, CancellationToken cancellationToken) =>
        (await tags.MergeAsync(context.RequireCurrentUser(), id, body.Into, cancellationToken)).Answer(leads => new MergedTagResponse(leads));

    private static async Task<IResult> DeleteAsync(long id, HttpContext context, TagService tags, CancellationToken cancellationToken) =>
        (await tags.DeleteAsync(context.RequireCurrentUser(), id, cancellationToken)).Gone();
}
