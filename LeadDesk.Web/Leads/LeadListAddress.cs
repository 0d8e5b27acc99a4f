using System.Globalization;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using Microsoft.AspNetCore.WebUtilities;

namespace LeadDesk.Web.Leads;

/// <summary>Which leads by their response clock.</summary>
public enum ResponseState
{
    Waiting,
    Overdue,
    Answered,
}

/// <summary>
/// A view of the lead list as its address says it, so that every view can be shared and reloaded:
/// <c>?grade=HOT&amp;channel=whatsapp&amp;stage=Contacted&amp;owner=me&amp;overdue=1&amp;created=7d&amp;intent=buy&amp;outcome=won&amp;search=ahmed&amp;sort=score&amp;order=asc</c>.
/// What cannot be read is left out. <c>?view=12</c> is a saved view; what stands beside it changes that view, and an empty value takes
/// something out of it.
/// </summary>
public sealed record LeadListAddress
{
    public const string Path = "/leads";
    public const string BoardPath = "/leads/board";
    public const string Me = "me";
    public const string Nobody = "nobody";
    public const string Today = "today";

    private const string DayFormat = "yyyy-MM-dd";
    private const int LongestText = 200;

    public Grade? Grade { get; init; }

    public string? Channel { get; init; }

    /// <summary>Name, or id, of a stage.</summary>
    public string? Stage { get; init; }

    /// <summary><see cref="Me"/>, <see cref="Nobody"/>, or a user's id.</summary>
    public string? Owner { get; init; }

    public ResponseState? Response { get; init; }

    /// <summary><see cref="Today"/>, a number of days that includes today (<c>1d</c> to <c>366d</c>), or one day as yyyy-MM-dd, in the company's time zone.</summary>
    public string? Arrived { get; init; }

    public Intent? Intent { get; init; }

    public LeadOutcome? Outcome { get; init; }

    public string? Search { get; init; }

    /// <summary>Further conditions, as the filter language writes them.</summary>
    public string? Filter { get; init; }

    public LeadSort Sort { get; init; }

    /// <summary>Key of the custom field of <see cref="LeadSort.Custom"/>.</summary>
    public string? SortField { get; init; }

    public bool Ascending { get; init; }

    /// <summary>The saved view it started from.</summary>
    public long? ViewId { get; init; }

    /// <summary>What that view says; null when it is not known.</summary>
    public string? ViewQuery { get; init; }

    /// <summary>Id of the pipeline that the board shows; null is the first.</summary>
    public long? Pipeline { get; init; }

    /// <summary>The page that shows it: the list or the board.</summary>
    public string Place { get; init; } = Path;

    public static LeadListAddress Default { get; } = new();

    public string Href => Place + (Changes() is { Length: > 0 } query ? "?" + query : "");

    /// <summary>The same without order and search text: what the views of the list are told apart by.</summary>
    public LeadListAddress View => this with { Search = null, Sort = LeadSort.Created, SortField = null, Ascending = false };

    /// <summary>The address without anything that filters, on the same page.</summary>
    public LeadListAddress Cleared => new() { Place = Place, Pipeline = Pipeline };

    /// <summary>Nothing is left out, whatever the order.</summary>
    public bool ShowsAll => this with { Sort = LeadSort.Created, SortField = null, Ascending = false, Pipeline = null, ViewId = null, ViewQuery = null, Place = Path } == Default;

    /// <summary>It shows something else than the saved view it started from.</summary>
    public bool Differs => ViewQuery is not null && ToQuery() != Parse(ViewQuery).ToQuery();

    /// <param name="query">With or without the question mark.</param>
    /// <param name="viewOf">Gives the query of a saved view, or null when it is not there; without it views mean nothing.</param>
    public static LeadListAddress Parse(string? query, Func<long, string?>? viewOf = null)
    {
        var values = QueryHelpers.ParseQuery(query);
        var viewId = viewOf is not null && long.TryParse(Text("view"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        var viewQuery = viewId is { } wanted ? viewOf!(wanted) : null;
        foreach (var (name, value) in QueryHelpers.ParseQuery(viewQuery))
            values.TryAdd(name, value);
        var field = Text("sort") is { } key && key.StartsWith(LeadFilterFields.CustomPrefix, StringComparison.Ordinal) ? key[LeadFilterFields.CustomPrefix.Length..] : null;
        var sort = field is not null ? LeadSort.Custom : Word<LeadSort>("sort") is { } named and not LeadSort.Custom ? named : LeadSort.Created;
        return new LeadListAddress
        {
            Grade = GradeWords.TryParse(Text("grade"), out var grade) ? grade : null,
            Channel = Text("channel")?.ToLowerInvariant(),
            Stage = Text("stage"),
            Owner = Text("owner") is { } owner && (owner is Me or Nobody || long.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? owner : null,
            Response = Flag("overdue") ? ResponseState.Overdue : Flag("waiting") ? ResponseState.Waiting : Flag("answered") ? ResponseState.Answered : null,
            Arrived = Text("created") is { } arrived && (arrived is Today || Days(arrived) is not null || Day(arrived) is not null) ? arrived : null,
            Intent = Word<Intent>("intent"),
            Outcome = Word<LeadOutcome>("outcome"),
            Search = Text("search"),
            Filter = Text("filter", LeadFilterText.LongestText),
            Pipeline = long.TryParse(Text("pipeline"), NumberStyles.None, CultureInfo.InvariantCulture, out var pipeline) ? pipeline : null,
            Sort = sort,
            SortField = field,
            Ascending = Text("order") switch { "asc" => true, "desc" => false, _ => RisesAtFirst(sort) },
            ViewId = viewId,
            ViewQuery = viewQuery,
        };

        string? Text(string name, int longest = LongestText) =>
            values.TryGetValue(name, out var value) && value.ToString().Trim() is { Length: > 0 } text && text.Length <= longest ? text : null;

        bool Flag(string name) => Text(name) is "1" or "true";

        T? Word<T>(string name)
            where T : struct, Enum =>
            Text(name) is { } text && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var word) ? word : null;
    }

    /// <summary>Everything it says, whatever view it started from; without the question mark, empty for the list of all leads.</summary>
    public string ToQuery() => Written(Parts().Where(part => part.Value is not null));

    /// <summary>The saved view, if any, and what is different from it.</summary>
    private string Changes()
    {
        if (ViewId is not { } view)
            return ToQuery();
        var saved = Parse(ViewQuery).Parts().ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        return Written([("view", view.ToString(CultureInfo.InvariantCulture)), .. Parts().Where(part => part.Value != saved[part.Name])]);
    }

    private (string Name, string? Value)[] Order => (Sort, Ascending) is (LeadSort.Created, false)
        ? []
        : [("sort", Sort is LeadSort.Custom ? LeadFilterFields.CustomPrefix + SortField : LeadSortWords.Print(Sort)), ("order", Ascending ? "asc" : "desc")];

    private static string Written(IEnumerable<(string Name, string? Value)> parts) =>
        string.Join('&', parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value ?? "")}"));

    private (string Name, string? Value)[] Parts() =>
    [
        ("grade", Grade?.ToWord()),
        ("channel", Channel),
        ("stage", Stage),
        ("owner", Owner),
        ("waiting", Response is ResponseState.Waiting ? "1" : null),
        ("overdue", Response is ResponseState.Overdue ? "1" : null),
        ("answered", Response is ResponseState.Answered ? "1" : null),
        ("created", Arrived),
        ("intent", Word(Intent)),
        ("outcome", Word(Outcome)),
        ("search", Search),
        ("filter", Filter),
        ("pipeline", Pipeline?.ToString(CultureInfo.InvariantCulture)),
        ("sort", Sort switch { LeadSort.Created => null, LeadSort.Custom => LeadFilterFields.CustomPrefix + SortField, _ => Word<LeadSort>(Sort) }),
        ("order", Ascending == RisesAtFirst(Sort) ? null : Ascending ? "asc" : "desc"),
    ];

    /// <summary>The same leads sorted by something; the other way round when they are already. By deadline only leads that wait can be sorted.</summary>
    /// <param name="field">Key of the custom field, for <see cref="LeadSort.Custom"/>.</param>
    public LeadListAddress SortedBy(LeadSort sort, string? field = null) => this with
    {
        Sort = sort,
        SortField = field,
        Ascending = IsSortedBy(sort, field) ? !Ascending : RisesAtFirst(sort),
        Response = sort is LeadSort.Response && Response is not ResponseState.Overdue ? ResponseState.Waiting : Response,
    };

    public bool IsSortedBy(LeadSort sort, string? field = null) => Sort == sort && SortField == field;

    /// <summary>Other leads by their response clock; an order by deadline ends when they have none.</summary>
    public LeadListAddress WithResponse(ResponseState? response) =>
        Sort is LeadSort.Response && response is null or ResponseState.Answered
            ? this with { Response = response, Sort = LeadSort.Created, Ascending = false }
            : this with { Response = response };

    /// <summary>The list's order in the words of the API; empty for the usual one.</summary>
    public string ToApiOrder() => Written(Order);

    /// <summary>
    /// The same leads in the same order in the words of the API, for files: everything that filters as one condition of the filter language, beside the search.
    /// </summary>
    /// <returns>Null when the further conditions cannot be read: a file must not hold more than the list shows.</returns>
    public string? ToApiQuery()
    {
        if (LeadFilterText.Parse(Filter) is not { Refusal: null } written)
            return null;
        var conditions = new List<LeadCondition>();
        Add("grade", Grade?.ToWord().ToLowerInvariant());
        Add("channel", Channel);
        Add("stage", Stage);
        Add("owner", Owner);
        Add("response", Word(Response));
        Add("intent", Word(Intent));
        Add("outcome", Word(Outcome));
        if (Arrived is not null)
            conditions.Add(Days(Arrived) is { } days ? new LeadFieldCondition("created", FilterOperator.InLast, days.ToString(CultureInfo.InvariantCulture)) : new LeadFieldCondition("created", FilterOperator.Is, Arrived));
        if (written.Value is { } further)
            conditions.Add(further);
        var filter = LeadFilterText.Print(LeadFilterText.Group(any: false, conditions));
        return Written(new (string Name, string? Value)[] { ("filter", filter.Length is 0 ? null : filter), ("search", Search) }.Concat(Order).Where(part => part.Value is not null));

        void Add(string field, string? value)
        {
            if (value is not null)
                conditions.Add(new LeadFieldCondition(field, FilterOperator.Is, value));
        }
    }

    /// <summary>What the further conditions ask; refused where they cannot be read. A stage that is not there any more is among what is missing.</summary>
    public Outcome<LeadWhere?> ReadFilter(FilterScope scope)
    {
        var parsed = LeadFilterText.Parse(Filter);
        if (parsed.Refusal is { } refusal)
            return refusal;
        var condition = Stage is not null && StageOf(scope.Company) is null
            ? LeadFilterText.Both(parsed.Value, new LeadFieldCondition("stage", FilterOperator.Is, Stage))
            : parsed.Value;
        return condition is null ? default : LeadFilterReader.Read(condition, scope);
    }

    /// <summary>Conditions that cannot be read do not filter; the bar above the list shows them.</summary>
    public LeadFilter ToFilter(FilterScope scope)
    {
        var sortField = SortField is { } key ? scope.Company.Field(key) : null;
        return new()
        {
            Grade = Grade,
            Channel = Channel,
            StageId = StageOf(scope.Company)?.Id,
            Owner = Owner switch
            {
                null => null,
                Me => new OwnerFilter(scope.User.UserId),
                Nobody => new OwnerFilter(null),
                var id => new OwnerFilter(long.Parse(id, CultureInfo.InvariantCulture)),
            },
            Waiting = Response is ResponseState.Waiting,
            OverdueAt = Response is ResponseState.Overdue ? scope.Now : null,
            Answered = Response is ResponseState.Answered,
            CreatedFrom = ArrivedFrom(scope.Company, scope.Now),
            CreatedBefore = Arrived is not null && Day(Arrived) is { } day ? StartOf(day.AddDays(1), scope.Company) : null,
            Intent = Intent,
            Outcome = Outcome,
            Search = Search,
            Where = ReadFilter(scope).Value,
            // An order by a field that is gone is none.
            Sort = Sort is LeadSort.Custom && sortField is null ? LeadSort.Created : Sort,
            SortFieldId = sortField?.Id,
            Ascending = Ascending,
        };
    }

    public Stage? StageOf(CompanyRules company) =>
        Stage is null ? null
        : company.Stage(Stage) ?? (long.TryParse(Stage, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? company.Stage(id) : null);

    /// <summary>A number of days; null when it is something else.</summary>
    public static int? Days(string arrived) =>
        arrived.EndsWith('d') && int.TryParse(arrived.AsSpan(0, arrived.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 366 ? days : null;

    private static DateOnly? Day(string arrived) => DateOnly.TryParseExact(arrived, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private DateTime? ArrivedFrom(CompanyRules company, DateTime now) => Arrived switch
    {
        null => null,
        Today => company.StartOfDay(now),
        _ when Days(Arrived) is { } days => company.StartOfDay(now.AddDays(1 - days)),
        _ => Day(Arrived) is { } day ? StartOf(day, company) : null,
    };

    /// <summary>Found from noon, which exists on every day of every zone.</summary>
    private static DateTime StartOf(DateOnly day, CompanyRules company) =>
        company.StartOfDay(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(12, 0)), company.Zone));

    /// <summary>Names and deadlines are read from the first on, everything else from the greatest or newest.</summary>
    private static bool RisesAtFirst(LeadSort sort) =>
        sort is not (LeadSort.Created or LeadSort.Score or LeadSort.Activity or LeadSort.Value or LeadSort.Grade or LeadSort.Urgency or LeadSort.Custom);

    private static string? Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();
}
