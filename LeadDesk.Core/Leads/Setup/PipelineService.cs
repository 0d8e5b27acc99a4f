using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>The company's pipelines. Each begins with an open stage; there is always one.</summary>
public sealed class PipelineService(DeskSetup setup)
{
    public const int Most = 20;
    public const int LongestName = 60;

    /// <summary>Anyone of the company may read them.</summary>
    public async Task<IReadOnlyList<PipelineView>> ListAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = setup.Database.Open(user.CompanyId);
        var pipelines = await context.Pipelines.OrderBy(pipeline => pipeline.Position).ToListAsync(cancellationToken);
        var stages = await context.Stages.OrderBy(stage => stage.Position).ToListAsync(cancellationToken);
        var leads = user.SeesAllLeads ? await CountAsync(context, cancellationToken) : null;
        var moves = await PendingAsync(context, cancellationToken);
        var leaving = moves.SelectMany(move => move.From).ToHashSet();
        return
        [
            .. pipelines.Select(pipeline => new PipelineView(
                pipeline.Id,
                pipeline.Name,
                [.. stages.Where(stage => stage.PipelineId == pipeline.Id).Select(stage => StageView.Of(stage, leads is null ? null : leads.GetValueOrDefault(stage.Id), leaving.Contains(stage.Id)))],
                moves.Any(move => move.PipelineId == pipeline.Id))),
        ];
    }

    /// <param name="withUsualStages">Else it has one open stage.</param>
    /// <returns>Errors by field: name.</returns>
    public Task<Outcome<long>> AddAsync(CurrentUser user, string? name, bool withUsualStages, CancellationToken cancellationToken) => setup.ChangeAsync<long>(user, async change =>
    {
        var context = change.Context;
        var others = await context.Pipelines.ToListAsync(cancellationToken);
        if (others.Count >= Most)
            return Refusal.Conflict($"A company has at most {Most} pipelines. Delete one that is not needed any more.");
        var named = Named(name, others);
        if (!named.Succeeded)
            return named.Refusal;
        var pipeline = new Pipeline { Name = named.Value, Position = others.Select(other => other.Position).DefaultIfEmpty().Max() + 1 };
        context.Pipelines.Add(pipeline);
        await context.SaveChangesAsync(cancellationToken);
        context.Stages.AddRange(withUsualStages ? UsualStages(pipeline, user) : [new Stage { PipelineId = pipeline.Id, Name = "New", Position = 1 }]);
        change.Note("pipeline.created", pipeline.Name);
        return pipeline.Id;
    }, cancellationToken);

    /// <returns>Errors by field: name.</returns>
    public Task<Outcome<bool>> RenameAsync(CurrentUser user, long id, string? name, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        var all = await change.Context.Pipelines.ToListAsync(cancellationToken);
        if (all.Find(row => row.Id == id) is not { } pipeline)
            return Refusal.Missing("pipeline");
        var named = Named(name, all.Where(other => other.Id != id));
        if (!named.Succeeded)
            return named.Refusal;
        if (pipeline.Name != named.Value)
            change.Note("pipeline.renamed", named.Value, $"{pipeline.Name} → {named.Value}");
        pipeline.Name = named.Value;
        return true;
    }, cancellationToken);

    /// <summary>New leads arrive in the first stage of the first one.</summary>
    public Task<Outcome<bool>> OrderAsync(CurrentUser user, IReadOnlyList<long> ids, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        var all = await change.Context.Pipelines.OrderBy(pipeline => pipeline.Position).ToListAsync(cancellationToken);
        foreach (var (at, pipeline) in DeskSetup.InOrder(all, ids, pipeline => pipeline.Id).Index())
            pipeline.Position = at + 1;
        change.Note("pipeline.ordered", string.Join(", ", all.OrderBy(pipeline => pipeline.Position).Select(pipeline => pipeline.Name)));
        return true;
    }, cancellationToken);

    /// <param name="targetStageId">Where its leads go; needed when it has any, also in the trash.</param>
    /// <returns>Errors by field: target_stage_id.</returns>
    public Task<Outcome<bool>> DeleteAsync(CurrentUser user, long id, long? targetStageId, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        var context = change.Context;
        var all = await context.Pipelines.OrderBy(row => row.Position).ToListAsync(cancellationToken);
        if (all.Find(row => row.Id == id) is not { } pipeline)
            return Refusal.Missing("pipeline");
        if (all.Count is 1)
            return Refusal.Conflict("This is the only pipeline. Leads need one to arrive in; add another one first.");
        var stages = await context.Stages.ToListAsync(cancellationToken);
        var going = stages.Where(stage => stage.PipelineId == id).ToList();
        return await StageRemoval.RemoveAsync(change, going, targetStageId, pipeline, cancellationToken);
    }, cancellationToken);

    internal static async Task<IReadOnlyList<StageRemoval.Payload>> PendingAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var payloads = await context.Jobs.Where(job => job.CompanyId == context.CompanyId && job.Kind == MoveStageLeads.JobKind && job.Payload != null).Select(job => job.Payload!).ToListAsync(cancellationToken);
        return [.. payloads.Select(StageRemoval.Payload.Read).Where(payload => !payload.Sweep)];
    }

    private static async Task<Dictionary<long, long>> CountAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var counters = await context.LeadCounters.Where(row => row.Metric == CounterMetric.Total && row.OwnerId == 0).ToListAsync(cancellationToken);
        return counters.GroupBy(row => CounterKeys.ReadTotalKey(row.Key).StageId).ToDictionary(group => group.Key, group => group.Sum(row => row.Count));
    }

    private static IEnumerable<Stage> UsualStages(Pipeline pipeline, CurrentUser user) => Stage.Defaults(new Pipeline { Id = pipeline.Id, CompanyId = user.CompanyId, Name = pipeline.Name });

    private static Outcome<string> Named(string? name, IEnumerable<Pipeline> others)
    {
        var errors = new FieldErrors();
        var text = errors.Text("name", "The pipeline's name", name, LongestName);
        if (errors.Refusal is { } refusal)
            return refusal;
        return others.Any(other => SearchText.Fold(other.Name) == SearchText.Fold(text)) ? DeskSetup.Taken("name", "There is already a pipeline with this name.") : text;
    }
}
