using System.Linq.Expressions;
using LeadDesk.Leads;

namespace LeadDesk.Data;

/// <summary>
/// Sorting with a place to go on from. The condition is "value ≤ v and (value &lt; v or id &lt; i)" rather than the plain
/// "or", so that both databases walk the sort's index instead of reading everything before it.
/// </summary>
internal static class Keyset
{
    /// <param name="after">Where the page before ended; null for the first page.</param>
    public static IQueryable<Lead> Sort<TKey>(IQueryable<Lead> query, Expression<Func<Lead, TKey>> key, (TKey Value, long Id)? after, bool ascending) =>
        Sort(query, key, lead => lead.Id, after, ascending);

    /// <param name="id">What breaks ties; unique.</param>
    public static IQueryable<TRow> Sort<TRow, TKey>(
        IQueryable<TRow> query, Expression<Func<TRow, TKey>> key, Expression<Func<TRow, long>> id, (TKey Value, long Id)? after, bool ascending)
    {
        if (after is var (lastValue, lastId))
        {
            var row = key.Parameters[0];
            var value = Parameter(lastValue);
            var idAfter = Compare(new ParameterReplacement(id.Parameters[0], row).Visit(id.Body), Parameter(lastId), ascending, orEqual: false);
            var condition = Expression.AndAlso(
                Compare(key.Body, value, ascending, orEqual: true),
                Expression.OrElse(Compare(key.Body, value, ascending, orEqual: false), idAfter));
            query = query.Where(Expression.Lambda<Func<TRow, bool>>(condition, row));
        }

        return ascending ? query.OrderBy(key).ThenBy(id) : query.OrderByDescending(key).ThenByDescending(id);
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
