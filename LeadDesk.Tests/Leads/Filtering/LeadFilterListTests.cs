using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads.Filtering;

/// <summary>Which leads a filter finds, on both databases.</summary>
public sealed class LeadFilterListTests
{
    /// <summary>Filter and first names, by name.</summary>
    private static readonly (string Filter, string Names)[] Cases =
    [
        ("city is \"Izmir\"", "Ayşe Cem"),
        ("city is not \"izmir\"", "Bob Dora"),
        ("city any of (\"LONDON\", \"İZMİR\")", "Ayşe Bob Cem"),
        ("city contains \"zmi\"", "Ayşe Cem"),
        ("city does not contain \"zmi\"", "Bob Dora"),
        ("city starts with \"lo\"", "Bob"),
        ("city is empty", "Dora"),
        ("city is not empty", "Ayşe Bob Cem"),
        ("campaign contains \"50% \\\"\"", "Bob"),
        ("job_title contains \"d_o\"", "Bob"),
        ("job_title contains \"d%o\"", ""),
        ("organisation starts with \"oz\"", "Ayşe"),
        ("country is \"turkiye\"", "Ayşe"),
        ("interest is kitchen", "Cem"),
        ("source is google", "Bob"),
        ("name contains \"yilmaz\"", "Ayşe"),
        ("phone is \"0090 532 123 45 67\"", "Ayşe"),
        ("phone contains \"0532 123\"", "Ayşe"),
        ("phone is empty", "Bob Cem Dora"),
        ("email is \"AYSE@example.org\"", "Ayşe"),
        ("messages contains \"dolabi\"", "Ayşe"),
        ("messages contains \"yilmaz\"", ""),
        ("messages does not contain \"price\"", "Ayşe Cem Dora"),
        ("channel is whatsapp", "Ayşe"),
        ("channel none of (whatsapp, email)", "Bob Cem Dora"),
        ("stage is new", "Ayşe Dora"),
        ("stage any of (won, lost)", "Bob Cem"),
        ("pipeline is sales", "Ayşe Bob Cem Dora"),
        ("outcome is won", "Bob"),
        ("grade is hot", "Ayşe Bob"),
        ("grade any of (warm, cold)", "Cem Dora"),
        ("score>=60", "Ayşe Bob"),
        ("score>60", "Ayşe"),
        ("score<60", "Cem Dora"),
        ("score between 20 and 45", "Cem Dora"),
        ("score is 45.5", ""),
        ("score is not 45", "Ayşe Bob Cem"),
        ("intent is buy", "Ayşe"),
        ("urgency is high", "Cem"),
        ("kind is form", "Cem"),
        ("owner is nobody", "Cem"),
        ("owner is empty", "Cem"),
        ("owner is not nobody", "Ayşe Bob Dora"),
        ("owner is \"Salesperson 3\"", "Ayşe Dora"),
        ("owner any of (nobody, \"Salesperson 4\")", "Bob Cem"),
        ("owner is my_team", "Ayşe Bob Dora"),
        ("helper is \"Salesperson 4\"", "Ayşe"),
        ("helper is empty", "Bob Cem Dora"),
        ("tag is vip", "Ayşe Cem"),
        ("tag is vip and tag is \"cold call\"", "Cem"),
        ("tag is not vip", "Bob Dora"),
        ("tag is empty", "Dora"),
        ("created in last 7 days", "Ayşe"),
        ("created is yesterday", "Ayşe"),
        ("created is \"last week\"", ""),
        ("created on 2026-03-01", "Bob"),
        ("created before 2026-03-01", "Cem Dora"),
        ("created after 2026-03-01", "Ayşe"),
        ("created>=2026-03-01", "Ayşe Bob"),
        ("created<=2026-03-01", "Bob Cem Dora"),
        ("created between 2026-01-01 and 2026-03-01", "Bob Cem"),
        ("created before \"2026-03-10T12:00:00Z\"", "Bob Cem Dora"),
        ("created between \"2026-03-10T12:00:00Z\" and \"2026-03-10T12:00:01Z\"", "Ayşe"),
        ("last_activity after 2026-03-02", "Ayşe"),
        ("follow_up is overdue", "Ayşe"),
        ("follow_up is none", "Cem Dora"),
        ("follow_up is \"this week\"", "Ayşe Bob"),
        ("follow_up in next 3 days", "Bob"),
        ("response is waiting", "Ayşe Dora"),
        ("response is overdue", "Ayşe"),
        ("response is answered", "Bob Cem"),
        ("value>=99.99", "Ayşe Bob"),
        ("value between 100 and 2000", "Ayşe"),
        ("value is empty", "Cem Dora"),
        ("lost_reason is \"too dear\"", "Cem"),
        ("lost_reason is empty", "Ayşe Bob Dora"),
        ("exported is yes", "Bob"),
        ("exported is no", "Ayşe Cem Dora"),
        ("test is no", "Ayşe Bob Cem Dora"),
        ("import is 7", "Cem"),
        ("import is empty", "Ayşe Bob Dora"),
        ("cf.budget>=500.5", "Ayşe Bob"),
        ("cf.budget>500.5", "Ayşe"),
        ("cf.budget is empty", "Cem Dora"),
        ("cf.plan is gold", "Ayşe"),
        ("cf.plan any of (gold, silver)", "Ayşe Bob"),
        ("cf.plan is not gold", "Bob Cem Dora"),
        ("cf.starts in next 30 days", "Ayşe"),
        ("cf.starts before 2026-03-02", "Bob"),
        ("cf.starts is \"next month\"", "Ayşe"),
        ("cf.motto is \"CARPE diem\"", "Ayşe"),
        ("cf.motto starts with carpe", "Ayşe Cem"),
        ("cf.motto contains \"noct\"", "Cem"),
        ("cf.agreed is yes", "Ayşe"),
        ("cf.agreed is no", "Bob Cem Dora"),
        ("cf.office_phone is \"020 7946 0958\"", "Ayşe"),
        ("score>=60 and (city contains \"Izmir\" or tag is \"Cold call\") and created in last 30 days", "Ayşe Bob"),
        ("(tag is vip and score<50) or owner is me or value<100", "Bob Cem"),
    ];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_field_finds_what_it_is_asked_for(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;

        foreach (var (filter, names) in Cases)
            (await leads.NamesAsync(filter)).ShouldBe(names, filter);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_way_to_ask_gives_the_same_leads(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;
        await using var context = database.Database.Open(leads.Company.Id);
        var all = await context.Leads.Select(lead => lead.Id).ToListAsync(FilterLeads.Stop);

        foreach (var (text, names) in Cases)
        {
            var filter = new LeadFilter { Where = LeadFilterReader.Read(text, leads.Scope).Value };
            var count = names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            (await leads.Queries.CountAsync(leads.Company.Admin, filter, 100, FilterLeads.Stop)).ShouldBe(new LeadCount(count, More: false), text);
            (await leads.Queries.AmongAsync(leads.Company.Admin, filter, all, FilterLeads.Stop)).Count.ShouldBe(count, text);
            (await leads.Queries.IdsAsync(leads.Company.Admin, filter, 0, 100, FilterLeads.Stop)).Count.ShouldBe(count, text);
            (await WalkedLeads.IdsAsync(leads.Queries, leads.Company.Admin, filter, 2)).Count.ShouldBe(count, text);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_sees_own_leads_only_finds_what_he_owns_or_helps_with(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;

        (await leads.NamesAsync("score>=0", leads.Company.Salesperson)).ShouldBe("Ayşe Dora");
        (await leads.NamesAsync("score>=0", leads.Company.OtherSalesperson)).ShouldBe("Ayşe Bob");
        (await leads.NamesAsync("owner is me", leads.Company.OtherSalesperson)).ShouldBe("Bob");
        (await leads.NamesAsync("owner is my_team", leads.Company.OtherSalesperson)).ShouldBe("Bob");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_lead_that_is_not_indexed_yet_is_found_by_its_fields(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;
        await database.Database.WriteAsync(leads.Company.Id, async context =>
        {
            var lead = leads.Company.NewLead("Eve");
            lead.City = "Ankara";
            context.Leads.Add(lead);
            await context.SaveChangesAsync();
            await LeadSearchQueue.AddAsync(context, lead.Id, FilterLeads.Stop);
            return true;
        }, FilterLeads.Stop);

        (await leads.NamesAsync("city is ankara")).ShouldBe("Eve");
        (await leads.NamesAsync("city contains nkar")).ShouldBe("Eve");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_missing_does_not_filter_and_the_rest_does(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;

        (await leads.NamesAsync("score>=60 and tag is gone and cf.gone is 5")).ShouldBe("Ayşe Bob");
        (await leads.NamesAsync("score>60 or tag is gone")).ShouldBe("Ayşe");
        (await leads.NamesAsync("tag is gone")).ShouldBe("Ayşe Bob Cem Dora");
        (await leads.NamesAsync("tag any of (gone, vip)")).ShouldBe("Ayşe Cem");
    }
}
