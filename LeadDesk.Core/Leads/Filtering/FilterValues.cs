using System.Globalization;
using System.Runtime.InteropServices;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Leads.Fields;
using LeadDesk.Scoring;

namespace LeadDesk.Leads.Filtering;

/// <param name="From">In UTC; null is since ever.</param>
/// <param name="Before">Exclusive; null is for ever.</param>
/// <param name="First">The same in days of the company's zone.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FilterDates(DateTime? From, DateTime? Before, DateOnly? First, DateOnly? Last);

/// <summary>The values of one condition, read as its field takes them. Throws <see cref="FilterTextException"/> for what is none.</summary>
/// <param name="reportMissing">Takes a sentence about something that is not there any more.</param>
internal sealed class FilterValues(LeadFieldCondition condition, LeadFilterField field, FilterScope scope, Action<string> reportMissing)
{
    /// <summary>Larger ones would not fit where amounts are stored.</summary>
    private const decimal LargestNumber = 100_000_000_000_000m;

    public FilterOperator Operator => condition.Operator;

    public FilterScope Scope => scope;

    public string Word(int at) => condition.Values[at].Trim().ToLowerInvariant();

    public bool Names(string word) => condition.Values.Any(value => value.Trim().Equals(word, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<string> Texts()
    {
        foreach (var value in condition.Values)
        {
            if (SearchText.Fold(value).Length is 0)
                throw Problem($"Write what {field.Word} should be compared with; for nothing at all use “is empty”.");
            yield return value.Trim();
        }
    }

    /// <summary>Words of the product, each of which must be one of the field's choices.</summary>
    public IEnumerable<string> Fixed()
    {
        foreach (var value in condition.Values)
        {
            yield return field.Choices.FirstOrDefault(choice => choice.Value.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase))?.Value
                ?? throw Problem($"“{value}” is no {field.Word}. Use one of: {string.Join(", ", field.Choices.Select(choice => choice.Value))}.");
        }
    }

    public decimal Number(int at)
    {
        if (!decimal.TryParse(condition.Values[at], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw Problem($"“{condition.Values[at]}” is no number. Write digits, such as 60 or 1250.50.");
        return decimal.Abs(number) <= LargestNumber ? number : throw Problem($"“{condition.Values[at]}” is too large to compare with.");
    }

    public bool Flag() => Word(0) switch
    {
        LeadFilterFields.Yes or "true" or "1" => true,
        LeadFilterFields.No or "false" or "0" => false,
        _ => throw Problem($"“{condition.Values[0]}” is neither yes nor no."),
    };

    /// <summary>The stretch of time that the operator and its values mean.</summary>
    public FilterDates Dates()
    {
        if (Operator is FilterOperator.InLast or FilterOperator.InNext)
        {
            var today = FilterPeriods.Today(scope.Company, scope.Now);
            var more = int.Parse(condition.Values[0], CultureInfo.InvariantCulture) - 1;
            return Operator is FilterOperator.InLast ? Of(today.AddDays(-more), today) : Of(today, today.AddDays(more));
        }

        var first = Date(0);
        return Operator switch
        {
            FilterOperator.Before or FilterOperator.Less => new(null, first.From, null, first.First?.AddDays(first.From == first.Before ? 0 : -1)),
            FilterOperator.After or FilterOperator.Greater => new(first.Before, null, first.Last?.AddDays(1), null),
            FilterOperator.AtLeast => new(first.From, null, first.First, null),
            FilterOperator.AtMost => new(null, first.Before, null, first.Last),
            FilterOperator.Between => Date(1) is var second ? new(first.From, second.Before, first.First, second.Last) : first,
            _ => first.From == first.Before ? throw Problem("A time of the day goes with before, after or between; “is” takes a day or a period.") : first,
        };
    }

    /// <summary>Ids of what the values name; what is not there is reported and left out.</summary>
    public IReadOnlyList<long> Ids()
    {
        var ids = new List<long>();
        foreach (var value in condition.Values.Select(value => value.Trim()))
        {
            var found = IdsOf(value);
            if (found is null)
                reportMissing($"There is no {(field.Custom is null ? field.Label.ToLowerInvariant() : $"choice of {field.Label}")} “{value}”.");
            else
                ids.AddRange(found);
        }

        return [.. ids.Distinct()];
    }

    /// <returns>Null when there is none.</returns>
    private long[]? IdsOf(string value) => field switch
    {
        { Custom: { } custom } => Among(CustomFieldOptions.Of(custom), value, option => option.Name, option => option.Id),
        { Word: "grade" } => [(long)(GradeWords.TryParse(value, out var grade) ? grade : throw NoChoice(value))],
        { Word: "intent" } => [(long)Enum<Intent>(value)],
        { Word: "urgency" } => [(long)Enum<Urgency>(value)],
        { Word: "outcome" } => [(long)Enum<LeadOutcome>(value)],
        { Word: "kind" } => [(long)Enum<LeadKind>(value)],
        { Word: "import" } => [long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Problem("An import is named by its number.")],
        { Word: "owner" or "helper" } => Person(value),
        { Word: "stage" } => Among(scope.Company.Stages, value, stage => stage.Name, stage => stage.Id),
        { Word: "pipeline" } => Among(scope.Company.Pipelines, value, pipeline => pipeline.Name, pipeline => pipeline.Id),
        { Word: "tag" } => Among(scope.Company.Tags, value, tag => tag.Name, tag => tag.Id),
        _ => Among(scope.Company.LostReasons, value, reason => reason.Name, reason => reason.Id),
    };

    private long[]? Person(string value)
    {
        var people = scope.Users.All;
        switch (value.ToLowerInvariant())
        {
            case LeadFilterFields.Me:
                return [scope.User.UserId];
            case LeadFilterFields.Nobody or "none":
                return [];
            case LeadFilterFields.MyTeam:
                return scope.User.SeesAllLeads ? [.. people.Where(person => person.Role is not Role.Integration).Select(person => person.Id)] : [scope.User.UserId];
            default:
                return Among(people, value, person => person.Name, person => person.Id);
        }
    }

    /// <summary>By name in any spelling, or by id. Several may have one name.</summary>
    private static long[]? Among<T>(IReadOnlyList<T> all, string value, Func<T, string> name, Func<T, long> id)
    {
        var key = SearchText.Fold(value);
        var named = all.Where(one => SearchText.Fold(name(one)) == key).Select(id).ToArray();
        if (named is not [])
            return named;
        return long.TryParse(value.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && all.Any(one => id(one) == number) ? [number] : null;
    }

    private T Enum<T>(string value)
        where T : struct, Enum =>
        char.IsLetter(value.FirstOrDefault()) && System.Enum.TryParse<T>(value, ignoreCase: true, out var word) ? word : throw NoChoice(value);

    private FilterDates Date(int at)
    {
        var value = Word(at);
        if (FilterPeriods.Days(value, FilterPeriods.Today(scope.Company, scope.Now)) is { } period)
            return Of(period.First, period.Last);
        if (FilterPeriods.Day(value) is { } day)
            return Of(day, day);
        if (FilterPeriods.Instant(condition.Values[at].Trim()) is { } time && FilterPeriods.Today(scope.Company, time) is var thatDay)
            return new FilterDates(time, time, thatDay, thatDay);
        throw Problem($"“{condition.Values[at]}” is no date. Use a day such as 2026-03-01, or one of: {string.Join(", ", FilterPeriods.All)}.");
    }

    private FilterDates Of(DateOnly first, DateOnly last) =>
        new(FilterPeriods.StartOf(first, scope.Company), FilterPeriods.StartOf(last.AddDays(1), scope.Company), first, last);

    private FilterTextException NoChoice(string value) =>
        Problem($"“{value}” is no {field.Word}. Use one of: {string.Join(", ", field.Choices.Select(choice => choice.Value))}.");

    private FilterTextException Problem(string sentence) => new(condition.Position, sentence);
}
