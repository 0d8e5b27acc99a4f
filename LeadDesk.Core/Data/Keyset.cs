using System.Linq.Expressions;
using LeadDesk.Leads;

namespace LeadDesk.Data;

/// <summary>
/// Sorting with a place to go on from. The condition is "value ≤ v and (value &lt; v or id &lt; i)" rather than the plain
/// "or", so that both databases walk the sort's index instead of reading everything before it.
/// </summary>
internal static class Keyset
{
    public static IQueryable<Lead> Sort<TKey>(IQueryable<Lead> query, Expression<Func<Lead, TKey>> key, object? afterValue, long? afterId, bool ascending)
    {
        if (afterId is { } id)
        {
            var lead = key.Parameters[0];
            var value = Parameter((TKey)afterValue!);
            var idAfter = Compare(Expression.Property(lead, nameof(Lead.Id)), Parameter(id), ascending, orEqual: false);
            var condition = Expression.AndAlso(
                Compare(key.Body, value, ascending, orEqual: true),
                Expression.OrElse(Compare(key.Body, value, ascending, orEqual: false), idAfter));
            query = query.Where(Expression.Lambda<Func<Lead, bool>>(condition, lead));
        }

        return ascending ? query.OrderBy(key).ThenBy(lead => lead.Id) : query.OrderByDescending(key).ThenByDescending(lead => lead.Id);
    }

    private static BinaryExpression Compare(Expression left, Expression right, bool ascending, bool orEqual)
    {
        if (left.Type == typeof(string))
        {
            left = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
            right = Expression.Constant(0);
        }

        return (ascending, orEqual) switch
        {
            (true, true) => Expression.GreaterThanOrEqual(left, right),
            (true, false) => Expression.GreaterThan(left, right),
            (false, true) => Expression.LessThanOrEqual(left, right),
            (false, false) => Expression.LessThan(left, right),
        };
    }

    /// <summary>A captured variable, so that EF Core sends it as a parameter and keeps one plan.</summary>
    private static MemberExpression Parameter<T>(T value) =>
        Expression.Field(Expression.Constant(new Captured<T>(value)), nameof(Captured<T>.Value));

    private sealed class Captured<T>(T value)
    {
        public readonly T Value = value;
    }
}
