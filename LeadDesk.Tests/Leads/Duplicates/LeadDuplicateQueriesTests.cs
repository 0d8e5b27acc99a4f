using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Duplicates;

/// <summary>Who is here already, while somebody types.</summary>
public sealed class LeadDuplicateQueriesTests : IAsyncDisposable
{
    private TestDatabase database = null!;
    private TestCompany company = null!;
    private LeadDuplicateQueries queries = null!;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_phone_or_address_in_any_spelling_finds_its_lead_and_an_alike_one_is_named_as_such(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var ann = await AddAsync("Ann Lee", company.Salesperson.UserId, "+447400123456", "ann.lee@example.org");

        (await FindAsync("07400 123 456", null)).ShouldBe([new LikelyDuplicate(ann, "Ann Lee", Same: true)]);
        (await FindAsync(null, " ANN.LEE@example.org ")).ShouldBe([new LikelyDuplicate(ann, "Ann Lee", Same: true)]);
        (await FindAsync("+1 740 012 3456", null)).ShouldBe([new LikelyDuplicate(ann, "Ann Lee", Same: false)]);
        (await FindAsync("07400 999 999", "bob@example.org")).ShouldBeEmpty();
        (await FindAsync("0740", "ann.lee@")).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_colleagues_lead_is_told_of_without_its_name_and_another_companys_not_at_all(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        await AddAsync("Ann Lee", company.OtherSalesperson.UserId, "+447400123456", null);
        var stranger = await TestCompany.AddAsync(database, "Other");

        (await queries.FindAsync(company.Salesperson, "07400 123456", null, Stop)).ShouldBe([new LikelyDuplicate(null, null, Same: true)]);
        (await queries.FindAsync(stranger.Admin, "07400 123456", null, Stop)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_very_same_name_is_found_among_many_that_begin_like_it(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        for (var i = 0; i < 30; i++)
            await AddAsync($"Ann Le{(char)('a' + (i % 26))}{i}", company.Salesperson.UserId, $"+4474001{i:D5}", null);
        var ann = await AddAsync("Ann Leona Mill", company.Salesperson.UserId, "+447400999999", null);

        (await queries.FindAsync(company.Admin, "ann leona mill", null, null, Stop))[0].ShouldBe(new LikelyDuplicate(ann, "Ann Leona Mill", Same: false, ByName: true));
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
        queries = new LeadDuplicateQueries(database.Database, new CompanyDirectory(database.Database, new ManualTime()));
    }

    private Task<IReadOnlyList<LikelyDuplicate>> FindAsync(string? phone, string? email) => queries.FindAsync(company.Admin, phone, email, Stop);

    private Task<long> AddAsync(string name, long owner, string phone, string? email) => database.Database.WriteAsync(
        company.Id,
        async context =>
        {
            var lead = company.NewLead(name, owner);
            (lead.NameKey, lead.Phone, lead.PhoneValid, lead.Email, lead.EmailValid) = (SearchText.SortKey(name), phone, true, email, email is not null);
            context.Leads.Add(lead);
            await context.SaveChangesAsync(Stop);
            foreach (var (kind, value) in LeadContacts.Exact(lead))
                context.LeadContacts.Add(new LeadContact { Kind = kind, Value = value, LeadId = lead.Id });
            foreach (var value in LeadContacts.Near(lead))
                context.LeadNearKeys.Add(new LeadNearKey { Value = value, LeadId = lead.Id });
            return lead.Id;
        },
        Stop);
}
