using LeadDesk.Leads.Filtering;

namespace LeadDesk.Web.Leads.Filters;

/// <summary>One condition while somebody puts it together.</summary>
public sealed class FilterRow
{
    public FilterRow(LeadFilterField field) => Choose(field);

    public FilterRow(LeadFilterField field, LeadFieldCondition condition)
    {
        (Field, Operator) = (field, condition.Operator);
        Values.AddRange(condition.Values);
        Fill();
    }

    public LeadFilterField Field { get; private set; } = null!;

    public FilterOperator Operator { get; private set; }

    /// <summary>As many as the operator takes; any number for lists.</summary>
    public List<string> Values { get; } = [];

    public bool TakesList => Operator is FilterOperator.AnyOf or FilterOperator.NoneOf;

    public bool TakesNothing => Operator is FilterOperator.Empty or FilterOperator.NotEmpty;

    public bool TakesDays => Operator is FilterOperator.InLast or FilterOperator.InNext;

    /// <summary>What is offered: of dates the comparisons that read well, besides the one that is chosen.</summary>
    public IEnumerable<FilterOperator> Operators => Field.Operators.Where(known =>
        known == Operator || Field.Kind is not FilterFieldKind.Date || known is not (FilterOperator.Less or FilterOperator.AtMost or FilterOperator.Greater or FilterOperator.AtLeast));

    public void Choose(LeadFilterField field)
    {
        (Field, Operator) = (field, field.Operators[0]);
        Values.Clear();
        Fill();
    }

    public void Choose(FilterOperator chosen)
    {
        var (wasList, wasDays) = (TakesList, TakesDays);
        Operator = chosen;
        if (TakesNothing || wasDays != TakesDays)
            Values.Clear();
        else if (!TakesList && wasList && Values.Count > 1)
            Values.RemoveRange(1, Values.Count - 1);
        Fill();
    }

    public void Toggle(string value)
    {
        if (!Values.Remove(value))
            Values.Add(value);
        Values.RemoveAll(string.IsNullOrEmpty);
    }

    /// <returns>Null while a value is missing.</returns>
    public LeadFieldCondition? Condition => TakesNothing || (Values.Count > 0 && Values.TrueForAll(value => !string.IsNullOrWhiteSpace(value)))
        ? new LeadFieldCondition(Field.Word, Operator, Values.Select(value => value.Trim()).ToArray())
        : null;

    /// <summary>Empty values where some are missing, and a sensible first choice.</summary>
    private void Fill()
    {
        var wanted = TakesNothing ? 0 : Operator is FilterOperator.Between ? 2 : TakesList ? Values.Count : 1;
        while (Values.Count > wanted)
            Values.RemoveAt(Values.Count - 1);
        while (Values.Count < wanted)
            Values.Add(TakesDays ? "7" : Field is { Choices: [var first, ..], Open: false } && !TakesList && Operator is not FilterOperator.Between ? First(first) : "");
    }

    private string First(FilterChoice first) => Field.Kind is FilterFieldKind.Date && Operator is not FilterOperator.Is ? "" : first.Value;
}
