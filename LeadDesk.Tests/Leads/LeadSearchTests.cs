using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Leads;

/// <summary>The index of both databases, and what is found with it.</summary>
public sealed class LeadSearchTests : IAsyncDisposable
{
    private TestDatabase database = null!;
    private TestCompany company = null!;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Leads_are_found_by_any_part_of_what_is_known_of_them(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var ayse = await AddAsync("Ayşe Yılmaz", email: "ayse.yilmaz@example.org", phone: "+905321234567", message: "Mutfak dolabı lazım");
        var ahmed = await AddAsync("أحمد السنديان", message: "أريد شراء خزانة");

        foreach (var typed in (string[])["ayse", "YILMAZ", "ayse yilmaz", "yil", "ay", "yilmaz@exam", "0532 123", "90532", "dolabi", "mutfak lazim", "a"])
            (await FindAsync(typed)).ShouldBe([ayse], typed);
        (await FindAsync("احمد")).ShouldBe([ahmed]);
        (await FindAsync("خزانة")).ShouldBe([ahmed]);
        (await FindAsync("ayse السنديان")).ShouldBeEmpty();
        (await FindAsync("   ")).ShouldBe([ahmed, ayse]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nothing_typed_acts_as_syntax(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var odd = await AddAsync("Ann", message: "100% \"fine\" under_score back\\slash star* (round) NEAR colon:here it's -minus");
        await AddAsync("Bob", message: "1000 fine underXscore backslash star round near colon here its minus");

        foreach (var typed in (string[])["100%", "\"fine\"", "under_score", "back\\slash", "star*", "(round)", "colon:here", "it's", "-minus", "fine\" OR \"", "%_%"])
            (await FindAsync(typed)).ShouldBe(typed is "fine\" OR \"" or "%_%" ? [] : [odd], typed);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Search_stays_inside_the_company_and_inside_what_the_role_sees(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var other = await TestCompany.AddAsync(database, "Other");
        var mine = await AddAsync("Findme One", owner: company.Salesperson.UserId);
        var colleagues = await AddAsync("Findme Two", owner: company.OtherSalesperson.UserId);
        var foreign = await AddAsync("Findme Three", of: other);

        (await FindAsync("findme")).ShouldBe([colleagues, mine]);
        (await FindAsync("findme", company.Salesperson)).ShouldBe([mine]);
        (await FindAsync("findme", other.Admin)).ShouldBe([foreign]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_changed_text_is_found_by_the_new_and_no_more_by_the_old(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var id = await AddAsync("Before");
        await ChangeAsync(id, lead => lead.Name = "Afterwards");

        (await FindAsync("before")).ShouldBeEmpty();
        (await FindAsync("afterwards")).ShouldBe([id]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_that_is_gone_leaves_the_index(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var id = await AddAsync("Leaving");
        await database.Database.WriteAsync(company.Id, async context =>
        {
            await LeadSearchQueue.AddAsync(context, id, Stop);
            return await context.Leads.Where(lead => lead.Id == id).ExecuteDeleteAsync(Stop);
        }, Stop);

        await LeadSearchIndexer.CatchUpAsync(database.Database, Stop);

        await using var after = database.OpenAll();
        (await after.SearchEntries.IgnoreQueryFilters().AnyAsync(Stop)).ShouldBeFalse();
        (await after.SearchQueue.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Common_and_rare_terms_keep_sort_and_pages(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var ids = new List<long>();
        for (var i = 0; i < 60; i++)
            ids.Add(await AddAsync($"Common {i % 10}", message: i % 20 is 0 ? "rarity" : null, index: false));
        await LeadSearchIndexer.CatchUpAsync(database.Database, Stop);

        (await PagesAsync(new LeadFilter { Search = "common" })).ShouldBe(ids.AsEnumerable().Reverse());
        (await PagesAsync(new LeadFilter { Search = "common", Sort = LeadSort.Name, Ascending = true })).ShouldBe(ids.Select((id, i) => (id, i)).OrderBy(row => row.i % 10).ThenBy(row => row.id).Select(row => row.id));
        (await PagesAsync(new LeadFilter { Search = "rarity" })).ShouldBe([ids[40], ids[20], ids[0]]);
        (await new LeadQueries(database.Database).CountAsync(company.Admin, new LeadFilter { Search = "common" }, 1000, Stop)).ShouldBe(new LeadCount(60, More: false));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Several_indexers_at_once_do_everything_once(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        for (var i = 0; i < 30; i++)
            await AddAsync($"Lead {i}", index: false);
        await using var second = database.OpenAnother();

        var taken = await Task.WhenAll(((Database[])[database.Database, second, database.Database, second]).Select(async node =>
        {
            var total = 0;
            while ((await LeadSearchQueue.IndexAsync(node, 4, static () => { }, Stop)).Taken is var some and > 0)
                total += some;
            return total;
        }));

        taken.Sum().ShouldBe(30);
        (await FindAsync("lead")).Count.ShouldBe(30);
    }

    [Fact]
    public async Task The_indexer_follows_a_change_by_itself()
    {
        await OpenAsync(DatabaseEngine.Sqlite);
        using var indexer = new LeadSearchIndexer(database.Database, TimeProvider.System, NullLogger<LeadSearchIndexer>.Instance);
        await indexer.StartAsync(Stop);

        var id = await AddAsync("Followed", index: false);

        await Eventually.BecomesTrueAsync(async () => (await FindAsync("followed")).Contains(id));
        await indexer.StopAsync(Stop);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
    }

    private async Task<long> AddAsync(
        string name, string? email = null, string? phone = null, string? message = null, long? owner = null, TestCompany? of = null, bool index = true)
    {
        var owning = of ?? company;
        var id = await database.Database.WriteAsync(owning.Id, async context =>
        {
            var lead = owning.NewLead(name, owner);
            (lead.NameKey, lead.Email, lead.Phone, lead.MessageCount) = (LeadText.NameKey(name, email, phone), email, phone, message is null ? 0 : 1);
            context.Leads.Add(lead);
            await context.SaveChangesAsync(Stop);
            if (message is not null)
                context.LeadMessages.Add(new LeadMessage { LeadId = lead.Id, Channel = "website", Text = message, At = lead.CreatedAt });
            await LeadSearchQueue.AddAsync(context, lead.Id, Stop);
            return lead.Id;
        }, Stop);
        if (index)
            await LeadSearchIndexer.CatchUpAsync(database.Database, Stop);
        return id;
    }

    private async Task ChangeAsync(long id, Action<Lead> change)
    {
        await database.Database.WriteAsync(company.Id, async context =>
        {
            change(await context.Leads.SingleAsync(lead => lead.Id == id, Stop));
            await LeadSearchQueue.AddAsync(context, id, Stop);
            return true;
        }, Stop);
        await LeadSearchIndexer.CatchUpAsync(database.Database, Stop);
    }

    private async Task<IReadOnlyList<long>> FindAsync(string typed, CurrentUser? user = null)
    {
        var page = await new LeadQueries(database.Database).ListAsync(user ?? company.Admin, new LeadFilter { Search = typed }, null, 50, Stop);
        return [.. page.Value!.Items.Select(row => row.Id)];
    }

    private async Task<List<long>> PagesAsync(LeadFilter filter)
    {
        var all = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await new LeadQueries(database.Database).ListAsync(company.Admin, filter, cursor, 25, Stop)).Value!;
            all.AddRange(page.Items.Select(row => row.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }
}
