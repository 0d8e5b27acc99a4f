using LeadDesk.Data;
using LeadDesk.Intake.Import;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Import;

/// <summary>What stays of an import when it is over.</summary>
public sealed class ImportEndTests : IAsyncDisposable
{
    private const string File = "name,phone,tags\nAnn Lee,+447400123456,Fair\nBob Ray,+447400123457,\"Fair, Spring\"\n";

    private ImportDesk? desk;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Tags_that_an_import_made_go_with_its_revert_unless_something_else_uses_them(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        var first = await desk.ImportAsync(File);
        var other = await desk.ImportAsync("name,phone,tags\nCem Ay,+447400123458,Spring\n");
        (await TagsAsync()).ShouldBe(["Fair", "Spring"]);

        await desk.RevertAsync(first.Id);
        (await TagsAsync()).ShouldBe(["Spring"]);

        // The second import found the tag and did not make it.
        await desk.RevertAsync(other.Id);
        (await TagsAsync()).ShouldBe(["Spring"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_tag_that_a_saved_view_asks_for_stays(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        var done = await desk.ImportAsync(File);
        await desk.Database.Database.WriteAsync(desk.Company.Id, context =>
        {
            context.SavedViews.Add(new SavedView { CompanyId = desk.Company.Id, UserId = desk.Company.Admin.UserId, Name = "Of the fair", Query = "filter=tag%20is%20%22Fair%22" });
            return Task.FromResult(0);
        }, Stop);

        await desk.RevertAsync(done.Id);

        (await TagsAsync()).ShouldBe(["Fair"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_file_goes_a_month_after_its_import_and_leads_can_still_be_taken_back(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        var done = await desk.ImportAsync(File + "Nobody,,\n");
        var waiting = await desk.UploadAsync(File);
        desk.Time.Advance(TimeSpan.FromDays(29));
        await CleanAsync();
        (await ChunksAsync()).ShouldBe([done.Id, waiting.Id]);

        desk.Time.Advance(TimeSpan.FromDays(3));
        await CleanAsync();

        (await ChunksAsync()).ShouldBeEmpty();
        (await desk.Imports.RunAsync(desk.Company.Admin, waiting.Id, Stop)).Refusal!.Message.ShouldContain("Upload it again");
        (await desk.Imports.ChangeAsync(desk.Company.Admin, waiting.Id, null, null, Stop)).Refusal!.Message.ShouldContain("Upload it again");
        (await desk.GetAsync(waiting.Id)).MayRun.ShouldBeFalse();
        (await desk.Queries.ColumnsAsync(desk.Company.Admin, done.Id, Stop)).Value!.Select(column => column.Column.Name).ShouldBe(["name", "phone", "tags"]);
        (await desk.RejectedAsync(done.Id)).ShouldHaveSingleItem().Cells.ShouldBe(["Nobody", "", ""]);
        (await desk.RevertAsync(done.Id)).State.ShouldBe(ImportState.Reverted);
        (await desk.LeadsAsync()).ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }

    private Task CleanAsync() => new ImportHousekeeping(desk!.Database.Database, desk.Time).RunAsync(new JobRun(1, null, null, 1), Stop);

    private async Task<List<string>> TagsAsync()
    {
        await using var context = desk!.Database.Database.Open(desk.Company.Id);
        return await context.Tags.OrderBy(tag => tag.NameKey).Select(tag => tag.Name).ToListAsync(Stop);
    }

    private async Task<List<long>> ChunksAsync()
    {
        await using var context = desk!.Database.Database.Open(desk.Company.Id);
        return await context.ImportChunks.OrderBy(chunk => chunk.ImportId).Select(chunk => chunk.ImportId).ToListAsync(Stop);
    }
}
