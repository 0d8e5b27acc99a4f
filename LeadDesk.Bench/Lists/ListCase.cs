using System.Globalization;
using LeadDesk.Analysis;
using LeadDesk.Data.Sqlite;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;

namespace LeadDesk.Bench.Lists;

/// <summary>One kind of list: as the service is asked, as the API is asked, and as somebody would write it in SQL.</summary>
/// <param name="Filter">By the number of the call, so that not the same rows are read again and again.</param>
/// <param name="Query">The same for <c>GET /api/v1/leads</c>, without limit and cursor.</param>
/// <param name="Where">The same in SQL, with the call's values in place.</param>
/// <param name="Budget">Milliseconds, 95th percentile in the service.</param>
/// <param name="Deep">Whether a page far behind the first is measured too.</param>
internal sealed record ListCase(string Name, Func<int, LeadFilter> Filter, Func<int, string> Query, Func<int, string> Where, double Budget, bool Deep);

/// <summary>Every sort, each filter, and search.</summary>
internal sealed class ListCases(bool isSqlite, IReadOnlyList<long> stages, IReadOnlyList<long> owners, IReadOnlyList<string> channels, int copies, int leads, FilterScope scope)
{
    private readonly DateTime now = scope.Now;

    private const double Indexed = 10;
    private const double Other = 50;

    private static readonly Grade[] Grades = [Grade.Hot, Grade.Warm, Grade.Cold];
    private static readonly string[] CommonWords = ["price", "fiyat", "need", "buy", "merhaba"];

    public IEnumerable<ListCase> All() => [.. Sorts(), .. Filters(), .. Combinations(), .. Conditions(), .. Searches()];

    /// <summary>How SQL names what a list is sorted by.</summary>
    public static string ColumnOf(LeadSort sort) => sort switch
    {
        LeadSort.Score => "score",
        LeadSort.Name => "name_key",
        LeadSort.Activity => "last_activity_at",
        LeadSort.Response => "response_due_at",
        LeadSort.FollowUp => "next_follow_up_at",
        LeadSort.Value => "value",
        LeadSort.Grade => "grade",
        LeadSort.Stage => "(SELECT position FROM stages WHERE stages.id = stage_id)",
        LeadSort.Owner => "(SELECT name FROM users WHERE users.id = owner_id)",
        LeadSort.City => "city",
        LeadSort.Custom => "(SELECT number FROM lead_field_values WHERE lead_id = leads.id AND field_id = 1)",
        _ => "created_at",
    };

    /// <summary>A time as it stands in SQL.</summary>
    public static string Time(DateTime time, bool isSqlite) => isSqlite
        ? Microseconds.From(time).ToString(CultureInfo.InvariantCulture)
        : $"'{time:yyyy-MM-dd HH:mm:ss.ffffff}Z'::timestamptz";

    private static IEnumerable<ListCase> Sorts()
    {
        foreach (var sort in (LeadSort[])[LeadSort.Created, LeadSort.Score, LeadSort.Name, LeadSort.Activity, LeadSort.Response])
            yield return Sort(sort, sort is LeadSort.Response ? "first_response_at IS NULL AND outcome = 0" : "", Indexed, deep: true);
        yield return Sort(LeadSort.FollowUp, "next_follow_up_at IS NOT NULL", Indexed, deep: false);
        yield return Sort(LeadSort.Value, "value IS NOT NULL", Indexed, deep: false);
        foreach (var sort in (LeadSort[])[LeadSort.Grade, LeadSort.Stage, LeadSort.Owner, LeadSort.City, LeadSort.Custom])
            yield return Sort(sort, "", Other, deep: false);
    }

    private static ListCase Sort(LeadSort sort, string where, double budget, bool deep)
    {
        var ascending = LeadSortWords.RisesAtFirst(sort);
        long? field = sort is LeadSort.Custom ? 1 : null;
        var word = sort switch { LeadSort.FollowUp => "follow_up", LeadSort.Custom => $"cf.{DeskFacts.BudgetKey}", _ => sort.ToString().ToLowerInvariant() };
        return new ListCase(
            $"by {word}", _ => new LeadFilter { Sort = sort, SortFieldId = field, Ascending = ascending }, _ => $"sort={word}&order={(ascending ? "asc" : "desc")}", _ => where, budget, deep);
    }

    private IEnumerable<ListCase> Filters()
    {
        yield return new ListCase("grade", n => new LeadFilter { Grade = Grades[n % 3] }, n => $"quality={Grades[n % 3].ToWord()}", n => $"grade = {(int)Grades[n % 3]}", Indexed, Deep: true);
        yield return new ListCase("channel", n => new LeadFilter { Channel = Of(channels, n) }, n => $"channel={Of(channels, n)}", n => $"channel = '{Of(channels, n)}'", Indexed, Deep: true);
        yield return new ListCase("stage", n => new LeadFilter { StageId = Of(stages, n) }, n => $"status={Of(stages, n)}", n => $"stage_id = {Of(stages, n)}", Indexed, Deep: true);
        yield return new ListCase("owner", n => new LeadFilter { Owner = new OwnerFilter(Of(owners, n)) }, n => $"owner={Of(owners, n)}", n => $"owner_id = {Of(owners, n)}", Indexed, Deep: true);
        yield return new ListCase("waiting", _ => new LeadFilter { Waiting = true }, _ => "waiting=true", _ => "first_response_at IS NULL AND outcome = 0", Indexed, Deep: false);
        yield return new ListCase(
            "overdue, by response", _ => new LeadFilter { OverdueAt = now, Sort = LeadSort.Response, Ascending = true }, _ => "overdue=true&sort=response&order=asc",
            _ => $"first_response_at IS NULL AND outcome = 0 AND response_due_at < {Time(now)}", Indexed, Deep: false);
        yield return new ListCase(
            "intent", n => new LeadFilter { Intent = IntentOf(n) }, n => $"intent={IntentOf(n).ToString().ToLowerInvariant()}", n => $"intent = {(int)IntentOf(n)}", Other, Deep: false);
        yield return new ListCase(
            "a week of arrivals", n => new LeadFilter { CreatedFrom = Week(n), CreatedBefore = Week(n).AddDays(7) },
            n => $"created_from={Week(n):yyyy-MM-ddTHH:mm:ssZ}&created_before={Week(n).AddDays(7):yyyy-MM-ddTHH:mm:ssZ}",
            n => $"created_at >= {Time(Week(n))} AND created_at < {Time(Week(n).AddDays(7))}", Other, Deep: false);
    }

    private IEnumerable<ListCase> Combinations()
    {
        yield return new ListCase(
            "owner and stage, by score", n => new LeadFilter { Owner = new OwnerFilter(Of(owners, n)), StageId = Of(stages, n), Sort = LeadSort.Score },
            n => $"owner={Of(owners, n)}&status={Of(stages, n)}&sort=score", n => $"owner_id = {Of(owners, n)} AND stage_id = {Of(stages, n)}", Other, Deep: false);
        yield return new ListCase(
            "grade and channel, by name", n => new LeadFilter { Grade = Grades[n % 3], Channel = Of(channels, n), Sort = LeadSort.Name, Ascending = true },
            n => $"quality={Grades[n % 3].ToWord()}&channel={Of(channels, n)}&sort=name&order=asc", n => $"grade = {(int)Grades[n % 3]} AND channel = '{Of(channels, n)}'", Other, Deep: false);
    }

    /// <summary>Filters as people write them: one in a thousand, common ones, and both together.</summary>
    private IEnumerable<ListCase> Conditions()
    {
        const string Tagged = "EXISTS (SELECT 1 FROM lead_tags JOIN tags ON tags.id = tag_id WHERE lead_id = leads.id AND tags.name = '{0}')";
        yield return Condition("filter: a rare city", _ => $"city is \"{DeskFacts.RareCity}\"", _ => $"city = '{DeskFacts.RareCity}'");
        yield return Condition("filter: a common city", _ => "city is \"izmir\"", _ => "city = 'İzmir'");
        yield return Condition("filter: part of a city", _ => "city contains \"ankir\"", _ => "city LIKE '%ankır%'");
        yield return Condition("filter: a rare tag", _ => $"tag is \"{DeskFacts.RareTag}\"", _ => string.Format(CultureInfo.InvariantCulture, Tagged, DeskFacts.RareTag));
        yield return Condition("filter: a common tag, by score", _ => $"tag is \"{DeskFacts.CommonTag}\"", _ => string.Format(CultureInfo.InvariantCulture, Tagged, DeskFacts.CommonTag), LeadSort.Score);
        yield return Condition("filter: a rare choice of an own field", _ => $"cf.{DeskFacts.PlanKey} is silver", _ => "EXISTS (SELECT 1 FROM lead_field_values WHERE lead_id = leads.id AND field_id = 2 AND number = 2)");
        yield return Condition(
            "filter: a range of an own field, by activity", n => $"cf.{DeskFacts.BudgetKey} between {n % 900} and {(n % 900) + 2}",
            n => $"EXISTS (SELECT 1 FROM lead_field_values WHERE lead_id = leads.id AND field_id = 1 AND number BETWEEN {n % 900 * 10000} AND {((n % 900) + 2) * 10000})", LeadSort.Activity);
        yield return Condition("filter: score, city or tag, last month", _ => $"score>=60 and (city is izmir or tag is \"{DeskFacts.RareTag}\") and created in last 30 days",
            _ => $"score >= 60 AND (city = 'İzmir' OR {string.Format(CultureInfo.InvariantCulture, Tagged, DeskFacts.RareTag)}) AND created_at >= {Time(now.AddDays(-30))}");
        yield return Condition("filter: owner, stage and campaign, by name", n => $"owner is {Of(owners, n)} and stage is {Of(stages, n)} and campaign is \"Campaign {n % 40}\"",
            n => $"owner_id = {Of(owners, n)} AND stage_id = {Of(stages, n)} AND campaign = 'Campaign {n % 40}'", LeadSort.Name);
        yield return Condition("filter: grade and channel, by activity", n => $"grade is {Grades[n % 3].ToWord()} and channel is {Of(channels, n / 3)}",
            n => $"grade = {(int)Grades[n % 3]} AND channel = '{Of(channels, n / 3)}'", LeadSort.Activity);
        yield return Condition("filter: intent and two months, by score", n => $"intent is {IntentOf(n).ToString().ToLowerInvariant()} and created between {Week(n):yyyy-MM-dd} and {Week(n).AddDays(60):yyyy-MM-dd}",
            n => $"intent = {(int)IntentOf(n)} AND created_at >= {Time(Week(n))} AND created_at < {Time(Week(n).AddDays(61))}", LeadSort.Score);
        yield return Condition("filter: stage and tag, by name", n => $"stage is {Of(stages, n)} and tag is \"{DeskFacts.CommonTag}\"",
            n => $"stage_id = {Of(stages, n)} AND {string.Format(CultureInfo.InvariantCulture, Tagged, DeskFacts.CommonTag)}", LeadSort.Name);
        yield return Condition("filter: not this stage, and owner or hot", n => $"stage is not {Of(stages, n)} and (owner is {Of(owners, n)} or grade is hot)",
            n => $"stage_id <> {Of(stages, n)} AND (owner_id = {Of(owners, n)} OR grade = {(int)Grade.Hot})");
        yield return Condition("filter: a range of scores and a city, by score", n => $"score between {n % 40} and {(n % 40) + 20} and city is \"London\"",
            n => $"score BETWEEN {n % 40} AND {(n % 40) + 20} AND city = 'London'", LeadSort.Score);
        yield return Condition("filter: messages contain, and owner", n => $"messages contains \"{Of(CommonWords, n)}\" and owner is {Of(owners, n)}",
            n => $"owner_id = {Of(owners, n)} AND EXISTS (SELECT 1 FROM lead_messages WHERE lead_id = leads.id AND text LIKE '%{Of(CommonWords, n)}%')");
        yield return Condition("filter: messages contain", n => $"messages contains \"{Of(CommonWords, n)}\"", n => $"EXISTS (SELECT 1 FROM lead_messages WHERE lead_id = leads.id AND text LIKE '%{Of(CommonWords, n)}%')");
        yield return Condition("filter: nobody", _ => "city is \"Nowhere\" and score>=0", _ => "city = 'Nowhere'");
    }

    private ListCase Condition(string name, Func<int, string> text, Func<int, string> where, LeadSort sort = LeadSort.Created) => new(
        name, n => new LeadFilter { Where = LeadFilterReader.Read(text(n), scope).Value, Sort = sort, Ascending = LeadSortWords.RisesAtFirst(sort) },
        n => $"filter={Uri.EscapeDataString(text(n))}&sort={sort.ToString().ToLowerInvariant()}", where, Other, Deep: false);

    private IEnumerable<ListCase> Searches()
    {
        yield return Search("search: a phone number", n => string.Create(CultureInfo.InvariantCulture, $"{CopiedColumns.FirstPerson + 1000 + (n * 997 % (leads - 2000))}"), rare: true);
        yield return Search("search: a full name", n => $"ali ahmad {Word(n)}", rare: true);
        yield return Search("search: a common word", n => Of(CommonWords, n), rare: false);
        yield return Search("search: nobody", n => string.Create(CultureInfo.InvariantCulture, $"xqzj{n}wvk"), rare: true);
    }

    private ListCase Search(string name, Func<int, string> typed, bool rare) => new(
        name, n => new LeadFilter { Search = typed(n) }, n => $"search={Uri.EscapeDataString(typed(n))}", n => rare ? Looked(typed(n)) : Compared(typed(n)), Other, Deep: false);

    /// <summary>In the index.</summary>
    private string Looked(string typed)
    {
        var words = typed.Split(' ');
        return isSqlite
            ? $"id IN (SELECT rowid FROM lead_search_threes WHERE lead_search_threes MATCH '{string.Join(" AND ", words.SelectMany(Threes).Select(three => $"\"{three}\""))}')"
            : $"id IN (SELECT lead_id FROM lead_search WHERE {string.Join(" AND ", words.Select(word => $"text LIKE '%{word}%'"))})";
    }

    private static IEnumerable<string> Threes(string word) => Enumerable.Range(0, word.Length - 2).Select(at => word.Substring(at, 3));

    /// <summary>Walking the list, which finds a common word soonest.</summary>
    private static string Compared(string typed) => $"(SELECT text FROM lead_search WHERE lead_id = leads.id) LIKE '%{typed}%'";

    private string Word(int n) => CopiedColumns.WordOf(1 + (n % copies));

    private DateTime Week(int n) => now.Date.AddDays(-14 - (n * 3 % 340));

    private string Time(DateTime time) => Time(time, isSqlite);

    private static Intent IntentOf(int n) => (Intent)(n % 4);

    private static T Of<T>(IReadOnlyList<T> values, int n) => values[n % values.Count];
}
