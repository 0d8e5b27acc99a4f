using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Intake;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Setup;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Demo;

/// <summary>
/// Fills an empty installation with an invented company: six people, two thousand leads, ninety days of work. Everything
/// comes in by the door and is changed by the services of the product, on a clock that stands in the past; so scores,
/// timelines and counters are what they would have been. The same seed and the same "now" give the same company.
/// </summary>
public sealed class DemoCompany(Database database, IPasswordHashing passwords, TimeProvider time, ILoggerFactory logs)
{
    public const string Name = "Harbour & Loom Interiors";
    public const string Password = "demo-leaddesk";

    private const int Leads = 2000;
    private const int Lately = 12;
    private const int Lanes = 4;

    /// <summary>Each so many leads somebody comes in once more under a slightly different address.</summary>
    private const int EachAgain = 150;

    private const int ArrivalsAtOnce = 200;
    private const string FilledAction = "demo.filled";

    private static readonly (string Name, string Email, Role Role)[] Colleagues =
    [
        ("Marta Quillfeather", "manager@demo.example.com", Role.Manager),
        ("Tom Ashgrove", "tom@demo.example.com", Role.Salesperson),
        ("Selin Karadut", "selin@demo.example.com", Role.Salesperson),
        ("Nadia Rosemere", "nadia@demo.example.com", Role.Salesperson),
        ("Luis Marbelo", "luis@demo.example.com", Role.Salesperson),
    ];

    private static readonly (string Name, string Email) Admin = ("Iris Holloway", "admin@demo.example.com");

    /// <param name="seed">Who the customers are and what they do.</param>
    /// <returns>
    /// Who can sign in; without the API key when the company was there already. Refused when the installation is in use for
    /// something else, or a filling was interrupted.
    /// </returns>
    public async Task<Outcome<DemoLogins>> FillAsync(CancellationToken cancellationToken, int seed = 20)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var clock = new DemoClock();
        clock.Set(now.AddDays(-DemoCalendar.Days - 1));
        var users = new UserDirectory(database, clock);
        var setup = new SetupService(database, passwords, clock);
        if (await setup.IsDoneAsync(cancellationToken))
            return await AlreadyThereAsync(cancellationToken);

        var admin = DemoDesk.Take(await setup.CreateAsync(new FirstCompany(Name, "GB", "Europe/London", Admin.Name, Admin.Email, Password), cancellationToken));
        var adminUser = new CurrentUser(admin.CompanyId, admin.Id, admin.Name, admin.Role);
        var userService = new UserService(database, users, passwords, clock);
        foreach (var colleague in Colleagues)
            DemoDesk.Take(await userService.CreateAsync(adminUser, new NewUser(colleague.Name, colleague.Email, colleague.Role, Password), cancellationToken));
        var key = DemoDesk.Take(await new ApiKeyService(database, new ApiKeyDirectory(database, clock), users, clock).CreateAsync(adminUser, "Website and channels", ApiKeyActor.Integration, cancellationToken));

        await LiveNinetyDaysAsync(adminUser, users, clock, now, seed, cancellationToken);
        await LeadSearchIndexer.CatchUpAsync(database, cancellationToken);
        await database.WriteAsync(admin.CompanyId, context =>
        {
            Audit.Note(context, admin.CompanyId, null, now, FilledAction, Name);
            return Task.FromResult(true);
        }, cancellationToken);
        return new DemoLogins(FilledNow: true, People(), key.Key);
    }

    private async Task<Outcome<DemoLogins>> AlreadyThereAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        if (await context.AuditEntries.IgnoreQueryFilters().AnyAsync(entry => entry.Action == FilledAction, cancellationToken))
            return new DemoLogins(FilledNow: false, People(), ApiKey: null);
        return await context.Users.IgnoreQueryFilters().AnyAsync(user => user.Email == Admin.Email, cancellationToken)
            ? Refusal.Conflict("The demo company was interrupted while it was made. Delete the database and start again with --demo.")
            : Refusal.Conflict("--demo needs an empty database, and this one has users already. Start without --demo, or name another data folder.");
    }

    private async Task LiveNinetyDaysAsync(CurrentUser admin, UserDirectory users, DemoClock clock, DateTime now, int seed, CancellationToken cancellationToken)
    {
        using var analyst = new LeadAnalyst([], InstructionLikeText.Remove, TimeSpan.FromSeconds(1), clock, logs.CreateLogger<LeadAnalyst>());
        using var feed = new LiveFeed(clock, logs.CreateLogger<LiveFeed>());
        var companies = new CompanyDirectory(database, clock);
        await using var intake = new LeadIntake(database, companies, users, analyst, feed, new JobSignal(), clock, logs);
        var service = new LeadService(database, companies, users, feed, clock);
        await DemoDesk.SetUpAsync(admin, new DeskSetup(database, companies, feed, new JobSignal(), clock), cancellationToken);
        var company = await companies.GetAsync(admin.CompanyId, cancellationToken);
        var people = await users.OfAsync(admin.CompanyId);
        var manager = people.FindCurrent(people.All.First(user => user.Role is Role.Manager).Id) ?? admin;

        var languages = DemoTexts.Read();
        var arrivals = await ArriveAsync(Invent(languages, company, now, seed), intake, admin, clock, cancellationToken);
        var owners = await OwnersAsync(admin.CompanyId, cancellationToken);
        var sales = new DemoSales(intake, service, new FollowUpService(database, service, users), company, people, manager, languages[0], clock, now);
        await Parallel.ForEachAsync(
            arrivals.Index(), new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken },
            async (arrival, stop) => await sales.WorkAsync(
                arrival.Index, arrival.Item.Customer, arrival.Item.Answer, owners.GetValueOrDefault(arrival.Item.Answer.LeadId) ?? manager.UserId, stop));
        // Forms have aged meanwhile, as the schedule would have found.
        clock.Set(now);
        await new RescoreLeads(database, companies, feed, clock).RunAsync(new JobRun(JobId: 0, CompanyId: null, Payload: null, Attempt: 1), cancellationToken);
    }

    /// <summary>In the order in which they come in, each with what it writes.</summary>
    private static List<(DemoCustomer Customer, string? Message)> Invent(IReadOnlyList<DemoLanguage> languages, CompanyRules company, DateTime now, int seed)
    {
        var random = new Random(seed);
        var customers = new DemoCustomers(languages, random);
        var invented = new List<(DemoCustomer, string?)>(Leads);
        DemoCustomer? withEmail = null;
        foreach (var at in new DemoCalendar(now, company.Zone, random).Arrivals(Leads, Lately))
        {
            var isAgain = invented.Count % EachAgain is EachAgain - 1 && withEmail is not null;
            var customer = isAgain ? DemoCustomers.Again(withEmail!, at) : customers.Next(at, invented.Count >= Leads - Lately && invented.Count % 2 is 0 ? "buy now" : null);
            if (customer is { Email: not null, Kind: "buy" or "buy now" })
                withEmail = customer;
            invented.Add((customer, customer.Kind is "form" ? null : customer.Language.Pick(customer.Kind, random)));
        }

        return invented;
    }

    /// <summary>Many at once, so that they share commits; handed over in order, so that ids and turns are those of real life.</summary>
    private static async Task<List<(DemoCustomer Customer, IntakeAnswer Answer)>> ArriveAsync(
        List<(DemoCustomer Customer, string? Message)> invented, LeadIntake intake, CurrentUser caller, DemoClock clock, CancellationToken cancellationToken)
    {
        var arrived = new List<(DemoCustomer, IntakeAnswer)>(invented.Count);
        foreach (var batch in invented.Chunk(ArrivalsAtOnce))
        {
            var receipts = await Task.WhenAll(batch.Select(lead =>
            {
                clock.Set(lead.Customer.FirstAt);
                return intake.ReceiveAsync(caller, lead.Customer.Write(lead.Message), renderResponse: null, cancellationToken);
            }).ToList());
            arrived.AddRange(batch.Zip(receipts, (lead, receipt) => (lead.Customer, DemoDesk.Take(receipt).Answer!)));
        }

        return arrived;
    }

    private async Task<Dictionary<long, long?>> OwnersAsync(long companyId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        return await context.Leads.ToDictionaryAsync(lead => lead.Id, lead => lead.OwnerId, cancellationToken);
    }

    private static IReadOnlyList<DemoLogin> People() =>
        [new(Admin.Name, Role.Admin, Admin.Email, Password), .. Colleagues.Select(colleague => new DemoLogin(colleague.Name, colleague.Role, colleague.Email, Password))];
}
