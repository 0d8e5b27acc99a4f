using System.Text;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Intake.Import;

/// <summary>A company that imports files, without HTTP; its jobs run when a test says so.</summary>
internal sealed class ImportDesk : IAsyncDisposable
{
    private ImportDesk(TestDatabase database, TestCompany company)
    {
        (Database, Company) = (database, company);
        var companies = new CompanyDirectory(database.Database, Time);
        var users = new UserDirectory(database.Database, Time);
        var feed = new LiveFeed(Time, NullLogger<LiveFeed>.Instance);
        var jobs = new JobSignal();
        Intake = new LeadIntake(
            database.Database, companies, users, new LeadAnalyst([], InstructionLikeText.Remove, TimeSpan.FromSeconds(5), Time, NullLogger<LeadAnalyst>.Instance), feed, jobs, Time, NullLoggerFactory.Instance);
        var files = new ImportFiles(database.Database);
        var settings = new ImportSettings(database.Database, companies);
        var checks = new ImportChecks(database.Database, settings, files, users, Intake, Time);
        Imports = new ImportService(database.Database, jobs, Time, settings, files, checks);
        Queries = new ImportQueries(database.Database, users, files, Time);
        Runs = new ImportRuns(database.Database, settings, files, users, Intake, feed, Time);
        Reverts = new ImportReverts(database.Database, companies, feed, Time);
        Leads = new LeadService(database.Database, companies, users, feed, Time);
    }

    public ManualTime Time { get; } = new();

    public TestDatabase Database { get; }

    public TestCompany Company { get; }

    public LeadIntake Intake { get; }

    public ImportService Imports { get; }

    public ImportQueries Queries { get; }

    public ImportRuns Runs { get; }

    public ImportReverts Reverts { get; }

    public LeadService Leads { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ImportDesk> OpenAsync(DatabaseEngine engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        return new ImportDesk(database, await TestCompany.AddAsync(database));
    }

    public Task<ImportView> UploadAsync(string text, string? mapping = null) => UploadAsync(Encoding.UTF8.GetBytes(text), mapping);

    public async Task<ImportView> UploadAsync(byte[] file, string? mapping = null, string name = "leads.csv")
    {
        using var stream = new MemoryStream(file);
        using var json = mapping is null ? null : JsonDocument.Parse(mapping);
        var uploaded = await Imports.UploadAsync(Company.Admin, name, stream, new FormatChoice(), json?.RootElement, Stop);
        uploaded.Succeeded.ShouldBeTrue(uploaded.Refusal?.Message);
        return await GetAsync(uploaded.Value);
    }

    public async Task<string> RefuseAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var uploaded = await Imports.UploadAsync(Company.Admin, "leads.csv", stream, new FormatChoice(), null, Stop);
        uploaded.Succeeded.ShouldBeFalse();
        await using var context = Database.Database.Open(Company.Id);
        (await context.LeadImports.CountAsync(Stop)).ShouldBe(0);
        return uploaded.Refusal!.Message;
    }

    public async Task<ImportView> GetAsync(long importId) => (await Queries.GetAsync(Company.Admin, importId, Stop)).Value!;

    public async Task<ImportView> RunAsync(long importId)
    {
        var started = await Imports.RunAsync(Company.Admin, importId, Stop);
        started.Succeeded.ShouldBeTrue(started.Refusal?.Message);
        await Runs.RunAsync(Job(importId), Stop);
        return await GetAsync(importId);
    }

    public async Task<ImportView> ImportAsync(string text, string? mapping = null) => await RunAsync((await UploadAsync(text, mapping)).Id);

    public async Task<ImportView> RevertAsync(long importId)
    {
        var asked = await Imports.RevertAsync(Company.Admin, importId, Stop);
        asked.Succeeded.ShouldBeTrue(asked.Refusal?.Message);
        await Reverts.RunAsync(Job(importId), Stop);
        return await GetAsync(importId);
    }

    public JobRun Job(long importId) => new(1, Company.Id, $$"""{"import":{{importId}}}""", 1);

    public async Task<List<Lead>> LeadsAsync()
    {
        await using var context = Database.Database.Open(Company.Id);
        return await context.Leads.OrderBy(lead => lead.Id).ToListAsync(Stop);
    }

    public async Task<IntakeAnswer> ReceiveAsync(IncomingLead lead)
    {
        var outcome = await Intake.ReceiveAsync(Company.Admin, lead, null, Stop);
        outcome.Succeeded.ShouldBeTrue(outcome.Refusal?.Message);
        return outcome.Value!.Answer!;
    }

    public async Task<List<(int Row, string Reason, IReadOnlyList<string> Cells)>> RejectedAsync(long importId)
    {
        var rejected = await Queries.RejectedAsync(Company.Admin, importId, Stop);
        var rows = new List<(int, string, IReadOnlyList<string>)>();
        await foreach (var row in rejected.Value!.Rows)
            rows.Add(row);
        return rows;
    }

    public async Task CountersShouldEqualARecountAsync()
    {
        await using var context = Database.Database.Open(Company.Id);
        var expected = new Dictionary<CounterKey, long>();
        foreach (var lead in await context.Leads.ToListAsync(Stop))
            CounterKeys.Add(expected, lead, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), +1);
        var kept = await context.LeadCounters.Where(counter => counter.Count != 0).ToListAsync(Stop);
        kept.ToDictionary(counter => new CounterKey(counter.Metric, counter.Day, counter.OwnerId, counter.Key), counter => counter.Count).ShouldBe(expected, ignoreOrder: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Intake.DisposeAsync();
        await Database.DisposeAsync();
    }
}
