using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Leads.Filtering;

/// <summary>A company with tags, fields, and a few leads that differ in everything a filter knows.</summary>
internal sealed class FilterLeads
{
    /// <summary>A Wednesday.</summary>
    public static readonly DateTime Now = new(2026, 3, 11, 12, 0, 0, DateTimeKind.Utc);

    public required TestDatabase Database { get; init; }

    public required TestCompany Company { get; init; }

    public required FilterScope Scope { get; init; }

    public LeadQueries Queries => new(Database.Database);

    public static async Task<FilterLeads> AddAsync(DatabaseEngine engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(database);
        await database.Database.WriteAsync(company.Id, async context =>
        {
            var ids = await SetUpAsync(context);
            foreach (var lead in Leads(company, ids))
                await AddAsync(context, lead);
            await context.SaveChangesAsync();
            await TestCompany.CountLeadsAsync(context, company.Id);
            return true;
        }, Stop);
        await LeadSearchIndexer.CatchUpAsync(database.Database, Stop);
        return new FilterLeads { Database = database, Company = company, Scope = await ScopeAsync(database, company.Admin, Now) };
    }

    public static async Task<FilterScope> ScopeAsync(TestDatabase database, CurrentUser user, DateTime now) => new(
        await new CompanyDirectory(database.Database, TimeProvider.System).GetAsync(user.CompanyId, Stop),
        await new UserDirectory(database.Database, TimeProvider.System).OfAsync(user.CompanyId), user, now);

    /// <returns>First names in the list's order.</returns>
    public async Task<string> NamesAsync(string text, CurrentUser? user = null, LeadSort sort = LeadSort.Name, bool ascending = true)
    {
        user ??= Company.Admin;
        var where = LeadFilterReader.Read(text, Scope with { User = user });
        where.Refusal?.Message.ShouldBeNull(text);
        return await NamesAsync(new LeadFilter { Where = where.Value, Sort = sort, Ascending = ascending }, user);
    }

    public async Task<string> NamesAsync(LeadFilter filter, CurrentUser? user = null)
    {
        var page = await Queries.ListAsync(user ?? Company.Admin, filter, null, 100, Stop);
        page.Refusal?.Message.ShouldBeNull();
        return string.Join(' ', page.Value!.Items.Select(row => row.Name!.Split(' ')[0]));
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed record SetUp(long Vip, long Cold, long Budget, long Plan, long Starts, long Motto, long Agreed, long Phone, long Reason);

    private sealed record NewLead(Lead Lead, string[] Messages, long[] Tags, long[] Helpers, CustomFieldValue[] Values, bool Exported = false);

    private static async Task<SetUp> SetUpAsync(AppDbContext context)
    {
        var vip = new Tag { Name = "VIP", NameKey = "vip" };
        var cold = new Tag { Name = "Cold call", NameKey = "cold call" };
        var options = JsonSerializer.Serialize(new[] { new CustomFieldOption(1, "Gold"), new CustomFieldOption(2, "Silver") });
        CustomField[] fields =
        [
            new() { Key = "budget", Name = "Budget", Type = CustomFieldType.Money, Position = 1 },
            new() { Key = "plan", Name = "Plan", Type = CustomFieldType.MultiChoice, Options = options, Position = 2 },
            new() { Key = "starts", Name = "Starts", Type = CustomFieldType.Date, Position = 3 },
            new() { Key = "motto", Name = "Motto", Type = CustomFieldType.Text, Position = 4 },
            new() { Key = "agreed", Name = "Agreed", Type = CustomFieldType.Check, Position = 5 },
            new() { Key = "office_phone", Name = "Office phone", Type = CustomFieldType.Phone, Position = 6 },
        ];
        var reason = new LostReason { Name = "Too dear", Position = 1 };
        context.AddRange(vip, cold, reason);
        context.AddRange(fields);
        await context.SaveChangesAsync();
        return new SetUp(vip.Id, cold.Id, fields[0].Id, fields[1].Id, fields[2].Id, fields[3].Id, fields[4].Id, fields[5].Id, reason.Id);
    }

    private static IEnumerable<NewLead> Leads(TestCompany company, SetUp ids)
    {
        var (first, won, lost) = (company.Stages[0].Id, company.Stages[7].Id, company.Stages[8].Id);
        yield return new NewLead(
            Lead("Ayşe Yılmaz", first, company.Salesperson.UserId, Now.AddDays(-1), lead =>
            {
                (lead.City, lead.Country, lead.Organisation, lead.Phone, lead.PhoneValid) = ("İzmir", "Türkiye", "Öz Mobilya", "+905321234567", true);
                (lead.Score, lead.Grade, lead.Intent, lead.Value, lead.NextFollowUpAt) = (85, Grade.Hot, Intent.Buy, 1_500_00, Now.AddDays(-1));
                (lead.Email, lead.EmailValid, lead.Channel) = ("ayse@example.org", true, "whatsapp");
            }),
            ["Mutfak dolabı istiyorum"], [ids.Vip], [company.OtherSalesperson.UserId],
            [Number(ids.Budget, 2_000_0000), Number(ids.Plan, 1), Number(ids.Plan, 2, 1), Number(ids.Starts, 20260401), Text(ids.Motto, "Carpe Diem"), Number(ids.Agreed, 1), Text(ids.Phone, "+442079460958")]);
        yield return new NewLead(
            Lead("Bob Stone", won, company.OtherSalesperson.UserId, Now.AddDays(-10), lead =>
            {
                (lead.City, lead.Campaign, lead.Source, lead.JobTitle) = ("London", "Spring 50% \"off\"", "google", "Head_of IT");
                (lead.Score, lead.Grade, lead.Outcome, lead.Value, lead.FirstResponseAt) = (60, Grade.Hot, LeadOutcome.Won, 99_99, Now.AddDays(-9));
                lead.NextFollowUpAt = Now.AddDays(2);
            }),
            ["I need a price, please"], [ids.Cold], [], [Number(ids.Budget, 500_5000), Number(ids.Plan, 2), Number(ids.Starts, 20260301)], Exported: true);
        yield return new NewLead(
            Lead("Cem Kaya", lost, null, Now.AddDays(-40), lead =>
            {
                (lead.City, lead.Score, lead.Grade, lead.Outcome, lead.LostReasonId) = ("izmir", 20, Grade.Cold, LeadOutcome.Lost, ids.Reason);
                (lead.Urgency, lead.Kind, lead.Interest, lead.ImportId) = (Urgency.High, LeadKind.Form, "Kitchen", 7);
            }),
            [], [ids.Vip, ids.Cold], [], [Text(ids.Motto, "carpe noctem")]);
        yield return new NewLead(
            Lead("Dora Old", first, company.Salesperson.UserId, Now.AddDays(-400), lead =>
            {
                (lead.Score, lead.Grade, lead.Marks, lead.ResponseDueAt) = (45, Grade.Warm, LeadMarks.None, Now.AddHours(3));
            }),
            ["Just looking"], [], [], []);
    }

    private static Lead Lead(string name, long stage, long? owner, DateTime created, Action<Lead> with)
    {
        var lead = new Lead
        {
            Name = name,
            NameKey = LeadText.NameKey(name, null, null),
            Channel = "website",
            StageId = stage,
            OwnerId = owner,
            StageChangedAt = created,
            CreatedAt = created,
            LastSubmittedAt = created,
            LastActivityAt = created.AddHours(1),
            ResponseDueAt = created.AddMinutes(15),
        };
        with(lead);
        return lead;
    }

    private static async Task AddAsync(AppDbContext context, NewLead added)
    {
        added.Lead.MessageCount = added.Messages.Length;
        context.Leads.Add(added.Lead);
        await context.SaveChangesAsync();
        var id = added.Lead.Id;
        context.LeadMessages.AddRange(added.Messages.Select(text => new LeadMessage { LeadId = id, Channel = "website", Text = text, At = Now }));
        context.LeadTags.AddRange(added.Tags.Select(tag => new LeadTag { LeadId = id, TagId = tag }));
        context.LeadHelpers.AddRange(added.Helpers.Select(user => new LeadHelper { LeadId = id, UserId = user }));
        foreach (var value in added.Values)
            value.LeadId = id;
        context.AddRange(added.Values);
        if (added.Exported)
            context.ExportMarks.Add(new ExportMark { LeadId = id, At = Now });
        if (added.Lead.Email is { } email)
            context.LeadContacts.Add(new LeadContact { Kind = ContactKind.Email, Value = email, LeadId = id });
        if (added.Lead.Phone is { } phone)
            context.LeadContacts.Add(new LeadContact { Kind = ContactKind.Phone, Value = phone, LeadId = id });
        await LeadSearchQueue.AddAsync(context, id, Stop);
    }

    private static CustomFieldValue Number(long field, long number, int position = 0) => new() { FieldId = field, Number = number, Position = position };

    private static CustomFieldValue Text(long field, string text) => new() { FieldId = field, Key = SearchText.Fold(text), Text = text };
}
