using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Support;

/// <summary>Deque's axe-core, run inside an open page.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>The serious and critical violations on the page as text a person can act on; empty when there are none.</summary>
    /// <remarks>Evaluated through the debugger's channel, which the page's content policy does not concern.</remarks>
    public static async Task<string> CheckAsync(IPage page)
    {
        await page.EvaluateAsync(Script);
        var json = await page.EvaluateAsync<string>("async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations)");

        using var violations = JsonDocument.Parse(json);
        return string.Join('\n', violations.RootElement.EnumerateArray().Where(IsSerious).SelectMany(Describe));
    }

    private static IEnumerable<string> Describe(JsonElement violation) =>
    [
        $"{Text(violation, "impact")}: {Text(violation, "help")} ({Text(violation, "id")})",
        .. violation.GetProperty("nodes").EnumerateArray().Select(node =>
            $"  {Text(node, "html")}\n    {Text(node, "failureSummary").ReplaceLineEndings("\n    ")}"),
    ];

    private static bool IsSerious(JsonElement violation) => Text(violation, "impact") is "serious" or "critical";

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";
}
