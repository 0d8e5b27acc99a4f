using LeadDesk.Common;

namespace LeadDesk.Leads.Filtering;

/// <summary>
/// Reads conditions, "and" before "or", with parentheses:
/// <code>
/// score>=60 and (city contains "Izmir" or tag is "VIP") and created in last 7 days
/// owner any of (me, nobody)      follow_up is overdue      value between 100 and 500      email is not empty
/// </code>
/// </summary>
internal sealed class FilterParser(List<FilterToken> tokens)
{
    private const string And = "and";
    private const string Or = "or";

    private int at;
    private int conditions;

    private FilterToken Here => tokens[at];

    private FilterToken Ahead(int steps) => tokens[Math.Min(at + steps, tokens.Count - 1)];

    public LeadCondition Read()
    {
        var condition = Group(Or, depth: 1);
        if (Here.Kind is not FilterTokenKind.End)
            throw Problem(Here.IsSign(")") ? "This parenthesis closes nothing." : $"Expected “and” or “or” before {Here}.");
        return condition;
    }

    private LeadCondition Group(string between, int depth)
    {
        if (depth > LeadFilterText.DeepestLevel)
            throw Problem($"Conditions go at most {LeadFilterText.DeepestLevel} levels deep.");
        var parts = new List<LeadCondition> { Part(between, depth) };
        while (Here.IsWord(between))
        {
            at++;
            parts.Add(Part(between, depth));
        }

        return parts is [var only] ? only : new LeadConditionGroup(between is Or, parts);
    }

    private LeadCondition Part(string between, int depth)
    {
        if (between is Or)
            return Group(And, depth);
        if (!Here.IsSign("("))
            return Condition();
        var open = Here;
        at++;
        var inner = Group(Or, depth + 1);
        if (!Here.IsSign(")"))
            throw new FilterTextException(open.Position, $"This parenthesis is not closed before {Here}.");
        at++;
        return inner;
    }

    private LeadFieldCondition Condition()
    {
        if (Here.Kind is not FilterTokenKind.Word || FilterWords.IsReserved(Here.Text))
            throw Problem($"Expected a field such as score or city, not {Here}.");
        if (++conditions > LeadFilterText.MostConditions)
            throw Problem($"At most {LeadFilterText.MostConditions} conditions are allowed.");
        var field = Here;
        at++;
        var (@operator, values) = Comparison(field);
        return new LeadFieldCondition(field.Text.ToLowerInvariant(), @operator, values) { Position = field.Position };
    }

    private (FilterOperator Operator, string[] Values) Comparison(FilterToken field)
    {
        if (FilterWords.Period(Here, Ahead(1)) is not null)
            return (FilterOperator.Is, [Value()]);
        foreach (var (words, @operator) in FilterWords.Operators)
        {
            if (!words.Index().All(word => Ahead(word.Index).IsWord(word.Item) || Ahead(word.Index).IsSign(word.Item)))
                continue;
            at += words.Length;
            return (@operator, Values(@operator));
        }

        throw Problem($"Expected a comparison such as is, contains or >= after “{field.Text}”, not {Here}.");
    }

    private string[] Values(FilterOperator @operator) => @operator switch
    {
        FilterOperator.Empty or FilterOperator.NotEmpty => [],
        FilterOperator.AnyOf or FilterOperator.NoneOf => List(),
        FilterOperator.Between => [Value(), ValueAfter(And)],
        FilterOperator.InLast or FilterOperator.InNext => [NumberOfDays()],
        _ => [Value()],
    };

    private string ValueAfter(string word)
    {
        if (!Here.IsWord(word))
            throw Problem($"Expected “{word}”, not {Here}.");
        at++;
        return Value();
    }

    private string[] List()
    {
        if (!Here.IsSign("("))
            throw Problem($"Expected values in parentheses, such as (hot, warm), not {Here}.");
        at++;
        var values = new List<string> { Value() };
        while (Here.IsSign(","))
        {
            at++;
            values.Add(Value());
            if (values.Count > LeadFilterText.MostValues)
                throw Problem($"At most {LeadFilterText.MostValues} values are allowed here.");
        }

        if (!Here.IsSign(")"))
            throw Problem($"Expected a comma or a closing parenthesis, not {Here}.");
        at++;
        return [.. values];
    }

    private string Value()
    {
        if (FilterWords.Period(Here, Ahead(1)) is { } period)
        {
            at += period.Contains(' ', StringComparison.Ordinal) ? 2 : 1;
            return period;
        }

        if (Here.Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted) || (Here.Kind is FilterTokenKind.Word && FilterWords.IsReserved(Here.Text)))
            throw Problem($"Expected a value, not {Here}. Texts with spaces, and words of the language, stand in quotes.");
        if (Here.Text.Length > LeadFilterText.LongestValue)
            throw Problem($"A value has at most {LeadFilterText.LongestValue} characters.");
        if (TextRules.FindForbiddenControl(Here.Text) is { } forbidden)
            throw Problem($"The text contains a character that cannot be looked for ({forbidden}). Remove it.");
        return tokens[at++].Text;
    }

    /// <summary><c>7 days</c>, <c>2 weeks</c>, <c>1 day</c>.</summary>
    private string NumberOfDays()
    {
        var number = Here;
        var text = Value();
        var days = Here.IsWord("weeks") || Here.IsWord("week") ? 7 : Here.IsWord("days") || Here.IsWord("day") ? 1 : throw Problem($"Expected “days” or “weeks”, not {Here}.");
        at++;
        if (!int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) || count * (long)days is < 1 or > LeadFilterText.MostDays)
            throw new FilterTextException(number.Position, $"A number of days goes from 1 to {LeadFilterText.MostDays}.");
        return (count * days).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private FilterTextException Problem(string sentence) => new(Here.Position, sentence);
}
