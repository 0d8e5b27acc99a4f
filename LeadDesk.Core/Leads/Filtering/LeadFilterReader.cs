using LeadDesk.Common;

namespace LeadDesk.Leads.Filtering;

/// <summary>Looks up what a filter names and checks that every field is asked what it can answer.</summary>
public static class LeadFilterReader
{
    /// <returns>Null for an empty text; refused with a sentence and the place in the text.</returns>
    public static Outcome<LeadWhere?> Read(string? text, FilterScope scope)
    {
        var parsed = LeadFilterText.Parse(text);
        if (parsed.Refusal is { } refusal)
            return refusal;
        return parsed.Value is null ? default : Read(parsed.Value, scope);
    }

    /// <returns>Refused when a field cannot be asked that, or a value is none of its kind; what is missing is no reason to refuse.</returns>
    public static Outcome<LeadWhere?> Read(LeadCondition condition, FilterScope scope)
    {
        try
        {
            var missing = new List<MissingCondition>();
            var test = Test(condition, scope, missing);
            return new LeadWhere(condition, test, missing);
        }
        catch (FilterTextException problem)
        {
            return LeadFilterText.Problem(problem.Position, problem.Message);
        }
    }

    /// <returns>Null when the condition is missing or all its parts are.</returns>
    private static LeadTest? Test(LeadCondition condition, FilterScope scope, List<MissingCondition> missing)
    {
        if (condition is LeadFieldCondition leaf)
            return TestField(leaf, scope, missing);
        var group = (LeadConditionGroup)condition;
        var parts = group.Parts.Select(part => Test(part, scope, missing)).OfType<LeadTest>().ToArray();
        return parts switch
        {
            [] => null,
            [var only] => only,
            _ => group.Any ? new AnyTest(parts) : new AllTests(parts),
        };
    }

    private static LeadTest? TestField(LeadFieldCondition condition, FilterScope scope, List<MissingCondition> missing)
    {
        if (LeadFilterFields.Find(condition.Field, scope) is not { } field)
        {
            missing.Add(new MissingCondition(condition, $"There is no field “{condition.Field}”."));
            return null;
        }

        if (!field.Operators.Contains(condition.Operator))
            throw new FilterTextException(condition.Position, $"The field {field.Word} cannot be asked “{FilterWords.Of(condition.Operator)}”. Use one of: {field.OperatorWords}.");
        var values = new FilterValues(condition, field, scope, sentence => missing.Add(new MissingCondition(condition, sentence)));
        return condition.Operator switch
        {
            FilterOperator.Empty => FilterTests.Empty(field),
            FilterOperator.NotEmpty => new NotTest(FilterTests.Empty(field)),
            FilterOperator.IsNot or FilterOperator.NoneOf or FilterOperator.NotContains => FilterTests.Of(values, field) is { } test ? new NotTest(test) : null,
            _ => FilterTests.Of(values, field),
        };
    }
}
