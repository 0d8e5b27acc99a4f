using LeadDesk.Access;
using LeadDesk.Companies;

namespace LeadDesk.Leads.Filtering;

/// <summary>For whom and when a filter is read: its words for people, days and the company's own things depend on it.</summary>
public sealed record FilterScope(CompanyRules Company, CompanyUsers Users, CurrentUser User, DateTime Now);

/// <summary>A condition of which everything is looked up, ready to be asked. Made by <c>LeadFilterReader</c>.</summary>
public sealed record LeadWhere
{
    internal LeadWhere(LeadCondition condition, LeadTest? test, IReadOnlyList<MissingCondition> missing) => (Condition, Test, Missing) = (condition, test, missing);

    /// <summary>As it was written, what is missing included.</summary>
    public LeadCondition Condition { get; }

    /// <summary>
    /// Conditions that name something which is not there any more. They do not filter: a list shows them and goes on, while
    /// whatever changes or hands out leads must not act on more than was meant and refuses (<see cref="RefuseMissing"/>).
    /// </summary>
    public IReadOnlyList<MissingCondition> Missing { get; }

    /// <summary>Null when nothing is left that filters.</summary>
    internal LeadTest? Test { get; }

    /// <returns>Null when nothing is missing; otherwise each missing thing, under the field that names it.</returns>
    public Common.Refusal? RefuseMissing() => Missing.Count is 0
        ? null
        : Common.Refusal.Invalid(Missing.GroupBy(missing => missing.Condition.Field, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(missing => missing.Sentence).ToArray(), StringComparer.Ordinal));
}

/// <param name="Sentence">What is not there: <c>There is no tag “VIP”.</c></param>
public sealed record MissingCondition(LeadFieldCondition Condition, string Sentence);
