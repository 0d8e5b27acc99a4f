using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Import;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Import;

/// <summary>Files on their way in and back, on both databases.</summary>
public sealed class ImportRunTests : IAsyncDisposable
{
    private const string File = """
        Name;Phone;E-mail;City;Notes
        Ann Lee;07400 123456;ann@example.org;Leeds;I want to buy 50 units today
        Bob Ray;07400 123457;;York;
        Ann L.;+44 7400 123456;;;
        Cem;;not an address;;
        Dora;;;Hull;
        """;

    private ImportDesk desk = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_dry_run_says_what_the_run_then_does(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        await desk.ReceiveAsync(new() { Source = "test", Raw = [], Phone = "+447400123457", Channel = "website", Name = "Bob" });

        var checkedImport = await desk.UploadAsync(File);
        (await desk.LeadsAsync()).Count.ShouldBe(1);
        var dryRun = checkedImport.DryRun!;
        checkedImport.State.ShouldBe(ImportState.Ready);
        (dryRun.Rows, dryRun.Added, dryRun.Updated, dryRun.Duplicates, dryRun.Rejected).ShouldBe((5, 1, 1, 1, 2));
        dryRun.Samples.Single(sample => sample.Outcome is "updated").Changes.ShouldContain(new ImportChange("city", null, "York"));
        dryRun.Samples.Where(sample => sample.Outcome is "rejected").Select(sample => sample.Row).ShouldBe([5, 6]);

        var done = await desk.RunAsync(checkedImport.Id);
        done.State.ShouldBe(ImportState.Done);
        done.Result.ShouldBe(new ImportResult(5, 1, 1, 0, 0, 1, 2));
        var leads = await desk.LeadsAsync();
        leads.Count.ShouldBe(2);
        leads[0].City.ShouldBe("York");
        leads[1].ImportId.ShouldBe(done.Id);
        leads[1].Kind.ShouldBe(LeadKind.Conversation);
        leads[1].OwnerId.ShouldNotBeNull();
        await desk.CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_revert_leaves_nothing_of_new_leads_and_puts_back_what_was_filled(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        await desk.ReceiveAsync(new() { Source = "test", Raw = [], Phone = "+447400123457", Channel = "website", Name = "Bob" });
        var before = (await desk.LeadsAsync())[0];

        var done = await desk.ImportAsync(File);
        var reverted = await desk.RevertAsync(done.Id);

        (reverted.State, reverted.Restored, reverted.NotRestored).ShouldBe((ImportState.Reverted, 2, 0));
        var left = (await desk.LeadsAsync()).ShouldHaveSingleItem();
        left.City.ShouldBe(before.City);
        left.Score.ShouldBe(before.Score);
        await using (var context = desk.Database.Database.Open(desk.Company.Id))
        {
            (await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).CountAsync(Stop)).ShouldBe(1);
            (await context.LeadContacts.CountAsync(row => row.LeadId != left.Id, Stop)).ShouldBe(0);
            (await context.LeadNearKeys.CountAsync(row => row.LeadId != left.Id, Stop)).ShouldBe(0);
            (await context.TimelineEntries.CountAsync(row => row.LeadId != left.Id, Stop)).ShouldBe(0);
            (await context.LeadMessages.CountAsync(Stop)).ShouldBe(0);
        }

        await desk.CountersShouldEqualARecountAsync();
        (await desk.Imports.RevertAsync(desk.Company.Admin, done.Id, Stop)).Refusal!.Message.ShouldContain("reverted already");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_revert_says_what_somebody_has_changed_since(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        var known = await desk.ReceiveAsync(new() { Source = "test", Raw = [], Phone = "+447400123457", Channel = "website", Name = "Bob" });
        var done = await desk.ImportAsync(File);
        var added = (await desk.LeadsAsync())[1];
        await desk.Leads.AddNoteAsync(desk.Company.Admin, added.Id, "Called, will come on Monday", Stop);
        await desk.Leads.EditAsync(desk.Company.Admin, known.LeadId, new LeadEdit(new Dictionary<LeadField, string?> { [LeadField.City] = "Bath" }), null, Stop);

        var reverted = await desk.RevertAsync(done.Id);

        reverted.NotRestored.ShouldBe(2);
        var left = (await desk.Queries.LeftAsync(desk.Company.Admin, done.Id, Stop)).Value!;
        left.Select(row => row.LeadId).ShouldBe([added.Id, known.LeadId], ignoreOrder: true);
        (await desk.LeadsAsync()).ShouldHaveSingleItem().City.ShouldBe("Bath");
        await using var context = desk.Database.Database.Open(desk.Company.Id);
        (await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).SingleAsync(lead => lead.Id == added.Id, Stop)).DeletedAt.ShouldNotBeNull();
        await desk.CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_joined_row_is_a_submission_with_its_message_and_can_be_taken_back(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        await desk.ReceiveAsync(new() { Source = "test", Raw = [], Phone = "+447400123456", Channel = "website", Name = "Ann", Message = "hello" });

        var done = await desk.ImportAsync(File, """{"existing":"join"}""");

        done.Result!.Joined.ShouldBe(1);
        done.Result.Duplicates.ShouldBe(1);
        var lead = (await desk.LeadsAsync())[0];
        (lead.SubmissionCount, lead.MessageCount, lead.Email, lead.City).ShouldBe((3, 2, "ann@example.org", "Leeds"));
        await desk.RevertAsync(done.Id);
        lead = (await desk.LeadsAsync()).ShouldHaveSingleItem();
        (lead.SubmissionCount, lead.MessageCount, lead.Email, lead.City, lead.LastMessage).ShouldBe((1, 1, null, null, "hello"));
        await desk.ReceiveAsync(new() { Source = "test", Raw = [], Email = "ann@example.org", Channel = "website" });
        (await desk.LeadsAsync()).Count.ShouldBe(2);
        await desk.CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Overwriting_replaces_what_the_file_says_and_skipping_nothing(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        await desk.ReceiveAsync(new() { Source = "test", Raw = [], Phone = "+447400123457", Channel = "website", Name = "Bob", Metadata = new Dictionary<string, string> { ["city"] = "Ely" } });
        const string file = "Name,Phone,City,Status,Owner\nRobert Ray,+447400123457,York,Qualified,Manager 2\n";

        (await desk.ImportAsync(file, """{"existing":"skip"}""")).Result!.Skipped.ShouldBe(1);
        (await desk.LeadsAsync())[0].City.ShouldBe("Ely");
        (await desk.ImportAsync(file, """{"existing":"fill"}""")).Result!.Skipped.ShouldBe(1);
        var done = await desk.ImportAsync(file, """{"existing":"overwrite"}""");

        var lead = (await desk.LeadsAsync())[0];
        (lead.Name, lead.City, lead.OwnerId).ShouldBe(("Robert Ray", "York", desk.Company.Manager.UserId));
        desk.Company.Stages.Single(stage => stage.Id == lead.StageId).Name.ShouldBe("Qualified");
        await desk.CountersShouldEqualARecountAsync();
        await desk.RevertAsync(done.Id);
        (await desk.LeadsAsync())[0].City.ShouldBe("Ely");
        await desk.CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_run_that_begins_again_behind_its_last_commit_makes_no_lead_twice(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        var rows = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"Person {(char)('A' + (i % 26))},+4474002{i:00000},p{i}@example.org\n"));
        var import = await desk.UploadAsync("name,phone,email\n" + rows);
        (await desk.Imports.RunAsync(desk.Company.Admin, import.Id, Stop)).Succeeded.ShouldBeTrue();

        // Two processes at once, and then a repetition of what is done: the row of the import lets each row in once.
        await Task.WhenAll(desk.Runs.RunAsync(desk.Job(import.Id), Stop), desk.Runs.RunAsync(desk.Job(import.Id), Stop));
        await desk.Runs.RunAsync(desk.Job(import.Id), Stop);

        var done = await desk.GetAsync(import.Id);
        done.State.ShouldBe(ImportState.Done);
        done.Result!.Added.ShouldBe(5_000);
        await using var context = desk.Database.Database.Open(desk.Company.Id);
        (await context.Leads.CountAsync(Stop)).ShouldBe(5_000);
        await desk.CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_cancelled_run_can_be_continued_and_taken_back(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        var import = await desk.UploadAsync(File);
        (await desk.Imports.RunAsync(desk.Company.Admin, import.Id, Stop)).Succeeded.ShouldBeTrue();
        (await desk.Imports.CancelAsync(desk.Company.Admin, import.Id, Stop)).Succeeded.ShouldBeTrue();
        await desk.Runs.RunAsync(desk.Job(import.Id), Stop);
        (await desk.GetAsync(import.Id)).State.ShouldBe(ImportState.Cancelled);
        (await desk.LeadsAsync()).ShouldBeEmpty();

        (await desk.RunAsync(import.Id)).State.ShouldBe(ImportState.Done);
        (await desk.LeadsAsync()).Count.ShouldBe(2);
        (await desk.RevertAsync(import.Id)).State.ShouldBe(ImportState.Reverted);
        (await desk.LeadsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_of_Metas_export_is_the_same_that_a_sync_brings(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        const string file = "id\tcreated_time\tform_id\tplatform\tfull_name\tphone_number\nl:4280180252200001\t2026-02-27T10:00:00+03:00\tf:77\tig\tAnn Lee\tp:+447400123456\nl:4280180252200002\t2026-02-27T11:00:00+03:00\tf:77\tfb\tBob Ray\tp:+447400123457\n";
        static IncomingLead Synced(string id, string phone) => new() { Source = InboundSources.Meta, Raw = [], ExternalId = id, RepeatKey = id, Channel = "meta", Phone = phone };
        await desk.ReceiveAsync(Synced("4280180252200002", "+447400123457"));

        var done = await desk.ImportAsync(file);
        done.Result!.Added.ShouldBe(1);
        var answer = await desk.ReceiveAsync(Synced("4280180252200001", "+447400123456"));

        var leads = await desk.LeadsAsync();
        leads.Count.ShouldBe(2);
        var imported = leads.Single(lead => lead.Id == answer.LeadId);
        (imported.Channel, imported.Source, imported.SubmissionCount, imported.CreatedAt).ShouldBe(("meta", "Instagram", 1, new DateTime(2026, 2, 27, 7, 0, 0, DateTimeKind.Utc)));
        (imported.ResponseDueAt - desk.Time.UtcNow).ShouldBeGreaterThan(TimeSpan.FromDays(6));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rejected_rows_come_back_with_their_reasons_and_can_be_sent_again(DatabaseEngine engine)
    {
        desk = await ImportDesk.OpenAsync(engine);
        var done = await desk.ImportAsync(File);

        var rejected = await desk.RejectedAsync(done.Id);

        rejected.Select(row => row.Row).ShouldBe([5, 6]);
        rejected[0].Cells.ShouldBe(["Cem", "", "not an address", "", ""]);
        rejected[0].Reason.ShouldContain("not an address");
    }

    [Fact]
    public async Task A_salesperson_may_not_import_and_another_company_sees_nothing()
    {
        desk = await ImportDesk.OpenAsync(DatabaseEngine.Sqlite);
        var import = await desk.UploadAsync(File);
        var stranger = await TestCompany.AddAsync(desk.Database, "Other");

        (await desk.Queries.GetAsync(desk.Company.Salesperson, import.Id, Stop)).Refusal!.Kind.ShouldBe(LeadDesk.Common.RefusalKind.Forbidden);
        (await desk.Imports.RunAsync(desk.Company.Salesperson, import.Id, Stop)).Refusal!.Kind.ShouldBe(LeadDesk.Common.RefusalKind.Forbidden);
        (await desk.Queries.GetAsync(stranger.Admin, import.Id, Stop)).Refusal!.Kind.ShouldBe(LeadDesk.Common.RefusalKind.Missing);
        (await desk.Imports.RunAsync(stranger.Admin, import.Id, Stop)).Refusal!.Kind.ShouldBe(LeadDesk.Common.RefusalKind.Missing);
    }

    public async ValueTask DisposeAsync()
    {
        if (desk is not null)
            await desk.DisposeAsync();
    }
}
