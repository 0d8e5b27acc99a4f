using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Api;

/// <summary><c>/openapi/v1.json</c> of the running app, and what it promises.</summary>
public sealed class ApiDescriptionTests(ApiApps apps)
{
    private static readonly string[] Methods = ["get", "post", "patch", "put", "delete"];

    /// <summary>POSTs that take no body: the address says it all.</summary>
    [Fact]
    public async Task Every_address_for_programs_refuses_whoever_has_no_key()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var nobody = app.WithKey(null);
        var operations = await OperationsAsync(nobody);
        operations.Count.ShouldBeGreaterThan(15);
        operations.Where(operation => !operation.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(operation => operation.Path).ShouldBeEmpty(); // forms of pages are nothing for programs

        foreach (var (path, method, _) in operations)
        {
            var body = method is "get" or "delete" ? null : "{}";
            var answer = await nobody.SendAsync(HttpMethod.Parse(method), path.Replace("{id}", "1", StringComparison.Ordinal), body);
            answer.Status.ShouldBe(401, $"{method} {path}");
            answer.MediaType.ShouldBe("application/problem+json", $"{method} {path}");
        }
    }

    [Fact]
    public async Task Every_operation_is_named_summed_up_and_says_how_it_fails()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);

        foreach (var (path, method, operation) in await OperationsAsync(app.WithKey(null)))
        {
            var name = $"{method} {path}";
            operation.TryGetProperty("operationId", out _).ShouldBeTrue(name);
            operation.TryGetProperty("summary", out _).ShouldBeTrue(name);
            operation.GetProperty("responses").TryGetProperty("401", out _).ShouldBeTrue(name);
            if (method is "patch" || (method is "post" && !StartsSomething(path)))
                operation.TryGetProperty("requestBody", out _).ShouldBeTrue(name);
            if (method is "post")
                operation.GetProperty("parameters").EnumerateArray().ShouldContain(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key", name);
        }
    }

    /// <summary>Such a request says all by its address.</summary>
    private static bool StartsSomething(string path) => path.StartsWith("/api/v1/undo/", StringComparison.Ordinal) || (path.StartsWith("/api/v1/imports/", StringComparison.Ordinal) && path.EndsWith("/run", StringComparison.Ordinal)) || path.EndsWith("/cancel", StringComparison.Ordinal) || path.EndsWith("/revert", StringComparison.Ordinal) || path.EndsWith("/sync", StringComparison.Ordinal) || path.EndsWith("/gaps", StringComparison.Ordinal) || path.EndsWith("/process", StringComparison.Ordinal);

    private static async Task<List<(string Path, string Method, JsonElement Operation)>> OperationsAsync(ApiCaller caller)
    {
        var description = await caller.GetAsync("/openapi/v1.json");
        return
        [
            .. from path in description["paths"].EnumerateObject()
               from operation in path.Value.EnumerateObject()
               where Methods.Contains(operation.Name)
               select (path.Name, operation.Name, operation.Value),
        ];
    }
}
