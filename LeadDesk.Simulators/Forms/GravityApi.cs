using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.People;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Forms;

/// <summary>A WordPress site with Gravity Forms: <c>GET /wp-json/gf/v2/forms/{id}/entries</c>, Basic auth, paging. Entries are added by control.</summary>
internal sealed class GravityApi(GraphSimulator graph, TimeProvider time)
{
    public const string Key = "ck_simulated";
    public const string Secret = "cs_simulated";

    private const int DefaultPageSize = 10;

    private readonly Lock _lock = new();
    private readonly List<(int FormId, FormSubmission Form)> _entries = [];

    public void Add(int formId, int count)
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
                _entries.Add((formId, new FormSubmission(PretendPeople.Get(graph.Seed, _entries.Count), _entries.Count + 1, time.GetUtcNow().UtcDateTime, null, false)));
        }
    }

    /// <summary>Newest first unless asked otherwise.</summary>
    /// <param name="formId">Null: of all forms.</param>
    public IResult List(int? formId, IQueryCollection query)
    {
        if (!TryRead(query["paging[page_size]"], DefaultPageSize, out var size) || !TryRead(query["paging[current_page]"], 1, out var page)) return Error(400, "rest_invalid_param", "Invalid parameter(s): paging");
        List<FormSubmission> found;
        lock (_lock) found = [.. _entries.Where(entry => formId is null || entry.FormId == formId).Select(entry => entry.Form)];
        if (!TrySearch(query["search"], ref found)) return Error(400, "rest_invalid_param", "Invalid parameter(s): search");
        if (!string.Equals(query["sorting[direction]"], "ASC", StringComparison.OrdinalIgnoreCase)) found.Reverse();
        return Json(new JsonObject
        {
            ["total_count"] = found.Count,
            ["entries"] = new JsonArray([.. found.Skip((page - 1) * size).Take(size).Select(JsonNode (form) => WordPressForms.GravityEntry(form, formId ?? 7))]),
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/wp-json/gf/v2/forms/{id:int}/entries", (int id, HttpRequest request, GravityApi site) => Refuse(request) ?? site.List(id, request.Query));
        app.MapGet("/wp-json/gf/v2/entries", (HttpRequest request, GravityApi site) => Refuse(request) ?? site.List(null, request.Query));
        app.MapGet("/wp-json/gf/v2/forms/{id:int}", (int id, HttpRequest request) => Refuse(request) ?? Json(Form(id)));
        app.MapPost("/_control/wordpress/entries", (HttpRequest request, GravityApi site) => ControlJson.ReadAsync<NewEntries>(request, wanted =>
        {
            if (wanted.Count is < 1 or > 100_000) return ControlJson.Problem("count is 1 to 100000");
            site.Add(wanted.FormId, wanted.Count);
            return Results.NoContent();
        }));
    }

    private sealed record NewEntries(int FormId = 7, int Count = 1);

    private static IResult? Refuse(HttpRequest request) =>
        request.Headers.Authorization.ToString() == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Key}:{Secret}"))
            ? null
            : Error(401, "rest_forbidden", "Sorry, you are not allowed to do that.");

    private static bool TryRead(string? text, int preset, out int number)
    {
        number = preset;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
    }

    /// <summary>Of <c>{"start_date":"2026-10-01 00:00:00","end_date":"..."}</c>.</summary>
    private static bool TrySearch(string? text, ref List<FormSubmission> found)
    {
        if (string.IsNullOrEmpty(text)) return true;
        try
        {
            if (JsonNode.Parse(text) is not JsonObject search) return false;
            if (search["start_date"]?.ToString() is { } start) found = [.. found.Where(form => string.CompareOrdinal(form.SqlTime, start) >= 0)];
            if (search["end_date"]?.ToString() is { } end) found = [.. found.Where(form => string.CompareOrdinal(form.SqlTime, end) <= 0)];
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonObject Form(int id) => new()
    {
        ["id"] = id,
        ["title"] = "Contact",
        ["fields"] = new JsonArray(
            new JsonObject
            {
                ["id"] = 1,
                ["type"] = "name",
                ["label"] = "Name",
                ["inputs"] = new JsonArray(new JsonObject { ["id"] = "1.3", ["label"] = "First" }, new JsonObject { ["id"] = "1.6", ["label"] = "Last" }),
            },
            Field(2, "email", "E-mail"), Field(3, "phone", "Phone"), Field(4, "textarea", "Message"), Field(5, "checkbox", "Products"), Field(6, "consent", "Consent")),
    };

    private static JsonObject Field(int id, string type, string label) => new() { ["id"] = id, ["type"] = type, ["label"] = label };

    private static IResult Error(int status, string code, string message) => Results.Text(
        new JsonObject { ["code"] = code, ["message"] = message, ["data"] = new JsonObject { ["status"] = status } }.ToJsonString(), "application/json", statusCode: status);

    private static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");
}
