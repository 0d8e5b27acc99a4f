using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

/// <summary>Every order of a list, in pages, backwards, and with leads that have no value.</summary>
public sealed class LeadOrderTests : IAsyncDisposable
{
    private static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private TestDatabase database = null!;
    private TestCompany company = null!;
    private long textField;
    private long numberField;
    private List<Lead> leads = [];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Pages_follow_one_another_without_gap_or_repetition_in_every_order(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        foreach (var filter in Orders())
        {
            var what = $"{filter.Sort} {filter.SortFieldId} {(filter.Ascending ? "up" : "down")}";
            var whole = await PagesAsync(filter, 100);

            whole.Count.ShouldBe(leads.Count, what);
            whole.ShouldBeUnique(what);
            (await PagesAsync(filter, 4)).ShouldBe(whole, what);
            await ShouldBeSortedAsync(filter, whole, what);
            (await StreamedAsync(filter)).ShouldBe(whole, what);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Neighbours_are_those_of_the_list_in_every_order(DatabaseEngine engine)
    {
        await OpenAsync(engine);
        foreach (var filter in Orders())
        {
            var whole = await PagesAsync(filter, 100);
            foreach (var (at, id) in whole.Index())
            {
                var expected = new LeadNeighbours(at is 0 ? null : whole[at - 1], at == whole.Count - 1 ? null : whole[at + 1]);
                (await Queries.NeighboursAsync(company.Admin, filter, id, Stop)).ShouldBe(expected, $"{filter.Sort} {filter.SortFieldId} {filter.Ascending} {at}");
            }
        }
    }

    [Fact]
    public async Task A_cursor_of_another_order_or_with_another_kind_of_value_is_refused()
    {
        await OpenAsync(DatabaseEngine.Sqlite);
        foreach (var filter in Orders())
        {
            foreach (var cursor in (Cursor[])[new("Other+", "1", 5), new($"{filter.Sort}{filter.SortFieldId}{(filter.Ascending ? "+" : "-")}", "x|y", 5)])
            {
                var page = await Queries.ListAsync(company.Admin, filter, cursor.Encode(), 10, Stop);
                if (cursor.Sort == "Other+" || filter.Sort is not (LeadSort.Name or LeadSort.Email or LeadSort.Phone or >= LeadSort.Organisation))
                    page.Refusal.ShouldNotBeNull($"{filter.Sort} {cursor}").Errors!.Keys.ShouldBe(["cursor"]);
            }
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private LeadQueries Queries => new(database.Database);

    private IEnumerable<LeadFilter> Orders() =>
        from sort in Enum.GetValues<LeadSort>()
        where sort is not LeadSort.Response
        from field in sort is LeadSort.Custom ? new long?[] { textField, numberField } : [null]
        from up in new[] { true, false }
        select new LeadFilter { Sort = sort, SortFieldId = field, Ascending = up };

    private async Task ShouldBeSortedAsync(LeadFilter filter, List<long> whole, string what)
    {
        await using var context = database.Database.Open(company.Id);
        var fields = await context.CustomFieldValues.Where(value => value.FieldId == filter.SortFieldId).ToDictionaryAsync(value => value.LeadId, Stop);
        var people = new Dictionary<long, string> { [company.Salesperson.UserId] = company.Salesperson.Name, [company.OtherSalesperson.UserId] = company.OtherSalesperson.Name };
        var values = whole.ConvertAll(id => KeyOf(leads.Single(lead => lead.Id == id)));
        var some = values.TakeWhile(value => value is not null).ToList();
        values.Skip(some.Count).ShouldAllBe(value => value == null, what);
        some.ShouldBe(filter.Ascending ? [.. some.Order(Comparer)] : [.. some.OrderDescending(Comparer)], what);

        object? KeyOf(Lead lead) => filter.Sort switch
        {
            LeadSort.Score => lead.Score,
            LeadSort.Name => lead.NameKey,
            LeadSort.Activity => lead.LastActivityAt,
            LeadSort.FollowUp => lead.NextFollowUpAt,
            LeadSort.Value => lead.Value,
            LeadSort.Stage => company.Stages.Single(stage => stage.Id == lead.StageId).Position,
            LeadSort.Owner => lead.OwnerId is { } owner ? people[owner].ToLowerInvariant() : null,
            LeadSort.Grade => (int)lead.Grade,
            LeadSort.Channel => lead.Channel,
            LeadSort.Email => lead.Email,
            LeadSort.Phone => lead.Phone,
            LeadSort.Organisation => Folded(lead.Organisation),
            LeadSort.JobTitle => Folded(lead.JobTitle),
            LeadSort.City => Folded(lead.City),
            LeadSort.Country => Folded(lead.Country),
            LeadSort.Interest => Folded(lead.Interest),
            LeadSort.Campaign => Folded(lead.Campaign),
            LeadSort.Source => Folded(lead.Source),
            LeadSort.Intent => (int)lead.Intent,
            LeadSort.Urgency => (int)lead.Urgency,
            LeadSort.Custom => fields.TryGetValue(lead.Id, out var value) ? value.Number ?? (object?)value.Key : null,
            _ => lead.CreatedAt,
        };
    }

    private static Comparer<object?> Comparer { get; } = Comparer<object?>.Create((left, right) =>
        left is string text ? string.CompareOrdinal(text, (string)right!) : System.Collections.Comparer.DefaultInvariant.Compare(left, right));

    private static string? Folded(string? text) => text is null ? null : SearchText.SortKey(text);

    private async Task<List<long>> PagesAsync(LeadFilter filter, int size)
    {
        var all = new List<long>();
        string? cursor = null;
        do
        {
            var page = await Queries.ListAsync(company.Admin, filter, cursor, size, Stop);
            page.Refusal?.Message.ShouldBeNull();
            all.AddRange(page.Value!.Items.Select(row => row.Id));
            cursor = page.Value.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private Task<List<long>> StreamedAsync(LeadFilter filter) => WalkedLeads.IdsAsync(Queries, company.Admin, filter, 5);

    private async Task OpenAsync(DatabaseEngine engine)
    {
        database = await TestDatabase.CreateAsync(engine);
        company = await TestCompany.AddAsync(database);
        await database.Database.WriteAsync(company.Id, async context =>
        {
            var text = new CustomField { Key = "motto", Name = "Motto", Type = CustomFieldType.Text, Position = 1 };
            var number = new CustomField { Key = "size", Name = "Size", Type = CustomFieldType.Number, Position = 2 };
            context.AddRange(text, number);
            await context.SaveChangesAsync(Stop);
            (textField, numberField) = (text.Id, number.Id);
            for (var n = 0; n < 14; n++)
                await AddAsync(context, n);
            foreach (var channel in (string[])["email", "website", "whatsapp"])
                context.LeadCounters.Add(new LeadCounter { Metric = CounterMetric.Channel, Key = channel, Count = 1, Day = 0 });
            return true;
        }, Stop);
        await LeadSearchIndexer.CatchUpAsync(database.Database, Stop);
        await using var reading = database.Database.Open(company.Id);
        leads = await reading.Leads.ToListAsync(Stop);
    }

    /// <summary>Few different values, so that ties are common, and every third without.</summary>
    private async Task AddAsync(AppDbContext context, int n)
    {
        string? word = (n % 3) switch { 0 => null, 1 => $"Şırnak {n % 4}", _ => $"berlin {n % 5}" };
        var lead = company.NewLead($"Lead {n % 6}", (n % 4) switch { 0 => null, 1 => company.Salesperson.UserId, _ => company.OtherSalesperson.UserId });
        lead.NameKey = LeadText.NameKey(lead.Name, null, null);
        (lead.Organisation, lead.JobTitle, lead.City, lead.Country, lead.Interest, lead.Campaign, lead.Source) = (word, word, word, word, word, word, word);
        (lead.Email, lead.EmailValid, lead.Phone, lead.PhoneValid) = word is null ? (null, false, null, false) : ($"a{n * 7 % 10}.{n}@example.org", true, $"+44207946{1000 + (n * 37 % 100)}", true);
        (lead.Score, lead.Grade, lead.Intent, lead.Urgency) = (n * 7 % 5, (Grade)(n % 3), (Intent)(n % 4), (Urgency)(n % 3));
        (lead.StageId, lead.Channel) = (company.Stages[n * 5 % 4].Id, (n % 3) switch { 0 => "website", 1 => "email", _ => "whatsapp" });
        (lead.CreatedAt, lead.LastActivityAt) = (Now.AddMinutes(-(n * 11 % 7)), Now.AddMinutes(n * 13 % 4));
        (lead.Value, lead.NextFollowUpAt) = (n % 3 is 0 ? null : n * 100 % 300, n % 2 is 0 ? null : Now.AddDays(n % 3));
        context.Leads.Add(lead);
        await context.SaveChangesAsync(Stop);
        if (word is not null)
        {
            context.LeadContacts.Add(new LeadContact { Kind = ContactKind.Email, Value = lead.Email!, LeadId = lead.Id });
            context.LeadContacts.Add(new LeadContact { Kind = ContactKind.Phone, Value = lead.Phone!, LeadId = lead.Id });
            context.LeadContacts.Add(new LeadContact { Kind = ContactKind.Email, Value = $"zz{n}@example.org", LeadId = lead.Id });
            context.CustomFieldValues.Add(new CustomFieldValue { LeadId = lead.Id, FieldId = textField, Key = SearchText.Fold(word), Text = word });
            context.CustomFieldValues.Add(new CustomFieldValue { LeadId = lead.Id, FieldId = numberField, Number = n % 4 });
        }

        await LeadSearchQueue.AddAsync(context, lead.Id, Stop);
    }
}
