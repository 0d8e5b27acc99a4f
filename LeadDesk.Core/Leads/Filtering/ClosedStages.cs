using LeadDesk.Data;
using LeadDesk.Leads.Setup;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Filtering;

/// <summary>
/// No index begins with the outcome of a lead, but one with its stage, and a stage says how its leads ended: who asks for won leads needs to look
/// at those of few stages only.
/// </summary>
internal static class ClosedStages
{
    /// <returns>The tests, and one more that all leads they are met by meet as well.</returns>
    public static async Task<IReadOnlyList<LeadTest>> BoundAsync(AppDbContext context, IReadOnlyList<LeadTest> tests, CancellationToken cancellationToken)
    {
        var asked = tests.OfType<ChosenTest>().FirstOrDefault(test => test.Field is "outcome" && !test.Ids.Contains((long)LeadOutcome.Open));
        if (asked is null || tests.Any(test => test is ChosenTest { Field: "stage" }))
            return tests;
        if (!await TellOutcomesAsync(context, cancellationToken))
            return tests;
        var outcomes = asked.Ids.Select(id => (LeadOutcome)id).ToList();
        var stages = await context.Stages.Where(stage => EF.Parameter(outcomes).Contains(stage.Outcome)).Select(stage => stage.Id).ToListAsync(cancellationToken);
        return [.. tests, new ChosenTest("stage", stages)];
    }

    /// <summary>Whether the stages say how their leads ended: one that has become another kind comes before its leads, which a job changes.</summary>
    public static async Task<bool> TellOutcomesAsync(AppDbContext context, CancellationToken cancellationToken) =>
        !await context.Jobs.AnyAsync(job => job.Kind == RecategoriseStage.JobKind && job.CompanyId == context.CompanyId, cancellationToken);
}
