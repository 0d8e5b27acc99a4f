using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Imports;

/// <summary>Files sent by programs.</summary>
public sealed class ImportApiTests : IAsyncDisposable
{
    private const string File = "Name,Phone,E-mail,City\nAnn Lee,07400 123456,ann@example.org,Leeds\nBob Ray,07400 123457,,York\nNobody,,,Hull\n\"=cmd()\",,x,\n";

    private TestApp app = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_file_is_uploaded_checked_run_and_taken_back(DatabaseEngine engine)
    {
        app = await TestApp.StartAsync(engine);

        using var uploaded = await UploadAsync(File);
        uploaded.StatusCode.ShouldBe(HttpStatusCode.Created);
        var import = await ReadAsync(uploaded);
        var id = (long)import["id"]!;
        ((string?)import["state"], (int)import["dry_run"]!["new"]!, (int)import["dry_run"]!["rejected"]!).ShouldBe(("ready", 2, 2));
        import["dry_run"]!["bad_rows"]!.AsArray().Count.ShouldBe(2);
        ((string?)import["mapping"]!["columns"]![0]!["to"]).ShouldBe("name");

        using var changed = await app.Program.PatchAsJsonAsync($"/api/v1/imports/{id}", new { mapping = new { columns = new Dictionary<string, string> { ["City"] = "ignore" } }, existing = "skip" }, Stop);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync(Stop));
        using var started = await app.Program.PostAsync($"/api/v1/imports/{id}/run", null, Stop);
        started.StatusCode.ShouldBe(HttpStatusCode.OK);
        await WorkAsync<ImportRuns>(id);
        var done = await GetAsync(id);
        ((string?)done["state"], (int)done["result"]!["new"]!).ShouldBe(("done", 2));

        var rejected = await app.Program.GetStringAsync((string)done["rejected_url"]!, Stop);
        rejected.TrimStart('\uFEFF').Split("\r\n")[0].ShouldBe("Name,Phone,E-mail,City,Reason");
        rejected.ShouldContain("\r\n'=cmd()");

        using var revert = await app.Program.PostAsync($"/api/v1/imports/{id}/revert", null, Stop);
        revert.StatusCode.ShouldBe(HttpStatusCode.OK);
        await WorkAsync<ImportReverts>(id);
        ((string?)(await GetAsync(id))["state"]).ShouldBe("reverted");
        using var again = await app.Program.PostAsync($"/api/v1/imports/{id}/revert", null, Stop);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await app.Program.GetFromJsonAsync<JsonNode>("/api/v1/imports", Stop))!["imports"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_table_gets_a_sentence_and_leaves_nothing()
    {
        app = await TestApp.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["LeadDesk:Limits:UploadMegabytes"] = "1" });

        using var pdf = await UploadAsync("%PDF-1.7 nothing of ours");
        pdf.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)(await ReadAsync(pdf))["errors"]!["file"]![0])!.ShouldContain("PDF");
        using var large = await UploadAsync(new string('x', 3 << 20));
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var json = await app.Program.PostAsJsonAsync("/api/v1/imports", new { file = "x" }, Stop);
        json.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var missing = await app.Program.PostAsync("/api/v1/imports/77/run", null, Stop);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var context = app.Database.Database.Open(1);
        (await context.LeadImports.CountAsync(Stop)).ShouldBe(0);
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<HttpResponseMessage> UploadAsync(string text)
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        form.Add(content, "file", "leads.csv");
        return await app.Program.PostAsync("/api/v1/imports", form, Stop);
    }

    private async Task WorkAsync<THandler>(long id)
        where THandler : class, IJobHandler
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<THandler>().RunAsync(new JobRun(1, 1, $$"""{"import":{{id}}}""", 1), Stop);
    }

    private async Task<JsonNode> GetAsync(long id) => (await app.Program.GetFromJsonAsync<JsonNode>($"/api/v1/imports/{id}", Stop))!;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
}
