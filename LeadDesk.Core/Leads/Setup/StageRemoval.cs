using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>Taking stages away: what is in them is moved by a job, and they stay until it is through.</summary>
internal static class StageRemoval
{
    /// <summary>For so long other nodes, and messages being read, may still put leads into a stage that is gone.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <param name="pipeline">Given when it goes with its stages.</param>
    public static async Task<Outcome<bool>> RemoveAsync(SetupChange change, List<Stage> going, long? targetStageId, Pipeline? pipeline, CancellationToken cancellationToken)
    {
        var context = change.Context;
        var ids = going.ConvertAll(stage => stage.Id);
        var leaving = (await PipelineService.PendingAsync(context, cancellationToken)).SelectMany(move => move.From).ToHashSet();
        var staying = await StayingAsync(change, ids, leaving, cancellationToken);
        var target = targetStageId is { } wanted ? staying.Find(stage => stage.Id == wanted) : null;
        if (targetStageId is not null && target is null)
            return Refusal.Invalid("target_stage_id", "There is no such stage to move the leads to. Choose one that stays.");
        // The trash counts: what is restored from it needs a stage.
        var hasLeads = await context.Leads.IgnoreQueryFilters([Data.AppDbContext.TrashFilter]).AnyAsync(lead => ids.Contains(lead.StageId), cancellationToken);
        if (hasLeads && target is null)
            return Refusal.Invalid("target_stage_id", "There are leads in it. Choose the stage they go to.");

        target ??= staying[0];
        await ForgetMovesToAsync(change, ids, cancellationToken);
        if (hasLeads)
            PutLast(going, pipeline, context.Pipelines.Local);
        else
            Remove(change, going, pipeline);
        foreach (var (sweep, at) in (ReadOnlySpan<(bool, DateTime)>)[(false, change.Now), (true, change.Now + Settled)])
        {
            if (sweep || hasLeads)
                JobQueue.Add(context, MoveStageLeads.JobKind, change.User.CompanyId, new Payload(ids, target.Id, change.User.UserId, pipeline?.Id, sweep).Write(), at, change.Now);
        }

        change.Note(pipeline is null ? "stage.deleted" : "pipeline.deleted", pipeline?.Name ?? going[0].Name, hasLeads ? $"leads → {target.Name}" : null);
        return true;
    }

    /// <summary>In the order of the company, the first is where leads arrive.</summary>
    private static async Task<List<Stage>> StayingAsync(SetupChange change, List<long> going, HashSet<long> leaving, CancellationToken cancellationToken)
    {
        var pipelines = await change.Context.Pipelines.OrderBy(row => row.Position).Select(row => row.Id).ToListAsync(cancellationToken);
        var stages = await change.Context.Stages.ToListAsync(cancellationToken);
        return [.. stages.Where(stage => !going.Contains(stage.Id) && !leaving.Contains(stage.Id)).OrderBy(stage => pipelines.IndexOf(stage.PipelineId)).ThenBy(stage => stage.Position)];
    }

    /// <summary>Leads must not arrive in what is going.</summary>
    private static void PutLast(List<Stage> going, Pipeline? pipeline, IEnumerable<Pipeline> pipelines)
    {
        const int last = 1_000_000;
        if (pipeline is not null)
            pipeline.Position = Math.Max(last, pipelines.Max(row => row.Position) + 1);
        else
            going.ForEach(stage => stage.Position += last);
    }

    private static void Remove(SetupChange change, List<Stage> going, Pipeline? pipeline)
    {
        change.Context.Stages.RemoveRange(going);
        if (pipeline is not null)
            change.Context.Pipelines.Remove(pipeline);
    }

    private static async Task ForgetMovesToAsync(SetupChange change, List<long> ids, CancellationToken cancellationToken)
    {
        foreach (var stage in await change.Context.Stages.Where(stage => stage.AllowedMoves != null).ToListAsync(cancellationToken))
            stage.AllowedMoves = JsonList.Write([.. JsonList.Read<long>(stage.AllowedMoves).Except(ids)]);
    }

    /// <param name="From">Stages whose leads move.</param>
    /// <param name="ActorId">Who wanted it.</param>
    /// <param name="PipelineId">Goes with its stages.</param>
    /// <param name="Sweep">The second look, for what came in late.</param>
    internal sealed record Payload(IReadOnlyList<long> From, long To, long ActorId, long? PipelineId, bool Sweep)
    {
        public string Write() => JsonSerializer.Serialize(this);

        public static Payload Read(string json) => JsonSerializer.Deserialize<Payload>(json) ?? throw new JsonException("A move of leads is an object, not null.");
    }
}
