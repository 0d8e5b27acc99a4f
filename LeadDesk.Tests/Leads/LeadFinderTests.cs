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
        "response is waiting and grade is hot", "response is answered and channel is email", "name contains \"lead 14\" and grade is hot", "outcome is won and intent is question",
    ];

    private static readonly LeadSort[] Sorts = [LeadSort.Created, LeadSort.Score, LeadSort.Name, LeadSort.Activity, LeadSort.Value, LeadSort.Stage, LeadSort.Owner, LeadSort.Grade, LeadSort.City];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_list_has_the_leads_that_meet_its_filter_in_every_order(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await AddAsync(database);
        var scope = await FilterLeads.ScopeAsync(database, company.Admin, FilterLeads.Now);
        var queries = new LeadQueries(database.Database);
        await using var context = database.Database.Open(company.Id);
        foreach (var text in Filters)
        {
            var where = LeadFilterReader.Read(text, scope).Value!;
            // Each lead asked by itself: no order, no index.
            var expected = await context.Leads.Where(context, where.Test!).Select(lead => lead.Id).Order().ToListAsync(FilterLeads.Stop);
            foreach (var (sort, up) in Sorts.SelectMany(sort => new[] { (sort, true), (sort, false) }))
            {
                var filter = new LeadFilter { Where = where, Sort = sort, Ascending = up };
                (await AllAsync(queries, company, filter)).ShouldBe(expected, $"{text}, by {sort} {up}");
            }

            (await queries.CountAsync(company.Admin, new LeadFilter { Where = where }, Leads, FilterLeads.Stop)).ShouldBe(new LeadCount(expected.Count, More: false), text);
        }
    }

    /// <returns>Page by page, then put in the order of their ids.</returns>
    private static async Task<List<long>> AllAsync(LeadQueries queries, TestCompany company, LeadFilter filter)
    {
        var (all, cursor) = (new List<long>(), (string?)null);
        do
        {
            // The second page tells whether a place in the list is found again; the rest in one go.
            var page = (await queries.ListAsync(company.Admin, filter, cursor, all.Count < 2 * Page ? Page : 500, FilterLeads.Stop)).Value!;
            all.AddRange(page.Items.Select(row => row.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        all.Sort();
        return all;
    }

    private static async Task<TestCompany> AddAsync(TestDatabase database)
    {
        var company = await TestCompany.AddAsync(database);
        await database.Database.WriteAsync(company.Id, async context =>
        {
            var tag = new Tag { Name = "VIP", NameKey = "vip" };
            context.Tags.Add(tag);
            await context.SaveChangesAsync();
            for (var number = 0; number < Leads; number++)
                context.Leads.Add(Lead(company, number));
            await context.SaveChangesAsync();
            var ids = await context.Leads.OrderBy(lead => lead.Id).Select(lead => lead.Id).ToListAsync();
            context.LeadTags.AddRange(ids.Where((_, at) => at % 9 == 0).Select(id => new LeadTag { LeadId = id, TagId = tag.Id }));
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
        lead.Value = number % 4 is 0 ? number * 100 : null;
        lead.CreatedAt = FilterLeads.Now.AddHours(-number * 4);
        lead.LastActivityAt = FilterLeads.Now.AddHours(-number * 11 % 5000);
        lead.FirstResponseAt = number % 8 is 0 ? null : lead.CreatedAt.AddMinutes(number % 60);
        return lead;
    }
}
