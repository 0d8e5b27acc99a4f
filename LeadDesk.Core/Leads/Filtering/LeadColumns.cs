using System.Linq.Expressions;
using LeadDesk.Analysis;
using LeadDesk.Data;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Filtering;

/// <summary>Where the fields of a filter stand in the lead's own row.</summary>
internal static class LeadColumns
{
    /// <summary>So many values are compared one by one, as an index is walked for each; more are one set.</summary>
    private const int Few = 8;

    public static Expression<Func<Lead, string?>> Text(string field) => field switch
    {
        "name" => lead => lead.Name,
        "phone" => lead => lead.Phone,
        "email" => lead => lead.Email,
        "organisation" => lead => lead.Organisation,
        "job_title" => lead => lead.JobTitle,
        "city" => lead => lead.City,
        "country" => lead => lead.Country,
        "interest" => lead => lead.Interest,
        "campaign" => lead => lead.Campaign,
        "source" => lead => lead.Source,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No text of a lead."),
    };

    public static Expression<Func<Lead, DateTime?>> Time(string field) => field switch
    {
        "created" => lead => lead.CreatedAt,
        "last_activity" => lead => lead.LastActivityAt,
        "follow_up" => lead => lead.NextFollowUpAt,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No time of a lead."),
    };

    public static Expression<Func<Lead, bool>> IsEmpty(string field) => field switch
    {
        "owner" => lead => lead.OwnerId == null,
        "lost_reason" => lead => lead.LostReasonId == null,
        "import" => lead => lead.ImportId == null,
        "value" => lead => lead.Value == null,
        "follow_up" => lead => lead.NextFollowUpAt == null,
        _ => Compose(Text(field), text => text == null || text == ""),
    };

    public static Expression<Func<Lead, bool>> IsOneOf(string field, IReadOnlyList<long> ids) => field switch
    {
        "stage" => IsOneOf<long>(lead => lead.StageId, ids),
        "owner" => IsOneOf<long?>(lead => lead.OwnerId, [.. ids.Select(id => (long?)id)]),
        "lost_reason" => IsOneOf<long?>(lead => lead.LostReasonId, [.. ids.Select(id => (long?)id)]),
        "import" => IsOneOf<long?>(lead => lead.ImportId, [.. ids.Select(id => (long?)id)]),
        "grade" => IsOneOf<Grade>(lead => lead.Grade, [.. ids.Select(id => (Grade)id)]),
        "intent" => IsOneOf<Intent>(lead => lead.Intent, [.. ids.Select(id => (Intent)id)]),
        "urgency" => IsOneOf<Urgency>(lead => lead.Urgency, [.. ids.Select(id => (Urgency)id)]),
        "outcome" => IsOneOf<LeadOutcome>(lead => lead.Outcome, [.. ids.Select(id => (LeadOutcome)id)]),
        "kind" => IsOneOf<LeadKind>(lead => lead.Kind, [.. ids.Select(id => (LeadKind)id)]),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No choice of a lead."),
    };

    public static Expression<Func<Lead, bool>> IsOneOf<T>(Expression<Func<Lead, T>> column, IReadOnlyList<T> values)
    {
        if (values.Count > Few)
            return Compose<T, bool>(column, value => EF.Parameter(values).Contains(value));
        var lead = column.Parameters[0];
        var same = values.Select(value => (Expression)Expression.Equal(column.Body, Parameter(value)));
        return Expression.Lambda<Func<Lead, bool>>(same.Aggregate((Expression)Expression.Constant(false), (left, right) => left is ConstantExpression ? right : Expression.OrElse(left, right)), lead);
    }

    /// <summary>A question about a column as a question about the lead.</summary>
    public static Expression<Func<Lead, TResult>> Compose<TColumn, TResult>(Expression<Func<Lead, TColumn>> column, Expression<Func<TColumn, TResult>> question) =>
        Expression.Lambda<Func<Lead, TResult>>(new ParameterReplacement(question.Parameters[0], column.Body).Visit(question.Body), column.Parameters);

    /// <summary>A captured variable, so that EF Core sends it as a parameter and keeps one plan.</summary>
    public static MemberExpression Parameter<T>(T value) => Expression.Field(Expression.Constant(new Captured<T>(value)), nameof(Captured<T>.Value));

    private sealed class Captured<T>(T value)
    {
        public readonly T Value = value;
    }
}
