namespace LeadDesk.Leads.Filtering;

/// <summary>How a field is compared. What each kind of field allows stands in <see cref="LeadFilterFields"/>.</summary>
public enum FilterOperator
{
    /// <summary>For dates also a word such as <c>today</c> or <c>this week</c>; for fields with several values, has it.</summary>
    Is,
    IsNot,
    AnyOf,
    NoneOf,
    Contains,
    NotContains,
    StartsWith,
    Empty,
    NotEmpty,
    Less,
    AtMost,
    Greater,
    AtLeast,

    /// <summary>Both ends are included.</summary>
    Between,
    Before,
    After,

    /// <summary>Value: a number of days that ends now and includes today.</summary>
    InLast,

    /// <summary>Value: a number of days that begins now and includes today.</summary>
    InNext,
}

/// <summary>
/// What a list is filtered by, as somebody wrote or put it together: nothing is looked up yet (<c>LeadFilterReader</c> does).
/// Its text form is <see cref="LeadFilterText"/>; equal conditions have equal texts.
/// </summary>
public abstract record LeadCondition;

/// <param name="Any">One of the parts is enough ("or"); otherwise all must hold ("and").</param>
/// <param name="Parts">Two or more.</param>
public sealed record LeadConditionGroup(bool Any, IReadOnlyList<LeadCondition> Parts) : LeadCondition
{
    public bool Equals(LeadConditionGroup? other) => other is not null && Any == other.Any && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(Any.GetHashCode(), HashCode.Combine);
}

/// <param name="Field">A word of <see cref="LeadFilterFields"/>; <c>cf.</c> with a key or an id for a custom field.</param>
/// <param name="Values">As written; how many depends on the operator.</param>
public sealed record LeadFieldCondition(string Field, FilterOperator Operator, IReadOnlyList<string> Values) : LeadCondition
{
    public LeadFieldCondition(string field, FilterOperator @operator, params string[] values)
        : this(field, @operator, (IReadOnlyList<string>)values)
    {
    }

    /// <summary>Where it begins in the text it was read from, from 1; 0 when it was put together. Not a part of what is compared.</summary>
    public int Position { get; init; }

    public bool Equals(LeadFieldCondition? other) =>
        other is not null && Field == other.Field && Operator == other.Operator && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Aggregate(HashCode.Combine(Field, Operator), HashCode.Combine);
}
