using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Leads.Duplicates;

/// <summary>Leads joined into one, and taken apart so that each is again what it was.</summary>
public sealed class MergeTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private TestDatabase database = null!;
    private TestCompany company = null!;
    private long field;
    private long tag;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_merge_and_its_undo_leave_every_row_where_it_was(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (stays, gone, third) = (await AddAsync("Ann Lee", "+447400123456", null, city: "Bath"), await AddAsync("Anne Lee", null, "ann@example.org", tagged: true), await AddAsync("A. Lee", "+447400999999", null, tagged: true));
        var before = await PictureAsync();

        var merged = (await Merges().MergeAsync(company.Admin, stays, [gone, third], null, null, Stop)).Value!;

        merged.Lead.Email.ShouldBe("ann@example.org");
        (await CountAsync(context => context.LeadMessages.Where(row => row.LeadId == stays))).ShouldBe(3);
        (await CountAsync(context => context.LeadFiles.Where(row => row.LeadId == stays))).ShouldBe(3);
        (await CountAsync(context => context.FollowUps.Where(row => row.LeadId == stays))).ShouldBe(3);
        (await CountAsync(context => context.LeadConsents.Where(row => row.LeadId == stays))).ShouldBe(3);
        (await CountAsync(context => context.LeadTags.Where(row => row.LeadId == stays))).ShouldBe(1);
        (await CountAsync(context => context.LeadHelpers.Where(row => row.LeadId == stays))).ShouldBe(1);
        (await CountAsync(context => context.CustomFieldValues.Where(row => row.LeadId == stays))).ShouldBe(1);
        (await CountAsync(context => context.LeadContacts.Where(row => row.LeadId == stays))).ShouldBe(3);
        merged.Lead.MessageCount.ShouldBe(3);
        await CountersShouldEqualARecountAsync();

        var undone = (await Merges().UndoAsync(company.Admin, merged.MergeId, Stop)).Value!;

        undone.Restored.ShouldBe(3);
        undone.NotRestored.ShouldBeEmpty();
        (await PictureAsync()).ShouldBe(before);
        await CountersShouldEqualARecountAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_somebody_changed_since_stays_and_is_named(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (stays, gone) = (await AddAsync(null, "+447400123456", null), await AddAsync("Anne Lee", null, "ann@example.org", city: "York"));
        var merged = (await Merges().MergeAsync(company.Admin, stays, [gone], null, null, Stop)).Value!;
        merged.Lead.City.ShouldBe("York");
        (await Leads().EditAsync(company.Admin, stays, LeadEdit.Of(LeadField.City, "Leeds"), null, Stop)).Succeeded.ShouldBeTrue();

        var undone = (await Merges().UndoAsync(company.Admin, merged.MergeId, Stop)).Value!;

        undone.NotRestored.ShouldHaveSingleItem().Reason.ShouldBe("Changed since the merge and left as it is: city.");
        var lead = await LeadAsync(stays);
        (lead.City, lead.Name, lead.Email).ShouldBe(("Leeds", null, null));
        (await LeadAsync(gone)).City.ShouldBe("York");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Each_field_takes_the_value_that_was_chosen(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (stays, gone) = (await AddAsync("Ann Lee", "+447400123456", null, city: "Bath"), await AddAsync("Anne Lee", "+447400999999", null, city: "York", tagged: true));

        var preview = (await Queries().PreviewAsync(company.Admin, [stays, gone], gone, Stop)).Value!;
        preview.Fields.Single(row => row.Key == "name").Values.ShouldBe(new Dictionary<long, string> { [stays] = "Ann Lee", [gone] = "Anne Lee" }, ignoreOrder: true);
        preview.Fields.Single(row => row.Key == "custom.budget").From.ShouldBe(gone);
        (preview.LeadId, preview.Messages, preview.Files, preview.Tags.Count).ShouldBe((gone, 2, 2, 1));
        var merged = (await Merges().MergeAsync(company.Admin, gone, [stays], new Dictionary<string, long> { ["name"] = stays, ["phone"] = stays, ["city"] = gone }, null, Stop)).Value!;

        (merged.Lead.Name, merged.Lead.Phone, merged.Lead.City).ShouldBe(("Ann Lee", "+447400123456", "York"));
        var wrong = await Merges().MergeAsync(company.Admin, gone, [await AddAsync("B", null, null)], new Dictionary<string, long> { ["shoe_size"] = gone }, null, Stop);
        wrong.Refusal!.Errors!.Keys.ShouldContain("fields.shoe_size");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_merge_is_undone_once_and_merges_of_merges_from_the_last_one_on(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (first, second, third) = (await AddAsync("Ann", "+447400123456", null), await AddAsync("Anne", null, "ann@example.org"), await AddAsync("Annie", null, null));
        var inner = (await Merges().MergeAsync(company.Admin, second, [third], null, null, Stop)).Value!;
        var outer = (await Merges().MergeAsync(company.Admin, first, [second], null, null, Stop)).Value!;

        (await Fates().FindAsync(company.Admin, third, Stop)).ShouldNotBeNull().MergedInto.ShouldBe(first);
        (await Queries().OfLeadAsync(company.Admin, first, Stop)).ShouldHaveSingleItem().Merged.ShouldBe([new MergedName(second, "Anne")]);
        (await Merges().UndoAsync(company.Admin, inner.MergeId, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await Merges().UndoAsync(company.Admin, outer.MergeId, Stop)).Succeeded.ShouldBeTrue();
        (await Merges().UndoAsync(company.Admin, outer.MergeId, Stop)).Refusal!.Message.ShouldContain("already");
        (await Merges().UndoAsync(company.Admin, inner.MergeId, Stop)).Succeeded.ShouldBeTrue();
        (await Fates().FindAsync(company.Admin, third, Stop)).ShouldBeNull();
        (await LeadAsync(third)).DeletedAt.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_token_takes_a_merge_back_for_a_day_and_the_lead_page_after_that(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (stays, gone) = (await AddAsync("Ann", "+447400123456", null), await AddAsync("Anne", null, "ann@example.org"));
        var merged = (await Merges().MergeAsync(company.Admin, stays, [gone], null, null, Stop)).Value!;
        var undo = new UndoService(database.Database, [new MergeUndo(Companies(), time)], Feed(), new JobSignal(), time);
        time.Advance(TimeSpan.FromHours(25));

        (await undo.UndoAsync(company.Admin, merged.UndoToken, Stop)).Refusal!.Message.ShouldContain("older than 24 hours");
        (await Merges().UndoAsync(company.Admin, merged.MergeId, Stop)).Succeeded.ShouldBeTrue();
        (await undo.UndoAsync(company.Admin, merged.UndoToken, Stop)).Refusal!.Message.ShouldContain("already");

        var again = (await Merges().MergeAsync(company.Admin, stays, [gone], null, null, Stop)).Value!;
        (await undo.UndoAsync(company.Admin, again.UndoToken, Stop)).Value!.Restored.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_may_not_merge_may_not_undo_a_merge_and_other_companies_leads_are_missing(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        var (stays, gone) = (await AddAsync("Ann", "+447400123456", null), await AddAsync("Anne", null, "ann@example.org"));
        var stranger = (await TestCompany.AddAsync(database, "Other")).Admin;

        (await Merges().MergeAsync(company.Salesperson, stays, [gone], null, null, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await Merges().MergeAsync(stranger, stays, [gone], null, null, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await Merges().MergeAsync(company.Admin, stays, [gone, 999], null, null, Stop)).Refusal!.Errors!.Keys.ShouldContain("ids");
        (await Merges().MergeAsync(company.Admin, stays, [stays], null, null, Stop)).Refusal!.Errors!.Keys.ShouldContain("ids");
        (await Merges().MergeAsync(company.Admin, stays, [gone], null, 99, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        var merged = (await Merges().MergeAsync(company.Admin, stays, [gone], null, null, Stop)).Value!;
        (await Merges().UndoAsync(company.Salesperson, merged.MergeId, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await Merges().UndoAsync(stranger, merged.MergeId, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
        (field, tag) = await database.Database.WriteAsync(company.Id, async context =>
        {
            var budget = new CustomField { Key = "budget", Name = "Budget", Type = CustomFieldType.Text, Position = 1 };
            var big = new Tag { Name = "Big", NameKey = "big" };
            context.CustomFields.Add(budget);
            context.Tags.Add(big);
            await context.SaveChangesAsync(Stop);
            return (budget.Id, big.Id);
        }, Stop);
    }

    private CompanyDirectory Companies() => new(database.Database, time);

    private LiveFeed Feed() => new(time, NullLogger<LiveFeed>.Instance);

    private MergeService Merges() => new(database.Database, Companies(), Feed(), time);

    private LeadFateQueries Fates() => new(database.Database);

    private MergeQueries Queries() => new(database.Database, Companies());

    private LeadService Leads() => new(database.Database, Companies(), new UserDirectory(database.Database, time), Feed(), time);

    /// <summary>A lead with one row of everything that belongs to leads.</summary>
    private Task<long> AddAsync(string? name, string? phone, string? email, string? city = null, bool tagged = false) => database.Database.WriteAsync(company.Id, async context =>
    {
        var lead = company.NewLead();
        (lead.Name, lead.NameKey, lead.City) = (name, LeadText.NameKey(name, email, phone), city);
        (lead.Phone, lead.PhoneValid, lead.Email, lead.EmailValid, lead.MessageCount) = (phone, phone is not null, email, email is not null, 1);
        lead.Metadata = JsonSerializer.Serialize(new Dictionary<string, string> { [$"field_{name}"] = "x" });
        LeadScoring.Apply(lead, (await Companies().GetAsync(company.Id, Stop)).Scoring, lead.CreatedAt);
        context.Leads.Add(lead);
        await context.SaveChangesAsync(Stop);
        lead.NextFollowUpAt = lead.CreatedAt.AddDays(lead.Id);
        context.LeadMessages.Add(new LeadMessage { LeadId = lead.Id, Channel = "website", Text = "hello", At = lead.CreatedAt });
        context.TimelineEntries.Add(new TimelineEntry { LeadId = lead.Id, Kind = TimelineKind.Received, At = lead.CreatedAt });
        context.LeadConsents.Add(new LeadConsent { LeadId = lead.Id, Key = "mail", Text = "Mail me", Granted = true, At = lead.CreatedAt });
        context.LeadFiles.Add(new LeadFile { LeadId = lead.Id, Name = "a.txt", ContentType = "text/plain", Content = [1], Size = 1, At = lead.CreatedAt });
        context.FollowUps.Add(new FollowUp { LeadId = lead.Id, UserId = company.Admin.UserId, DueAt = lead.CreatedAt.AddDays(lead.Id), CreatedAt = lead.CreatedAt, CreatedById = company.Admin.UserId });
        foreach (var (kind, value) in LeadContacts.Exact(lead))
            context.LeadContacts.Add(new LeadContact { Kind = kind, Value = value, LeadId = lead.Id });
        foreach (var value in LeadContacts.Near(lead))
            context.LeadNearKeys.Add(new LeadNearKey { Value = value, LeadId = lead.Id });
        if (tagged)
        {
            context.LeadTags.Add(new LeadTag { LeadId = lead.Id, TagId = tag });
            context.LeadHelpers.Add(new LeadHelper { LeadId = lead.Id, UserId = company.OtherSalesperson.UserId, Since = lead.CreatedAt });
            context.CustomFieldValues.Add(new CustomFieldValue { LeadId = lead.Id, FieldId = field, Key = "much", Text = "Much" });
        }

        var deltas = new Dictionary<CounterKey, long>();
        CounterKeys.Add(deltas, lead, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), +1);
        await CounterStore.ApplyAsync(context, company.Id, deltas, Stop);
        return lead.Id;
    }, Stop);

    /// <summary>Everything that belongs to leads as one text, without what a merge leaves on purpose: versions and its timeline entries.</summary>
    private async Task<string> PictureAsync()
    {
        await using var context = database.Database.Open(company.Id);
        TimelineKind[] told = [TimelineKind.Merged, TimelineKind.Undone];
        var leads = await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).OrderBy(row => row.Id).ToListAsync(Stop);
        foreach (var lead in leads)
            (lead.Version, lead.LastActivityAt) = (0, default);
        return JsonSerializer.Serialize(new
        {
            leads,
            messages = await context.LeadMessages.OrderBy(row => row.Id).ToListAsync(Stop),
            timeline = await context.TimelineEntries.Where(row => !told.Contains(row.Kind) && row.Kind != TimelineKind.Scored).OrderBy(row => row.Id).ToListAsync(Stop),
            consents = await context.LeadConsents.OrderBy(row => row.Id).ToListAsync(Stop),
            files = await context.LeadFiles.OrderBy(row => row.Id).ToListAsync(Stop),
            followUps = await context.FollowUps.OrderBy(row => row.Id).ToListAsync(Stop),
            contacts = await context.LeadContacts.OrderBy(row => row.Kind).ThenBy(row => row.Value).ToListAsync(Stop),
            near = await context.LeadNearKeys.OrderBy(row => row.Value).ThenBy(row => row.LeadId).ToListAsync(Stop),
            tags = await context.LeadTags.OrderBy(row => row.LeadId).ToListAsync(Stop),
            helpers = await context.LeadHelpers.OrderBy(row => row.LeadId).ToListAsync(Stop),
            values = await context.CustomFieldValues.OrderBy(row => row.LeadId).ToListAsync(Stop),
        });
    }

    private async Task<int> CountAsync<T>(Func<AppDbContext, IQueryable<T>> rows)
    {
        await using var context = database.Database.Open(company.Id);
        return await rows(context).CountAsync(Stop);
    }

    private async Task<Lead> LeadAsync(long id)
    {
        await using var context = database.Database.Open(company.Id);
        return await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).SingleAsync(lead => lead.Id == id, Stop);
    }

    private async Task CountersShouldEqualARecountAsync()
    {
        await using var context = database.Database.Open(company.Id);
        var expected = new Dictionary<CounterKey, long>();
        foreach (var lead in await context.Leads.ToListAsync(Stop))
            CounterKeys.Add(expected, lead, TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), +1);
        var counted = await context.LeadCounters.Where(row => row.Count != 0).ToDictionaryAsync(row => new CounterKey(row.Metric, row.Day, row.OwnerId, row.Key), row => row.Count, Stop);
        counted.ShouldBe(expected.Where(row => row.Value is not 0), ignoreOrder: true);
    }
}
