using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using LeadDesk.Tests.Leads.Filtering;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

/// <summary>More leads than are looked at first, so that pages come from every kind of index.</summary>
public sealed class LeadFinderTests
{
    private const int Leads = 1500;
    private const int Page = 20;

    private static readonly string[] Cities = ["London", "Izmir", "Paris", "Berlin", "Madrid"];
    private static readonly string[] Channels = ["website", "whatsapp", "email"];

    /// <summary>Common, rare, met by nobody, and of what is only known by other tables.</summary>
    private static readonly string[] Filters =
    [
        "grade is hot", "grade is cold and channel is email", "grade is hot and score<60", "channel is whatsapp and stage is new and intent is buy",
        "owner is nobody and grade is warm", "owner is \"Salesperson 3\" and channel any of (email, website)", "stage is not new and (grade is hot or owner is nobody)",
        "city is London and grade is hot", "city is \"Çankırı\"", "city is \"Çankırı\" and grade is cold", "city contains \"ankir\" and score>=0", "city any of (Izmir, Paris) and channel is email",
        "tag is VIP", "tag is VIP and stage is won", "tag is VIP and city is London and grade is hot", "tag is VIP and city is Nowhere", "score between 3 and 4", "score between 3 and 4 and city is Paris",
        "created after 2026-03-01", "created before 2025-12-01 and grade is hot", "created between 2025-10-01 and 2025-12-01 and owner is nobody and score>=50",
        "city contains \"e\" and tag is not empty", "campaign contains \"1\" and grade is cold", "campaign contains \"spring 4\" or city contains \"kir\"", "city is not empty and campaign contains \"-\"",
        "tag is empty and score<=40", "helper is not empty and channel is email", "helper is empty and tag is VIP", "value is not empty and city is London", "value is empty and follow_up is not empty",
        "cf.budget between 100 and 400 and stage is not new", "cf.budget is not empty and city contains \"lon\"", "cf.budget is empty and grade is hot and tag is VIP", "grade is cold and (tag is VIP or city is Paris or cf.budget>=700)",
        "last_activity after 2026-01-01 and urgency is low", "email contains \"lead1\" and channel is website", "kind is form", "intent is buy and kind is conversation and score>=21",
        "response is waiting and grade is hot", "response is answered and channel is email", "name contains \"lead 14\" and grade is hot", "outcome is won and intent is question",
    ];

    private static readonly LeadSort[] Sorts = [LeadSort.Created, LeadSort.Score, LeadSort.Name, LeadSort.Activity, LeadSort.Value, LeadSort.Stage, LeadSort.Owner, LeadSort.Grade, LeadSort.City, LeadSort.FollowUp, LeadSort.Channel, LeadSort.Email, LeadSort.Custom];

    /// <summary>As if the leads were a million: few are looked at, and what is found in indexes is walked.</summary>
    private static readonly FinderLimits Small = new() { LeastFirst = 10, MostFirst = 20, LeastNext = 30, MostNext = 40, FewFound = 15, MostFound = 60, FirstPart = 50, LargestPart = 200, MostWalked = 300 };

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_list_has_the_leads_that_meet_its_filter_in_every_order(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await AddAsync(database);
        var orders = await OrdersAsync(database, company);
        foreach (var (number, (text, where, expected)) in (await ExpectedAsync(database, company.Admin)).Index())
        {
            // The way is chosen alike on both databases: on the slower one each filter meets a third of the orders, and each order a third of the filters.
            foreach (var ((sort, up, field), order) in orders.Where((_, at) => engine is DatabaseEngine.Sqlite || (number + at) % 3 == 0))
            {
                var filter = new LeadFilter { Where = where, Sort = sort, SortFieldId = field, Ascending = up };
                // Both ways of finding take turns.
                var queries = new LeadQueries(database.Database) { Limits = up ? Small : new FinderLimits() };
                (await AllAsync(queries, company.Admin, filter)).ShouldBe(order.Where(expected.Contains), $"{text}, by {sort} {up}");
            }

            foreach (var limits in new[] { Small, new FinderLimits() })
                await CountsAsync(new LeadQueries(database.Database) { Limits = limits }, company.Admin, new LeadFilter { Where = where }, expected.Count, text);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_sees_own_leads_finds_those_he_helps_with_among_them(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await AddAsync(database);
        var orders = (await OrdersAsync(database, company)).Where(order => order.Key.Up && order.Key.Sort is LeadSort.Created or LeadSort.Name or LeadSort.Stage).ToList();
        foreach (var (text, where, expected) in await ExpectedAsync(database, company.Salesperson))
        {
            var queries = new LeadQueries(database.Database) { Limits = Small };
            foreach (var ((sort, up, field), order) in orders)
            {
                var filter = new LeadFilter { Where = where, Sort = sort, SortFieldId = field, Ascending = up };
                (await AllAsync(queries, company.Salesperson, filter)).ShouldBe(order.Where(expected.Contains), $"{text}, by {sort} {up}");
            }

            await CountsAsync(queries, company.Salesperson, new LeadFilter { Where = where }, expected.Count, text);
        }
    }

    private static async Task CountsAsync(LeadQueries queries, CurrentUser user, LeadFilter filter, int expected, string text)
    {
        (await queries.CountAsync(user, filter, Leads, FilterLeads.Stop)).ShouldBe(new LeadCount(expected, More: false), text);
        // What running totals tell is exact, however many are asked for.
        var told = await queries.TotalAsync(user, filter, FilterLeads.Stop);
        (await queries.CountAsync(user, filter, Page, FilterLeads.Stop)).ShouldBe(told is null ? new LeadCount(Math.Min(Page, expected), expected > Page) : new LeadCount(expected, More: false), text);
    }

    /// <summary>Each lead asked by itself: no order, no index.</summary>
    private static async Task<List<(string Text, LeadWhere Where, HashSet<long> Expected)>> ExpectedAsync(TestDatabase database, CurrentUser user)
    {
        var scope = await FilterLeads.ScopeAsync(database, user, FilterLeads.Now);
        await using var context = database.Database.Open(user.CompanyId);
        var all = new List<(string, LeadWhere, HashSet<long>)>();
        foreach (var text in Filters)
        {
            var read = LeadFilterReader.Read(text, scope);
            read.Refusal?.Message.ShouldBeNull(text);
            var ids = await LeadQueries.Visible(context, user).Where(context, read.Value!.Test!).Select(lead => lead.Id).ToListAsync(FilterLeads.Stop);
            all.Add((text, read.Value!, [.. ids]));
        }

        return all;
    }

    /// <returns>All leads in every order, which the index of each has.</returns>
    private static async Task<Dictionary<(LeadSort Sort, bool Up, long? Field), List<long>>> OrdersAsync(TestDatabase database, TestCompany company)
    {
        await using var context = database.Database.Open(company.Id);
        var budget = await context.CustomFields.Select(field => field.Id).SingleAsync(FilterLeads.Stop);
        var orders = new Dictionary<(LeadSort, bool, long?), List<long>>();
        foreach (var (sort, up) in Sorts.SelectMany(sort => new[] { (sort, true), (sort, false) }))
        {
            long? field = sort is LeadSort.Custom ? budget : null;
            orders[(sort, up, field)] = await AllAsync(new LeadQueries(database.Database), company.Admin, new LeadFilter { Sort = sort, SortFieldId = field, Ascending = up });
        }

        return orders;
    }

    /// <returns>Page by page.</returns>
    private static async Task<List<long>> AllAsync(LeadQueries queries, CurrentUser user, LeadFilter filter)
    {
        var (all, cursor) = (new List<long>(), (string?)null);
        do
        {
            // The second page tells whether a place in the list is found again; the rest in one go.
            var page = (await queries.ListAsync(user, filter, cursor, all.Count < 2 * Page ? Page : 500, FilterLeads.Stop)).Value!;
            all.AddRange(page.Items.Select(row => row.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private static async Task<TestCompany> AddAsync(TestDatabase database)
    {
        var company = await TestCompany.AddAsync(database);
        await database.Database.WriteAsync(company.Id, async context =>
        {
            var tag = new Tag { Name = "VIP", NameKey = "vip" };
            var budget = new CustomField { Key = "budget", Name = "Budget", Type = CustomFieldType.Number, Position = 1 };
            context.AddRange(tag, budget);
            await context.SaveChangesAsync();
            for (var number = 0; number < Leads; number++)
                context.Leads.Add(Lead(company, number));
            await context.SaveChangesAsync();
            var ids = await context.Leads.OrderBy(lead => lead.Id).Select(lead => lead.Id).ToListAsync();
            context.LeadTags.AddRange(ids.Where((_, at) => at % 9 == 0).Select(id => new LeadTag { LeadId = id, TagId = tag.Id }));
            context.LeadHelpers.AddRange(ids.Where((_, at) => at % 10 == 3).Select(id => new LeadHelper { LeadId = id, UserId = company.Salesperson.UserId }));
            context.CustomFieldValues.AddRange(ids.Where((_, at) => at % 3 != 1).Select((id, at) => new CustomFieldValue { LeadId = id, FieldId = budget.Id, Number = at * 7 % 900 * 10_000 }));
            context.LeadContacts.AddRange(await context.Leads.Where(lead => lead.Email != null)
                .Select(lead => new LeadContact { Kind = ContactKind.Email, Value = lead.Email!, LeadId = lead.Id }).ToListAsync());
            await context.SaveChangesAsync();
            await TestCompany.CountLeadsAsync(context, company.Id);
            await LeadSearchQueue.AddManyAsync(context, ids, FilterLeads.Stop);
            return true;
        }, FilterLeads.Stop);
        await LeadSearchIndexer.CatchUpAsync(database.Database, FilterLeads.Stop);
        return company;
    }

    /// <summary>Everything differs from lead to lead with a step of its own, so that any two facts meet in some leads.</summary>
    private static Lead Lead(TestCompany company, int number)
    {
        var lead = company.NewLead($"Lead {number * 7 % Leads}", (number % 3) switch { 0 => company.Salesperson.UserId, 1 => company.OtherSalesperson.UserId, _ => null });
        var stage = company.Stages[number / 2 % company.Stages.Count];
        lead.NameKey = LeadText.NameKey(lead.Name, null, null);
        (lead.StageId, lead.Outcome) = (stage.Id, stage.Outcome);
        lead.Score = number * 37 % 101;
        lead.Grade = lead.Score >= 80 ? Grade.Hot : lead.Score >= 50 ? Grade.Warm : Grade.Cold;
        lead.Channel = Channels[number % 5 % Channels.Length];
        lead.Intent = (Intent)(number % 4);
        lead.City = number is 777 ? "Çankırı" : number % 6 < Cities.Length ? Cities[number % 6] : null;
        lead.Campaign = number % 7 is 0 ? null : $"Spring {number % 12}";
        lead.Email = number % 5 is 0 ? null : $"lead{number * 13 % Leads}@example.com";
        lead.NextFollowUpAt = number % 5 is 2 ? FilterLeads.Now.AddHours(number * 29 % 700) : null;
        lead.Value = number % 4 is 0 ? number * 100 : null;
        lead.CreatedAt = FilterLeads.Now.AddHours(-number * 4);
        lead.LastActivityAt = FilterLeads.Now.AddHours(-number * 11 % 5000);
        lead.FirstResponseAt = number % 8 is 0 ? null : lead.CreatedAt.AddMinutes(number % 60);
        return lead;
    }
}
