using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads.Duplicates;

/// <summary>A scan from the button to the list of groups.</summary>
public sealed class DuplicateScanJobTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private TestDatabase database = null!;
    private TestCompany company = null!;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_scan_finds_groups_with_reasons_and_what_was_dismissed_stays_dismissed(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var john = await AddAsync("John Smith", "+447400123456", "john.smith@example.org");
        var jon = await AddAsync("Jon Smith", "07400123456", null);
        var twin = await AddAsync("Smith John", null, "john.smith@exmaple.org");
        await AddAsync("Jane Roe", "+447400999999", null);

        await ScanAsync();

        var group = (await GroupsAsync()).Groups.ShouldHaveSingleItem();
        group.Leads.Select(lead => lead.Id).ShouldBe([john, jon, twin], ignoreOrder: true);
        group.Pairs.Single(pair => pair.LeadId == jon && pair.OtherLeadId == john).Reasons.Select(reason => reason.Sentence).ShouldBe(["Phone much alike", "Name much alike: Jon Smith / John Smith"]);

        (await Service().DismissAsync(company.Admin, [john, twin], Stop)).Succeeded.ShouldBeTrue();
        await ScanAsync();
        (await GroupsAsync()).Groups.ShouldHaveSingleItem().Leads.Select(lead => lead.Id).ShouldBe([john, jon]);
        (await Queries().OfLeadAsync(company.Admin, twin, Stop)).ShouldBeEmpty();
        (await Queries().OfLeadAsync(company.Admin, john, Stop)).ShouldHaveSingleItem().Lead.Id.ShouldBe(jon);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_pair_that_is_alike_no_more_goes_with_the_next_scan_and_the_intakes_notice_stays(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (one, other) = (await AddAsync("John Smith", "+447400123456", null), await AddAsync("John Smith", "07400123456", null));
        var (office, person) = (await AddAsync("Office", "+447400111111", null), await AddAsync("Anna Bell", "+447400222222", null));
        await database.Database.WriteAsync(company.Id, context =>
        {
            context.PossibleDuplicates.Add(new PossibleDuplicate { LeadId = person, OtherLeadId = office, Reason = "Same e-mail", Score = 90, FoundAt = time.GetUtcNow().UtcDateTime });
            return Task.FromResult(true);
        }, Stop);
        await ScanAsync();
        (await GroupsAsync()).Total.ShouldBe(2);

        await database.Database.WriteAsync(company.Id, context => context.Leads.Where(lead => lead.Id == other).ExecuteUpdateAsync(set => set.SetProperty(lead => lead.Name, "Maria Gomez").SetProperty(lead => lead.Phone, "+34600111222"), Stop), Stop);
        time.Advance(TimeSpan.FromMinutes(1));
        await ScanAsync();
        (await GroupsAsync()).Groups.ShouldHaveSingleItem().Leads.Select(lead => lead.Id).ShouldBe([office, person]);
        one.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_scan_goes_on_after_a_crash_stops_when_asked_and_runs_once_at_a_time(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        await AddAsync("John Smith", "+447400123456", null);
        await AddAsync("John Smith", "07400123456", null);
        var first = (await Service().StartAsync(company.Admin, 70, Stop)).Value!;
        (await Service().StartAsync(company.Admin, null, Stop)).Value!.Id.ShouldBe(first.Id);
        // The process that had begun it is gone.
        await database.Database.WriteAsync(company.Id, context => context.DuplicateScans.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ScanState.Running), Stop), Stop);
        await RunAsync(first.Id);
        var done = (await Queries().ScanAsync(company.Admin, Stop))!;
        (done.State, done.Leads, done.Done, done.Pairs, done.Threshold).ShouldBe((ScanState.Done, 2, 2, 1, 70));

        var second = (await Service().StartAsync(company.Admin, null, Stop)).Value!;
        (await Service().CancelAsync(company.Admin, Stop)).Value.ShouldBeTrue();
        await RunAsync(second.Id);
        (await Queries().ScanAsync(company.Admin, Stop))!.State.ShouldBe(ScanState.Cancelled);
        await RunAsync(second.Id);
        (await Queries().ScanAsync(company.Admin, Stop))!.State.ShouldBe(ScanState.Cancelled);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Only_who_may_merge_scans_and_sees_groups_and_each_company_its_own(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (one, other) = (await AddAsync("John Smith", "+447400123456", null), await AddAsync("John Smith", "07400123456", null));
        await ScanAsync();
        var stranger = (await TestCompany.AddAsync(database, "Other")).Admin;

        (await Service().StartAsync(company.Salesperson, null, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await Queries().GroupsAsync(company.Salesperson, 0, null, 10, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await Queries().GroupsAsync(stranger, 0, null, 10, Stop)).Value!.Groups.ShouldBeEmpty();
        (await Service().DismissAsync(stranger, [one, other], Stop)).Refusal!.Errors!.Keys.ShouldContain("ids");
        (await Service().StartAsync(company.Admin, 5, Stop)).Refusal!.Errors!.Keys.ShouldContain("threshold");
        (await Queries().OfLeadAsync(company.Salesperson, one, Stop)).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
    }

    private DuplicateService Service() => new(database.Database, new JobSignal(), time);

    private DuplicateQueries Queries() => new(database.Database, new CompanyDirectory(database.Database, time));

    private async Task<DuplicateGroups> GroupsAsync() => (await Queries().GroupsAsync(company.Admin, LeadMatcher.DefaultThreshold, null, 100, Stop)).Value!;

    private async Task ScanAsync()
    {
        var scan = (await Service().StartAsync(company.Admin, null, Stop)).Value!;
        await RunAsync(scan.Id);
        (await Queries().ScanAsync(company.Admin, Stop))!.State.ShouldBe(ScanState.Done);
    }

    private Task RunAsync(long scanId) => new DuplicateScanJob(database.Database, new CompanyDirectory(database.Database, time), time)
        .RunAsync(new JobRun(1, company.Id, scanId.ToString(CultureInfo.InvariantCulture), 1), Stop);

    private Task<long> AddAsync(string name, string? phone, string? email) => database.Database.WriteAsync(company.Id, async context =>
    {
        var lead = company.NewLead(name);
        (lead.NameKey, lead.Phone, lead.PhoneValid, lead.Email, lead.EmailValid) = (LeadText.NameKey(name, email, phone), phone, phone?[0] is '+', email, email is not null);
        context.Leads.Add(lead);
        await context.SaveChangesAsync(Stop);
        foreach (var value in LeadContacts.Near(lead))
            context.LeadNearKeys.Add(new LeadNearKey { Value = value, LeadId = lead.Id });
        return lead.Id;
    }, Stop);
}
