using Microsoft.OpenApi;

namespace LeadDesk.Web.Hosting;

/// <summary><c>/openapi/v1.json</c>, open to everybody: it describes the product, not the data.</summary>
internal static class ApiDescription
{
    private const string Scheme = "api_key";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "LeadDesk",
                Version = "v1",
                Description = "Send leads in, read and change them. JSON, snake_case, UTC. Errors are application/problem+json (RFC 9457).",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Api-Key",
                Description = "An admin makes keys under Settings, API keys. Authorization: Bearer works as well.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        }));

    public static void MapApiDescription(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
