using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>Moves the leads of stages that were deleted, then takes the stages away.</summary>
internal sealed class MoveStageLeads(Database database, CompanyDirectory companies, LiveFeed feed, TimeProvider clock) : IJobHandler
{
    internal const string JobKind = "stages.move_leads";

    public static string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("Stages belong to a company.");
        var payload = StageRemoval.Payload.Read(run.Payload!);
        // Another node may have changed the stages.
        companies.Forget(companyId);
        var company = await companies.GetAsync(companyId, cancellationToken);
        // The target may be gone by now, too: then they go where leads arrive.
        var target = company.Stage(payload.To) ?? company.FirstStage;
        var from = payload.From.Where(id => id != target.Id).ToList();
        await new StageLeads(database, clock).ChangeAllAsync(
            company,
            leads => leads.Where(lead => EF.Parameter(from).Contains(lead.StageId)),
            (context, lead, now) => Move(context, lead, company, target, payload.ActorId, now),
            cancellationToken);
        await RemoveAsync(companyId, from, payload.PipelineId, cancellationToken);
        companies.Forget(companyId);
        feed.Publish([LeadEvent.Reload(companyId)]);
    }

    private static void Move(AppDbContext context, Lead lead, CompanyRules company, Stage target, long actorId, DateTime now)
    {
        context.TimelineEntries.Add(new TimelineEntry
        {
            LeadId = lead.Id,
            At = now,
            Kind = TimelineKind.StageChanged,
            ActorId = actorId,
            Before = company.Stage(lead.StageId)?.Name,
            After = target.Name,
        });
        (lead.StageId, lead.StageChangedAt, lead.Outcome) = (target.Id, now, target.Outcome);
        lead.LostReasonId = target.Outcome is LeadOutcome.Lost ? lead.LostReasonId : null;
    }

    private Task<int> RemoveAsync(long companyId, List<long> stageIds, long? pipelineId, CancellationToken cancellationToken) =>
        database.WriteAsync(companyId, async context =>
        {
            var gone = await context.Stages.Where(stage => EF.Parameter(stageIds).Contains(stage.Id)).ExecuteDeleteAsync(cancellationToken);
            if (pipelineId is { } id)
                await context.Pipelines.Where(pipeline => pipeline.Id == id && !context.Stages.Any(stage => stage.PipelineId == id)).ExecuteDeleteAsync(cancellationToken);
            return gone;
        }, cancellationToken);
}
