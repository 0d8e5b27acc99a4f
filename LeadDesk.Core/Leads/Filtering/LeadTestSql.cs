using System.Linq.Expressions;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Filtering;

/// <summary>A question as a condition of a query. Values go in as parameters, so that filters of one shape share one plan.</summary>
internal static class LeadTestSql
{
    public static IQueryable<Lead> Where(this IQueryable<Lead> leads, AppDbContext context, LeadTest test) => leads.Where(Of(context, test));

    public static Expression<Func<Lead, bool>> Of(AppDbContext context, LeadTest test) => test switch
    {
        AllTests all => Combined(all.Parts.Select(part => Of(context, part)), Expression.AndAlso),
        AnyTest any => Combined(any.Parts.Select(part => Of(context, part)), Expression.OrElse),
        NotTest not => Not(Of(context, not.Inner)),
        TextTest text => Text(text),
        EmptyTest empty => LeadColumns.IsEmpty(empty.Field),
        NumberTest number => Range(number),
        TimeTest time => Times(time),
        ChosenTest chosen => LeadColumns.IsOneOf(chosen.Field, chosen.Ids),
        ChannelTest channel => LeadColumns.IsOneOf<string>(lead => lead.Channel, channel.Words),
        WaitingTest => Waiting,
        OverdueTest overdue => Combined([Waiting, Overdue(overdue.Now)], Expression.AndAlso),
        AnsweredTest => lead => lead.FirstResponseAt != null || lead.Outcome != LeadOutcome.Open,
        TrialTest => lead => (lead.Marks & LeadMarks.Test) != LeadMarks.None,
        _ => Elsewhere(context, test),
    };

    public static Expression<Func<Lead, bool>> Waiting { get; } =
        lead => lead.FirstResponseAt == null && lead.Outcome == LeadOutcome.Open && (lead.Marks & LeadMarks.Test) == LeadMarks.None;

    private static Expression<Func<Lead, bool>> Overdue(DateTime now) => lead => lead.ResponseDueAt < now;

    /// <summary>What stands in other tables.</summary>
    private static Expression<Func<Lead, bool>> Elsewhere(AppDbContext context, LeadTest test)
    {
        switch (test)
        {
            case TagTest { Ids: [] }:
                var tagged = context.LeadTags.AlongLeads(context);
                return lead => tagged.Any(row => row.LeadId == lead.Id);
            case TagTest { Ids: [var tag] }:
                return lead => context.LeadTags.Any(row => row.LeadId == lead.Id && row.TagId == tag);
            case TagTest { Ids: var tags }:
                return lead => context.LeadTags.Any(row => row.LeadId == lead.Id && EF.Parameter(tags).Contains(row.TagId));
            case HelperTest { Ids: [] }:
                var helped = context.LeadHelpers.AlongLeads(context);
                return lead => helped.Any(row => row.LeadId == lead.Id);
            case HelperTest { Ids: var people }:
                return lead => context.LeadHelpers.Any(row => row.LeadId == lead.Id && EF.Parameter(people).Contains(row.UserId));
            case SearchTest search:
                return Search(context, search.Terms);
            case VisibleTest { UserId: var user }:
                return lead => lead.OwnerId == user || context.LeadHelpers.Any(row => row.LeadId == lead.Id && row.UserId == user);
            case ExportedTest:
                return lead => context.ExportMarks.Any(row => row.LeadId == lead.Id);
            case MessagesTest { Value: var piece }:
                // The search text first: it is one row, and holds the newest messages of all.
                return lead => context.SearchEntries.Where(entry => entry.LeadId == lead.Id).Select(entry => entry.Text).FirstOrDefault()!.Contains(piece)
                    && context.LeadMessages.Any(row => row.LeadId == lead.Id && SqlText.Fold(row.Text)!.Contains(piece));
            default:
                return Custom(context, test);
        }
    }

    /// <summary>Compares each lead's text. Written as a value of the lead, because a join would let the database turn the walk around.</summary>
    private static Expression<Func<Lead, bool>> Search(AppDbContext context, LeadSearchTerms terms)
    {
        var parts = terms.Pieces.Select(piece => (Expression<Func<Lead, bool>>)(lead =>
            context.SearchEntries.Where(entry => entry.LeadId == lead.Id).Select(entry => entry.Text).FirstOrDefault()!.Contains(piece)));
        return Combined(terms.NameStart is { } start ? [lead => lead.NameKey.StartsWith(start), .. parts] : parts, Expression.AndAlso);
    }

    private static Expression<Func<Lead, bool>> Custom(AppDbContext context, LeadTest test)
    {
        switch (test)
        {
            case CustomEmptyTest { FieldId: var field }:
                return lead => !context.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == field);
            case CustomChosenTest { FieldId: var field, Numbers: [var number] }:
                return lead => context.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == field && row.Number == number);
            case CustomChosenTest { FieldId: var field, Numbers: var numbers }:
                return lead => context.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == field && EF.Parameter(numbers).Contains(row.Number!.Value));
            case CustomRangeTest { FieldId: var field, From: var from, To: var to }:
                // With its position the value is looked up by its key; SQLite would read the whole range for each lead otherwise.
                var (lowest, highest) = (from ?? long.MinValue, to ?? long.MaxValue);
                return lead => context.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == field && row.Position == 0 && row.Number >= lowest && row.Number <= highest);
            case CustomTextTest { FieldId: var field, Match: TextMatch.Contains, Value: var piece }:
                return lead => context.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == field && row.Position == 0 && SqlText.Fold(row.Text)!.Contains(piece));
            case CustomTextTest { FieldId: var field, Match: TextMatch.Starts, Value: var start }:
                return lead => context.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == field && row.Position == 0 && SqlText.Fold(row.Text)!.StartsWith(start));
            case CustomTextTest { FieldId: var field, Value: var same }:
                return lead => context.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == field && row.Position == 0 && SqlText.Fold(row.Text) == same);
            default:
                throw new ArgumentOutOfRangeException(nameof(test), test, "Nobody asks this.");
        }
    }

    private static Expression<Func<Lead, bool>> Text(TextTest test)
    {
        var (column, value) = (LeadColumns.Text(test.Field), test.Value);
        // A new lambda each time, so that the value is captured and becomes a parameter.
        Expression<Func<string?, bool>> compared = test.Match switch
        {
            TextMatch.Contains => text => text != null && SqlText.Fold(text)!.Contains(value),
            TextMatch.Starts => text => text != null && SqlText.Fold(text)!.StartsWith(value),
            _ => text => text != null && SqlText.Fold(text) == value,
        };
        return LeadColumns.Compose(column, compared);
    }

    private static Expression<Func<Lead, bool>> Times(TimeTest test)
    {
        var (from, before) = (test.From, test.Before);
        var conditions = new List<Expression<Func<Lead, bool>>>();
        if (from is { } since)
            conditions.Add(LeadColumns.Compose(LeadColumns.Time(test.Field), time => time >= since));
        if (before is { } until)
            conditions.Add(LeadColumns.Compose(LeadColumns.Time(test.Field), time => time < until));
        return Combined(conditions, Expression.AndAlso);
    }

    private static Expression<Func<Lead, bool>> Range(NumberTest test)
    {
        var (from, to) = (test.From ?? long.MinValue, test.To ?? long.MaxValue);
        if (test.Field is not "score")
            return lead => lead.Value >= from && lead.Value <= to;
        var (lowest, highest) = ((int)Math.Clamp(from, int.MinValue, int.MaxValue), (int)Math.Clamp(to, int.MinValue, int.MaxValue));
        return lead => lead.Score >= lowest && lead.Score <= highest;
    }

    private static Expression<Func<Lead, bool>> Not(Expression<Func<Lead, bool>> inner) => Expression.Lambda<Func<Lead, bool>>(Expression.Not(inner.Body), inner.Parameters);

    private static Expression<Func<Lead, bool>> Combined(
        IEnumerable<Expression<Func<Lead, bool>>> parts, Func<Expression, Expression, BinaryExpression> combine)
    {
        var lead = Expression.Parameter(typeof(Lead), "lead");
        return Expression.Lambda<Func<Lead, bool>>(
            parts.Select(part => new ParameterReplacement(part.Parameters[0], lead).Visit(part.Body)).Aggregate((left, right) => combine(left, right)), lead);
    }
}
