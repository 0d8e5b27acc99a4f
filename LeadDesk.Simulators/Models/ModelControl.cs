using System.Text.Json;

namespace LeadDesk.Simulators.Models;

/// <summary><c>GET</c>, <c>POST</c> and <c>DELETE /_control/{provider}</c>: see the calls, set the behaviour, start over.</summary>
internal static class ModelControl
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapModelControl(this WebApplication app)
    {
        app.MapGet("/_control/{provider}", (string provider, SimulatedProviders providers) =>
            providers.Find(provider) is { } found
                ? Results.Json(new { found.Behaviour.Mode, found.Calls }, s_json)
                : UnknownProvider(providers));

        app.MapPost("/_control/{provider}", async (string provider, HttpRequest request, SimulatedProviders providers) =>
        {
            if (providers.Find(provider) is not { } found) return UnknownProvider(providers);
            try
            {
                var wanted = await JsonSerializer.DeserializeAsync<ModelBehaviour>(request.Body, s_json, request.HttpContext.RequestAborted);
                if (wanted is null || !ModelMode.All.Contains(wanted.Mode)) return Problem($"mode is one of {string.Join(", ", ModelMode.All)}");
                if (wanted.DelayMs < 0 || wanted.RetryAfter < 0 || wanted.Times < 1) return Problem("delay_ms and retry_after are not negative, times is 1 or more");
                found.Behaviour = wanted;
                return Results.NoContent();
            }
            catch (JsonException)
            {
                return Problem("""expected JSON such as {"mode":"down","times":1}""");
            }
        });

        app.MapDelete("/_control/{provider}", (string provider, SimulatedProviders providers) =>
        {
            if (providers.Find(provider) is not { } found) return UnknownProvider(providers);
            found.Reset();
            return Results.NoContent();
        });
    }

    private static IResult UnknownProvider(SimulatedProviders providers) =>
        Results.Problem($"provider is one of {string.Join(", ", providers.Names)}", statusCode: StatusCodes.Status404NotFound);

    private static IResult Problem(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
