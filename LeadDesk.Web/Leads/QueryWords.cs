using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using Microsoft.Extensions.Primitives;

namespace LeadDesk.Web.Leads;

/// <summary>Reads words of a query and collects those that mean nothing.</summary>
internal sealed class QueryWords
{
    private const int LongestText = 200;

    // A day, or a time to any precision, with or without an offset.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <summary>Null when everything was understood.</summary>
    public Refusal? Refusal => errors.Count is 0 ? null : LeadDesk.Common.Refusal.Invalid(errors);

    public int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Page<LeadRow>.DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Page<LeadRow>.MaximumLimit)
            return limit;
        Add("limit", $"The limit is a whole number from 1 to {Page<LeadRow>.MaximumLimit}.");
        return Page<LeadRow>.DefaultLimit;
    }

    public Grade? Grade(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (GradeWords.TryParse(text, out var grade))
            return grade;
        Add(name, $"Use one of: {GradeWords.Hot}, {GradeWords.Warm}, {GradeWords.Cold}.");
        return null;
    }

    public long? Stage(string name, string? text, CompanyRules company)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (StageWords.Find(company, text) is { } stage)
            return stage.Id;
        Add(name, $"There is no such stage. Use one of: {string.Join(", ", company.Stages.Select(known => known.Name))}.");
        return null;
    }

    public OwnerFilter? Owner(string name, string? text, CurrentUser user)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Equals("me", StringComparison.OrdinalIgnoreCase))
            return new OwnerFilter(user.UserId);
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return new OwnerFilter(null);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return new OwnerFilter(id);
        Add(name, "Use a user's id, me, or none.");
        return null;
    }

    /// <summary>One of an enum's names in any case; numbers are no words.</summary>
    public T Word<T>(string name, string? text, T otherwise)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return otherwise;
        foreach (var value in Enum.GetValues<T>())
        {
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase))
                return value;
        }

        Add(name, $"Use one of: {string.Join(", ", Enum.GetNames<T>().Select(word => word.ToLowerInvariant()))}.");
        return otherwise;
    }

    /// <summary>One of these words in any case.</summary>
    public string? OneOf(string name, string? text, IReadOnlyList<string> words)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;
        Add(name, $"Use one of: {string.Join(", ", words)}.");
        return null;
    }

    public (LeadSort Sort, long? FieldId) Sort(string name, string? text, CompanyRules company)
    {
        if (string.IsNullOrEmpty(text))
            return (LeadSort.Created, null);
        if (LeadSortWords.Read(text.Trim(), company) is { } sort)
            return sort;
        Add(name, $"Use one of: {string.Join(", ", LeadSortWords.All)}, or cf. and the key of a custom field.");
        return (LeadSort.Created, null);
    }

    /// <summary>A filter's text and fields that stand in the query by themselves; what they name must be there, or a program would act on more than it meant.</summary>
    /// <param name="fields">Values of one field that come several times are alternatives.</param>
    public LeadWhere? Where(string? filter, IEnumerable<KeyValuePair<string, StringValues>> fields, FilterScope scope)
    {
        var parsed = LeadFilterText.Parse(filter);
        if (parsed.Refusal is { } unreadable)
            Add(unreadable);
        var condition = parsed.Value;
        foreach (var (name, values) in fields)
        {
            foreach (var value in values)
                Text(name, value);
            condition = LeadFilterText.Both(condition, FieldWords.Condition(name.ToLowerInvariant(), [.. values.OfType<string>().Take(LeadFilterText.MostValues)], scope));
        }

        if (condition is null || parsed.Refusal is not null)
            return null;
        var where = LeadFilterReader.Read(condition, scope);
        if ((where.Refusal ?? where.Value?.RefuseMissing()) is { } refusal)
            Add(refusal);
        return where.Value;
    }

    public bool Flag(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        if (bool.TryParse(text, out var flag))
            return flag;
        Add(name, "Use true or false.");
        return false;
    }

    public bool Ascending(string name, string? text, bool otherwise)
    {
        if (string.IsNullOrEmpty(text))
            return otherwise;
        if (text.Equals("asc", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!text.Equals("desc", StringComparison.OrdinalIgnoreCase))
            Add(name, "Use asc or desc.");
        return false;
    }

    public DateTime? Time(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.UtcDateTime;
        Add(name, "Use a time of ISO 8601, such as 2026-03-01 or 2026-03-01T09:30:00Z.");
        return null;
    }

    public string? Text(string name, string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length > LongestText)
            Add(name, $"At most {LongestText} characters are allowed here.");
        else if (TextRules.FindForbiddenControl(text) is { } forbidden)
            Add(name, $"The text contains a character that cannot be looked for ({forbidden}). Remove it.");
        return text;
    }

    private void Add(string name, string sentence) => errors[name] = [sentence];

    private void Add(Refusal refusal)
    {
        foreach (var (name, sentences) in refusal.Errors!)
            errors[name] = sentences;
    }
}

internal static class FieldWords
{
    /// <summary><c>city=Izmir</c>, <c>created=7d</c>, <c>tag=</c> for leads without one.</summary>
    public static LeadFieldCondition Condition(string field, IReadOnlyList<string> values, FilterScope scope) => values switch
    {
        [] or [""] => new LeadFieldCondition(field, FilterOperator.Empty),
        [var only] when LeadFilterFields.Find(field, scope) is { Kind: FilterFieldKind.Date } && Days(only) is { } days => new LeadFieldCondition(field, FilterOperator.InLast, days),
        [var only] => new LeadFieldCondition(field, FilterOperator.Is, only),
        _ => new LeadFieldCondition(field, FilterOperator.AnyOf, values),
    };

    private static string? Days(string value) =>
        value.EndsWith('d') && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= LeadFilterText.MostDays
            ? days.ToString(CultureInfo.InvariantCulture)
            : null;
}

internal static class StageWords
{
    /// <param name="text">A name in any case, or an id.</param>
    public static Stage? Find(CompanyRules company, string text) =>
        company.Stage(text.Trim()) ?? (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? company.Stage(id) : null);
}
