using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;
using LeadDesk.Scoring;
using LeadDesk.Tests.Leads.Filtering;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads.Views;

/// <summary>What an open list does with a lead that comes in.</summary>
public sealed class LeadWindowTests
{
    private const int Leads = 24;
    private const int Held = 8;

    private static readonly string?[] Cities = ["London", "Izmir", null, "Ankara"];

    /// <summary>Every order, and what the list holds is a third of it.</summary>
    private static IEnumerable<LeadFilter> Orders => Enum.GetValues<LeadSort>().Where(sort => sort is not LeadSort.Custom)
        .SelectMany(sort => new[] { new LeadFilter { Sort = sort, Ascending = true }, new LeadFilter { Sort = sort } });

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_new_lead_is_told_of_when_its_place_is_among_the_rows_held_in_every_order(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await AddAsync(database);
        var number = Leads;
        foreach (var filter in Orders)
        {
            var window = await OpenAsync(database, company, filter);
            var end = window.Rows.Last().Id;
            var added = await AddAsync(database, company, number++);

            var news = await window.RefreshAsync(company.Admin, [added], FilterLeads.Stop);

            var belongs = (await IdsAsync(database, company, filter)).TakeWhile(id => id != end).Contains(added);
            news.Select(row => row.Id).ShouldBe(belongs ? [added] : [], $"{filter.Sort} {filter.Ascending}");
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_column_of_the_board_takes_a_new_lead_in_at_its_place_or_asks_to_be_read_again(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await AddAsync(database);
        var number = Leads;
        foreach (var filter in Orders)
        {
            var window = await OpenAsync(database, company, filter);
            var end = window.Rows.Last().Id;
            var added = await AddAsync(database, company, number++);
            var here = await new LeadQueries(database.Database).AmongAsync(company.Admin, filter, [added], FilterLeads.Stop);

            if (window.Take([added], here, new Dictionary<long, LeadColumnValues>()))
                await window.LoadAsync(company.Admin, filter, LeadColumnWants.None, FilterLeads.Stop);

            var shown = window.Rows.Select(row => row.Id).ToList();
            shown.ShouldBe((await IdsAsync(database, company, filter)).Take(shown.Count), $"{filter.Sort} {filter.Ascending} {end}");
        }
    }

    private static async Task<LeadWindow> OpenAsync(TestDatabase database, TestCompany company, LeadFilter filter)
    {
        var window = new LeadWindow(new LeadQueries(database.Database), new LeadColumnQueries(database.Database)) { StretchLength = Held };
        await window.LoadAsync(company.Admin, filter, LeadColumnWants.None, FilterLeads.Stop);
        return window;
    }

    private static async Task<List<long>> IdsAsync(TestDatabase database, TestCompany company, LeadFilter filter) =>
        [.. (await new LeadQueries(database.Database).ListAsync(company.Admin, filter, null, 500, FilterLeads.Stop)).Value!.Items.Select(row => row.Id)];

    private static async Task<TestCompany> AddAsync(TestDatabase database)
    {
        var company = await TestCompany.AddAsync(database);
        for (var number = 0; number < Leads; number++)
            await AddAsync(database, company, number);
        return company;
    }

    private static async Task<long> AddAsync(TestDatabase database, TestCompany company, int number)
    {
        var id = await database.Database.WriteAsync(company.Id, async context =>
        {
            // Names that letters of other alphabets begin sort by their bare letters.
            var lead = company.NewLead($"{"çaÉzöBİ"[number % 7]}{number * 7 % 50}", number % 3 is 0 ? null : number % 3 is 1 ? company.Salesperson.UserId : company.Manager.UserId);
            lead.NameKey = LeadText.NameKey(lead.Name, null, null);
            (lead.Score, lead.Grade) = (number * 37 % 101, (Grade)(number % 3));
            lead.StageId = company.Stages[number % 4].Id;
            lead.Email = number % 2 is 0 ? $"a{number * 11 % 31}@example.org" : null;
            (lead.City, lead.Value) = (Cities[number % 4], number % 3 is 0 ? null : number * 13 % 40);
            lead.CreatedAt = FilterLeads.Now.AddMinutes(number * 17 % 90);
            lead.LastActivityAt = FilterLeads.Now.AddMinutes(number * 29 % 70);
            lead.NextFollowUpAt = number % 4 is 0 ? null : FilterLeads.Now.AddHours(number * 5 % 60);
            lead.ResponseDueAt = lead.CreatedAt.AddMinutes(number * 3 % 20);
            context.Leads.Add(lead);
            await context.SaveChangesAsync();
            await LeadSearchQueue.AddAsync(context, lead.Id, FilterLeads.Stop);
            return lead.Id;
        }, FilterLeads.Stop);
        await LeadSearchIndexer.CatchUpAsync(database.Database, FilterLeads.Stop);
        return id;
    }
}
