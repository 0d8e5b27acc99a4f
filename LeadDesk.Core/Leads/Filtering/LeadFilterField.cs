namespace LeadDesk.Leads.Filtering;

public enum FilterFieldKind
{
    Text,

    /// <summary>Up to four decimal places.</summary>
    Number,

    /// <summary>In the company's currency, up to two decimal places.</summary>
    Money,

    /// <summary>A day as yyyy-MM-dd in the company's zone, a time as ISO 8601, or a period such as <c>this week</c>.</summary>
    Date,

    /// <summary>One of <see cref="LeadFilterField.Choices"/>; a lead may have several of them (tags, helpers).</summary>
    Choice,

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    Flag,
}

/// <summary>Something leads can be filtered by.</summary>
/// <param name="Word">In the text form, such as <c>job_title</c> or <c>cf.budget</c>.</param>
/// <param name="Label">English name, a key of the interface's texts; of a custom field the name the company gave it.</param>
/// <param name="Operators">What it can be asked, the most usual first.</param>
/// <param name="Choices">Known values; besides them periods for dates.</param>
/// <param name="Open">Other values than the choices are allowed.</param>
public sealed record LeadFilterField(
    string Word, string Label, FilterFieldKind Kind, IReadOnlyList<FilterOperator> Operators, IReadOnlyList<FilterChoice> Choices, bool Open = false)
{
    /// <summary>Null for the fields every lead has.</summary>
    public CustomField? Custom { get; init; }

    /// <summary>What its operators are called, for sentences: <c>is, is not, contains</c>.</summary>
    internal string OperatorWords => string.Join(", ", Operators.Select(FilterWords.Of));
}

/// <param name="Value">As it stands in the text form.</param>
/// <param name="Label">As people read it; English words of the product are keys of the interface's texts.</param>
public sealed record FilterChoice(string Value, string Label);
