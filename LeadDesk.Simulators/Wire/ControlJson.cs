using System.Text.Json;

namespace LeadDesk.Simulators.Wire;

/// <summary>The JSON of the control addresses: snake case both ways.</summary>
internal static class ControlJson
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IResult Answer<T>(T value) => Results.Json(value, s_json);

    public static IResult Problem(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    public static bool IsWebAddress(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    public static Task<IResult> ReadAsync<T>(HttpRequest request, Func<T, IResult> act) where T : class => ReadAsync<T>(request, wanted => Task.FromResult(act(wanted)));

    public static async Task<IResult> ReadAsync<T>(HttpRequest request, Func<T, Task<IResult>> act) where T : class
    {
        T? wanted;
        try
        {
            wanted = await JsonSerializer.DeserializeAsync<T>(request.Body, s_json, request.HttpContext.RequestAborted);
        }
        catch (JsonException wrong)
        {
            return Problem($"expected a JSON object; {wrong.Path} cannot be read");
        }

        return wanted is null ? Problem("expected a JSON object") : await act(wanted);
    }
}
