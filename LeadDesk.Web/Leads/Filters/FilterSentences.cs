using System.Globalization;
using LeadDesk.Leads.Filtering;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Leads.Filters;

/// <summary>Conditions as sentences in the reader's language: "Score at least 60 or Tag is VIP".</summary>
internal static class FilterSentences
{
    private const int MostNamed = 3;

    private static readonly HashSet<string> NamesOfTheCompany = new(StringComparer.Ordinal) { "stage", "pipeline", "tag", "lost_reason" };

    public static string Of(this IStringLocalizer<Texts> texts, LeadCondition condition, FilterScope scope) => condition switch
    {
        LeadFieldCondition field => texts.Of(field, scope),
        LeadConditionGroup group => string.Join(
            $" {(group.Any ? texts["or"] : texts["and"]).Value} ",
            group.Parts.Select(part => part is LeadConditionGroup ? $"({texts.Of(part, scope)})" : texts.Of(part, scope))),
        _ => "",
    };

    public static string Label(this IStringLocalizer<Texts> texts, LeadFilterField field) => field.Custom is null ? texts[field.Label] : field.Label;

    public static string Label(this IStringLocalizer<Texts> texts, LeadFilterField field, FilterChoice choice) =>
        field.Custom is { } custom && custom.Type is not (LeadDesk.Leads.CustomFieldType.Date or LeadDesk.Leads.CustomFieldType.Check) || NamesOfTheCompany.Contains(field.Word) ? choice.Label : texts.Known(choice);

    public static string Of(this IStringLocalizer<Texts> texts, FilterOperator @operator) => @operator switch
    {
        FilterOperator.Is => texts["is"],
        FilterOperator.IsNot => texts["is not"],
        FilterOperator.AnyOf => texts["is any of"],
        FilterOperator.NoneOf => texts["is none of"],
        FilterOperator.Contains => texts["contains"],
        FilterOperator.NotContains => texts["does not contain"],
        FilterOperator.StartsWith => texts["starts with"],
        FilterOperator.Empty => texts["is empty"],
        FilterOperator.NotEmpty => texts["is not empty"],
        FilterOperator.Less => texts["less than"],
        FilterOperator.AtMost => texts["at most"],
        FilterOperator.Greater => texts["more than"],
        FilterOperator.AtLeast => texts["at least"],
        FilterOperator.Between => texts["between"],
        FilterOperator.Before => texts["before"],
        FilterOperator.After => texts["after"],
        FilterOperator.InLast => texts["in the last"],
        _ => texts["in the next"],
    };

    /// <summary>Words of the product; people and everything else are called as they are.</summary>
    private static string Known(this IStringLocalizer<Texts> texts, FilterChoice choice) => choice.Value switch
    {
        "today" => texts["today"],
        "yesterday" => texts["Yesterday"],
        "tomorrow" => texts["Tomorrow"],
        "this week" => texts["This week"],
        "last week" => texts["Last week"],
        "next week" => texts["Next week"],
        "this month" => texts["This month"],
        "last month" => texts["Last month"],
        "next month" => texts["Next month"],
        "this year" => texts["This year"],
        "last year" => texts["Last year"],
        "overdue" => texts["Overdue"],
        "waiting" => texts["Waiting"],
        "answered" => texts["Answered"],
        "none" => texts["None"],
        "yes" => texts["Yes"],
        "no" => texts["No"],
        "me" => texts["me"],
        "nobody" => texts["Nobody"],
        "my_team" => texts["My team"],
        "open" => texts["Open"],
        "won" => texts["Won"],
        "lost" => texts["Lost"],
        "high" => texts["High"],
        "medium" => texts["Medium"],
        "low" => texts["Low"],
        "form" => texts["Form"],
        "conversation" => texts["Conversation"],
        _ => Enum.TryParse<LeadDesk.Analysis.Intent>(choice.Value, ignoreCase: true, out var intent) && Enum.IsDefined(intent) ? texts.Of(intent) : choice.Label,
    };

    private static string Of(this IStringLocalizer<Texts> texts, LeadFieldCondition condition, FilterScope scope)
    {
        var field = LeadFilterFields.Find(condition.Field, scope);
        var name = field is null ? condition.Field : texts.Label(field);
        var values = condition.Values.Select(value => Value(texts, field, value)).ToList();
        var verb = texts.Of(condition.Operator);
        return condition.Operator switch
        {
            FilterOperator.Empty or FilterOperator.NotEmpty => $"{name} {verb}",
            FilterOperator.InLast or FilterOperator.InNext => $"{name} {verb} {(values[0] is "1" ? texts["1 day"] : texts["{0} days", values[0]])}",
            FilterOperator.Between => $"{name} {verb} {values[0]} {texts["and"]} {values[1]}",
            _ => $"{name} {verb} {Listed(texts, values)}",
        };
    }

    private static string Listed(IStringLocalizer<Texts> texts, List<string> values) =>
        values.Count <= MostNamed ? string.Join(", ", values) : texts["{0} and {1} more", string.Join(", ", values.Take(MostNamed)), values.Count - MostNamed];

    private static string Value(IStringLocalizer<Texts> texts, LeadFilterField? field, string value)
    {
        if (field?.Choices.FirstOrDefault(choice => choice.Value.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } choice)
            return texts.Label(field, choice);
        if (field is { Kind: FilterFieldKind.Date } && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);
        return field is { Kind: FilterFieldKind.Text } ? $"“{value}”" : value;
    }
}
