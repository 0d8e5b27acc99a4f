using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace LeadDesk.Web.Api;

/// <summary>What endpoints for programs have in common: the way in, and how they are described.</summary>
internal static class ApiConventions
{
    private const string Problem = "application/problem+json";

    /// <summary>A part of <c>/api/v1</c>: for everybody who is signed in or has a key, with <c>Idempotency-Key</c> on its POSTs.</summary>
    public static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder routes, string path, string tag)
    {
        var group = routes.MapGroup("/api/v1" + path).RequireAuthorization().WithTags(tag);
        group.ProducesRefusals(401, 429, 503);
        IdempotencyConvention.AddTo(group);
        return group;
    }

    /// <summary>Errors an endpoint can answer.</summary>
    public static TBuilder ProducesRefusals<TBuilder>(this TBuilder builder, params ReadOnlySpan<int> statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [Problem]));
        return builder;
    }

    /// <summary>Describes the body of an endpoint that reads it by hand.</summary>
    public static RouteHandlerBuilder DescribeJsonBody<TBody>(this RouteHandlerBuilder builder) =>
        builder.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(TBody), null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
            };
        });

    /// <summary>Describes the <c>Idempotency-Key</c> header.</summary>
    public static RouteHandlerBuilder DescribeIdempotencyKey(this RouteHandlerBuilder builder) =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Describe(operation, IdempotencyHeader.Name, "Repeats within 24 hours get the first answer again; another body with the same key gets 422.");
            return Task.CompletedTask;
        });

    /// <summary>Describes the <c>If-Match</c> header.</summary>
    public static RouteHandlerBuilder DescribeIfMatch(this RouteHandlerBuilder builder) =>
        builder.ProducesRefusals(412).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Describe(operation, "If-Match", "The lead's version as read before, or * for any. When the lead has changed since, nothing is done and the answer is 412.");
            return Task.CompletedTask;
        });

    private static void Describe(OpenApiOperation operation, string header, string text)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = header,
            In = ParameterLocation.Header,
            Description = text,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }
}
