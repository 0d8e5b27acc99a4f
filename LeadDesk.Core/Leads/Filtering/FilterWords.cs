namespace LeadDesk.Leads.Filtering;

/// <summary>The words of the filter language.</summary>
internal static class FilterWords
{
    /// <summary>How each operator may be written; the first way of each is how it is printed. Longer ones before those they begin with.</summary>
    public static IReadOnlyList<(string[] Words, FilterOperator Operator)> Operators { get; } =
    [
        (["is", "not", "empty"], FilterOperator.NotEmpty),
        (["is", "empty"], FilterOperator.Empty),
        (["any", "of"], FilterOperator.AnyOf),
        (["is", "any", "of"], FilterOperator.AnyOf),
        (["none", "of"], FilterOperator.NoneOf),
        (["is", "none", "of"], FilterOperator.NoneOf),
        (["is", "not"], FilterOperator.IsNot),
        (["!="], FilterOperator.IsNot),
        (["is"], FilterOperator.Is),
        (["="], FilterOperator.Is),
        (["on"], FilterOperator.Is),
        (["does", "not", "contain"], FilterOperator.NotContains),
        (["contains"], FilterOperator.Contains),
        (["starts", "with"], FilterOperator.StartsWith),
        (["<="], FilterOperator.AtMost),
        (["<"], FilterOperator.Less),
        ([">="], FilterOperator.AtLeast),
        ([">"], FilterOperator.Greater),
        (["between"], FilterOperator.Between),
        (["before"], FilterOperator.Before),
        (["after"], FilterOperator.After),
        (["in", "last"], FilterOperator.InLast),
        (["in", "the", "last"], FilterOperator.InLast),
        (["in", "next"], FilterOperator.InNext),
        (["in", "the", "next"], FilterOperator.InNext),
        (["not", "in"], FilterOperator.NoneOf),
        (["in"], FilterOperator.AnyOf),
    ];

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "or", "not", "is", "in", "on", "of", "empty", "any", "contains", "starts", "does", "between", "before", "after", "the",
    };

    public static bool IsReserved(string word) => Reserved.Contains(word);

    public static string Of(FilterOperator @operator) => string.Join(' ', Operators.First(entry => entry.Operator == @operator).Words);

    /// <returns>A stretch of time that has a name, when the next word or two are one and not quoted: <c>today</c>, <c>last week</c>.</returns>
    public static string? Period(FilterToken first, FilterToken second)
    {
        if (first.Kind is not FilterTokenKind.Word)
            return null;
        var one = first.Text.ToLowerInvariant();
        if (FilterPeriods.IsKnown(one))
            return one;
        if (second.Kind is not FilterTokenKind.Word)
            return null;
        var two = $"{one} {second.Text.ToLowerInvariant()}";
        return FilterPeriods.IsKnown(two) ? two : null;
    }
}
