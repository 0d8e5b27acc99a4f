using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Live;
using LeadDesk.Notifications;
using LeadDesk.Sharing;
using LeadDesk.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Leads.Work;

/// <summary>One company on a fresh database with the services by which people work on leads, at a clock of its own.</summary>
internal sealed class WorkWorld : IAsyncDisposable
{
    private readonly TestDatabase database;

    private WorkWorld(TestDatabase database, TestCompany company)
    {
        (this.database, Company) = (database, company);
        Feed = new LiveFeed(Time, NullLogger<LiveFeed>.Instance);
        var companies = new CompanyDirectory(database.Database, Time);
        var users = new UserDirectory(database.Database, Time);
        Queries = new LeadQueries(database.Database);
        Leads = new LeadService(database.Database, companies, users, Feed, Time);
        People = new LeadPeople(Leads, users);
        Timeline = new TimelineQueries(database.Database);
        FollowUps = new FollowUpService(database.Database, Leads, users);
        FollowUpLists = new FollowUpQueries(database.Database);
        Notices = new UserNoticeQueries(database.Database, FollowUpLists);
        Reading = new UserNoticeService(database.Database, Feed, Time);
        Shares = new ShareService(database.Database, Leads, Time);
        Shared = new SharedLeads(database.Database, companies, Time);
        Files = new LeadFileService(Leads);
        FileLists = new LeadFileQueries(database.Database);
        Scores = new ScoreByHand(Leads);
        Fates = new LeadFateQueries(database.Database);
    }

    public TestCompany Company { get; }

    public ManualTime Time { get; } = new(new DateTime(2026, 3, 3, 10, 0, 0));

    public DateTime Now => Time.UtcNow;

    public LiveFeed Feed { get; }

    public LeadQueries Queries { get; }

    public LeadService Leads { get; }

    public LeadPeople People { get; }

    public TimelineQueries Timeline { get; }

    public FollowUpService FollowUps { get; }

    public FollowUpQueries FollowUpLists { get; }

    public UserNoticeQueries Notices { get; }

    public UserNoticeService Reading { get; }

    public ShareService Shares { get; }

    public SharedLeads Shared { get; }

    public LeadFileService Files { get; }

    public LeadFileQueries FileLists { get; }

    public ScoreByHand Scores { get; }

    public LeadFateQueries Fates { get; }

    public static async Task<WorkWorld> AddAsync(DatabaseEngine engine)
    {
        var own = await TestDatabase.CreateAsync(engine);
        return new WorkWorld(own, await TestCompany.AddAsync(own));
    }

    public Task<TestCompany> AddOtherCompanyAsync() => TestCompany.AddAsync(database, "Other");

    public async Task<Outcome<Lead>> AddFileAsync(CurrentUser user, long leadId, string name, byte[] content)
    {
        await using var stream = new MemoryStream(content);
        return await Files.AddAsync(user, leadId, name, stream, 1024 * 1024, null, CancellationToken.None);
    }

    public async Task<long> LeadAsync(CurrentUser? owner = null, Action<Lead>? arrange = null)
    {
        var lead = Company.NewLead("Ada", owner?.UserId);
        arrange?.Invoke(lead);
        await database.Database.WriteAsync(Company.Id, context =>
        {
            context.Leads.Add(lead);
            return Task.FromResult(true);
        }, CancellationToken.None);
        return lead.Id;
    }

    public async Task<Lead> ReadAsync(long leadId) => (await Queries.GetAsync(Company.Admin, leadId, CancellationToken.None)).Value.ShouldNotBeNull().Lead;

    public async Task<IReadOnlyList<TimelineItem>> TimelineAsync(long leadId, TimelineFilter filter = TimelineFilter.All) =>
        (await Timeline.ListAsync(Company.Admin, leadId, filter, null, 100, CancellationToken.None)).Value.ShouldNotBeNull().Items;

    public async Task<IReadOnlyList<UserNoticeView>> NoticesAsync(CurrentUser user) =>
        (await Notices.ListAsync(user, null, 100, CancellationToken.None)).Value.ShouldNotBeNull().Items;

    public async ValueTask DisposeAsync()
    {
        Feed.Dispose();
        await database.DisposeAsync();
    }
}
