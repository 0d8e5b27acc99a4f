using System.Globalization;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.People;

namespace LeadDesk.Simulators.Forms;

/// <summary>What LinkedIn's notifications are completed from: <c>/rest/leadFormResponses/{id}</c> and <c>/rest/leadForms/{id}</c>.</summary>
internal static class LinkedInApi
{
    public const string FormId = "3162";

    private const string ResponsePrefix = "b6a7";

    private static readonly (int Id, string Name, string Label, string Predefined)[] s_questions =
    [
        (1, "firstName", "First name", "FIRST_NAME"), (2, "lastName", "Last name", "LAST_NAME"), (3, "email", "E-mail address", "EMAIL"), (4, "phone", "Phone number", "PHONE_NUMBER"),
        (5, "need", "What do you need?", "CUSTOM"),
    ];

    public static string ResponseId(long number) => string.Create(CultureInfo.InvariantCulture, $"{ResponsePrefix}{number:D8}-1");

    public static void MapLinkedIn(this WebApplication app)
    {
        app.MapGet("/rest/leadFormResponses/{id}", (string id, HttpRequest request, GraphSimulator graph, TimeProvider time) =>
            Refuse(request) ?? (Number(id) is { } number ? Json(Response(id, PretendPeople.Get(graph.Seed, number), time.GetUtcNow())) : NotFound()));
        app.MapGet("/rest/leadForms/{id}", (string id, HttpRequest request) => Refuse(request) ?? (id == FormId ? Json(Form()) : NotFound()));
    }

    private static long? Number(string id) =>
        id.StartsWith(ResponsePrefix, StringComparison.Ordinal) && long.TryParse(id[ResponsePrefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult? Refuse(HttpRequest request)
    {
        if (!request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal)) return Error(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token");
        return request.Headers["LinkedIn-Version"].ToString() is { Length: 6 } ? null : Error(400, "VERSION_MISSING", "A version must be present. Please specify a version by adding the LinkedIn-Version header.");
    }

    private static IResult NotFound() => Error(404, "RESOURCE_NOT_FOUND", "Could not find entity");

    private static IResult Error(int status, string code, string message) =>
        Results.Text(new JsonObject { ["status"] = status, ["code"] = code, ["message"] = message }.ToJsonString(), "application/json", statusCode: status);

    private static IResult Json(JsonObject body) => Results.Text(body.ToJsonString(), "application/json");

    private static JsonObject Response(string id, PretendPerson person, DateTimeOffset now)
    {
        string[] answers = [person.FirstName, person.LastName, person.Email, person.Phone, person.Message];
        return new JsonObject
        {
            ["id"] = id,
            ["owner"] = new JsonObject { ["organization"] = "urn:li:organization:5509810" },
            ["leadType"] = "SPONSORED",
            ["submittedAt"] = now.ToUnixTimeMilliseconds(),
            ["versionedLeadGenFormUrn"] = $"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:{FormId},1)",
            ["testLead"] = false,
            ["formResponse"] = new JsonObject
            {
                ["answers"] = new JsonArray([.. s_questions.Select(JsonNode (question, index) => new JsonObject
                {
                    ["questionId"] = question.Id,
                    ["name"] = question.Name,
                    ["answerDetails"] = new JsonObject { ["textQuestionAnswer"] = new JsonObject { ["answer"] = answers[index] } },
                })]),
                ["consentResponses"] = new JsonArray(new JsonObject { ["consentId"] = 1, ["accepted"] = true }),
            },
        };
    }

    private static JsonObject Form() => new()
    {
        ["id"] = int.Parse(FormId, CultureInfo.InvariantCulture),
        ["versionId"] = 1,
        ["name"] = "Office check",
        ["state"] = "PUBLISHED",
        ["content"] = new JsonObject
        {
            ["questions"] = new JsonArray([.. s_questions.Select(JsonNode (question) => new JsonObject
            {
                ["questionId"] = question.Id,
                ["name"] = question.Name,
                ["question"] = new JsonObject { ["localized"] = new JsonObject { ["en_US"] = question.Label } },
                ["predefinedField"] = question.Predefined,
            })]),
        },
    };
}
