using System.Text;
using System.Text.RegularExpressions;
using LeadDesk.Common;

namespace LeadDesk.Leads.Filtering;

/// <summary>
/// Conditions as text, for addresses, saved views and programs. What is printed can be read again and gives the same condition.
/// <code>score>=60 and (city contains "Izmir" or tag is "VIP") and created in last 7 days</code>
/// </summary>
public static partial class LeadFilterText
{
    public const int LongestText = 4000;
    public const int LongestValue = 200;
    public const int MostConditions = 50;
    public const int MostValues = 100;
    public const int DeepestLevel = 5;

    /// <summary>Ten years.</summary>
    public const int MostDays = 3660;

    /// <returns>Null for an empty text; refused with a sentence and the place when it cannot be read.</returns>
    public static Outcome<LeadCondition?> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return default(Outcome<LeadCondition?>);
        if (text.Length > LongestText)
            return Refusal.Invalid("filter", $"A filter has at most {LongestText} characters.");
        try
        {
            return new FilterParser(FilterTokens.Read(text)).Read();
        }
        catch (FilterTextException problem)
        {
            return Problem(problem.Position, problem.Message);
        }
    }

    public static string Print(LeadCondition? condition)
    {
        var text = new StringBuilder();
        if (condition is not null)
            Print(text, condition);
        return text.ToString();
    }

    /// <summary>The condition without one of its parts; a group of which one part is left is that part.</summary>
    /// <returns>Null when nothing is left.</returns>
    public static LeadCondition? Without(LeadCondition? condition, LeadCondition part) => condition switch
    {
        null => null,
        _ when ReferenceEquals(condition, part) || condition == part => null,
        LeadConditionGroup group => Group(group.Any, [.. group.Parts.Select(inner => Without(inner, part)).OfType<LeadCondition>()]),
        _ => condition,
    };

    /// <summary>Both must hold; neither needs to be there.</summary>
    public static LeadCondition? Both(LeadCondition? one, LeadCondition? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        (LeadConditionGroup { Any: false } group, _) => group with { Parts = [.. group.Parts, other] },
        _ => new LeadConditionGroup(false, [one, other]),
    };

    /// <returns>Null for no parts, the part itself for one.</returns>
    public static LeadCondition? Group(bool any, IReadOnlyList<LeadCondition> parts) => parts switch
    {
        [] => null,
        [var only] => only,
        _ => new LeadConditionGroup(any, parts),
    };

    internal static Refusal Problem(int position, string sentence) =>
        Refusal.Invalid("filter", position > 0 ? $"{sentence} (Character {position} of the filter.)" : sentence);

    private static void Print(StringBuilder text, LeadCondition condition)
    {
        if (condition is LeadFieldCondition field)
        {
            PrintField(text, field);
            return;
        }

        var group = (LeadConditionGroup)condition;
        for (var at = 0; at < group.Parts.Count; at++)
        {
            if (at > 0)
                text.Append(group.Any ? " or " : " and ");
            var nested = group.Parts[at] is LeadConditionGroup;
            if (nested)
                text.Append('(');
            Print(text, group.Parts[at]);
            if (nested)
                text.Append(')');
        }
    }

    private static void PrintField(StringBuilder text, LeadFieldCondition condition)
    {
        var word = FilterWords.Of(condition.Operator);
        var values = condition.Values.Select(Written).ToArray();
        text.Append(condition.Field).Append(condition.Operator switch
        {
            FilterOperator.Empty or FilterOperator.NotEmpty => $" {word}",
            FilterOperator.Less or FilterOperator.AtMost or FilterOperator.Greater or FilterOperator.AtLeast => $"{word}{values[0]}",
            FilterOperator.AnyOf or FilterOperator.NoneOf => $" {word} ({string.Join(", ", values)})",
            FilterOperator.Between => $" {word} {values[0]} and {values[1]}",
            FilterOperator.InLast or FilterOperator.InNext => $" {word} {values[0]} {(values[0] is "1" ? "day" : "days")}",
            _ => $" {word} {values[0]}",
        });
    }

    private static string Written(string value) =>
        FilterPeriods.IsKnown(value) || (Plain().IsMatch(value) && !FilterWords.IsReserved(value))
            ? value
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("^[a-z0-9_-][a-z0-9_.:-]*\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
