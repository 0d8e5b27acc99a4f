using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Jobs;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>The stages of the company's pipelines.</summary>
public sealed class StageService(DeskSetup setup)
{
    public const int MostOfPipeline = 50;
    public const int LongestName = 60;
    public const int LongestStale = 365;

    /// <summary>For so long other nodes may still go by the former category.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>As the last open one before the pipeline's ends, or at the end when it is one itself.</summary>
    /// <returns>Errors by field: name, outcome, colour, stale_days, required_fields, allowed_moves.</returns>
    public Task<Outcome<StageView>> AddAsync(CurrentUser user, long pipelineId, StageChange wanted, CancellationToken cancellationToken) => setup.ChangeAsync<StageView>(user, async change =>
    {
        var context = change.Context;
        if (!await context.Pipelines.AnyAsync(row => row.Id == pipelineId, cancellationToken))
            return Refusal.Missing("pipeline");
        var others = await context.Stages.Where(row => row.PipelineId == pipelineId).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        if (others.Count >= MostOfPipeline)
            return Refusal.Conflict($"A pipeline has at most {MostOfPipeline} stages. Delete one that is not needed any more.");
        var stage = new Stage { PipelineId = pipelineId, Name = "" };
        if (await ApplyAsync(change, stage, wanted with { Name = wanted.Name ?? "" }, others, cancellationToken) is { } invalid)
            return invalid;
        var lastOpen = others.FindLastIndex(other => other.Outcome is LeadOutcome.Open);
        others.Insert(stage.Outcome is LeadOutcome.Open ? lastOpen + 1 : others.Count, stage);
        Number(others);
        context.Stages.Add(stage);
        await context.SaveChangesAsync(cancellationToken);
        change.Note("stage.created", stage.Name);
        return StageView.Of(stage);
    }, cancellationToken);

    /// <summary>A stage whose category changes takes its leads with it, by a job.</summary>
    /// <returns>As <see cref="AddAsync"/>; stale when somebody changed it meanwhile.</returns>
    public Task<Outcome<StageView>> ChangeAsync(CurrentUser user, long id, StageChange wanted, CancellationToken cancellationToken) => setup.ChangeAsync<StageView>(user, async change =>
    {
        if (await change.Context.Stages.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } stage)
            return Refusal.Missing("stage");
        if (wanted.Version is { } version && version != StageView.VersionOf(stage))
            return new Refusal(RefusalKind.Stale, "Somebody else has changed this stage. Load it again, then repeat your change.");
        var others = await change.Context.Stages.Where(row => row.PipelineId == stage.PipelineId && row.Id != id).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        var (name, outcome, before) = (stage.Name, stage.Outcome, StageView.VersionOf(stage));
        if (await ApplyAsync(change, stage, wanted, others, cancellationToken) is { } invalid)
            return invalid;
        if (stage.Outcome is not LeadOutcome.Open && !others.Exists(other => other.Position < stage.Position))
            return Refusal.Invalid("outcome", "A pipeline begins with an open stage: leads arrive there. Move another open stage to the front first.");
        if (outcome != stage.Outcome)
        {
            foreach (var at in (ReadOnlySpan<DateTime>)[change.Now, change.Now + Settled])
                JobQueue.Add(change.Context, RecategoriseStage.JobKind, user.CompanyId, stage.Id.ToString(CultureInfo.InvariantCulture), at, change.Now);
        }

        if (before != StageView.VersionOf(stage))
            change.Note("stage.changed", stage.Name, Words(name, outcome, stage));
        return StageView.Of(stage);
    }, cancellationToken);

    /// <summary>Refused when an end came to stand first.</summary>
    public Task<Outcome<bool>> OrderAsync(CurrentUser user, long pipelineId, IReadOnlyList<long> ids, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        var stages = await change.Context.Stages.Where(row => row.PipelineId == pipelineId).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        if (stages.Count is 0)
            return Refusal.Missing("pipeline");
        var ordered = DeskSetup.InOrder(stages, ids, stage => stage.Id).ToList();
        if (ordered[0].Outcome is not LeadOutcome.Open)
            return Refusal.Invalid("ids", "A pipeline begins with an open stage: leads arrive there.");
        Number(ordered);
        change.Note("stage.ordered", string.Join(", ", ordered.Select(stage => stage.Name)));
        return true;
    }, cancellationToken);

    /// <param name="targetStageId">Where its leads go; needed when it has any, also in the trash.</param>
    /// <returns>Errors by field: target_stage_id.</returns>
    public Task<Outcome<bool>> DeleteAsync(CurrentUser user, long id, long? targetStageId, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        if (await change.Context.Stages.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } stage)
            return Refusal.Missing("stage");
        var next = await change.Context.Stages.Where(row => row.PipelineId == stage.PipelineId && row.Id != id).OrderBy(row => row.Position).FirstOrDefaultAsync(cancellationToken);
        if (next is not { Outcome: LeadOutcome.Open })
            return Refusal.Conflict("A pipeline begins with an open stage: leads arrive there. Add another open stage first, or delete the whole pipeline.");
        await change.Context.Pipelines.LoadAsync(cancellationToken);
        return await StageRemoval.RemoveAsync(change, [stage], targetStageId, null, cancellationToken);
    }, cancellationToken);

    private static void Number(List<Stage> stages)
    {
        foreach (var (at, stage) in stages.Index())
            stage.Position = at + 1;
    }

    private static async Task<Refusal?> ApplyAsync(SetupChange change, Stage stage, StageChange wanted, List<Stage> others, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (wanted.Name is not null)
        {
            stage.Name = errors.Text("name", "The stage's name", wanted.Name, LongestName);
            if (others.Exists(other => SearchText.Fold(other.Name) == SearchText.Fold(stage.Name)))
                errors.Add("name", "This pipeline has a stage with this name already.");
        }

        if (wanted.Outcome is { } outcome && !Enum.IsDefined(outcome))
            errors.Add("outcome", "A stage is open, won or lost.");
        stage.Outcome = wanted.Outcome ?? stage.Outcome;
        errors.Add("colour", DeskSetup.ColourProblem(wanted.Colour));
        if (wanted.Colour is { } colour)
            stage.Colour = colour.Length is 0 ? null : colour;
        if (wanted.StaleDays is < 0 or > LongestStale)
            errors.Add("stale_days", $"Give 1 to {LongestStale} days, or 0 for the usual {Stage.DefaultStaleDays}.");
        if (wanted.StaleDays is { } days)
            stage.StaleDays = days is 0 ? null : days;
        if (wanted.RequiredFields is { } required)
            stage.RequiredFields = JsonList.Write(await RequiredAsync(change, required, errors, cancellationToken));
        if (wanted.AllowedMoves is { } moves)
        {
            errors.Add("allowed_moves", moves.All(move => others.Exists(other => other.Id == move)) ? null : "Choose other stages of the same pipeline.");
            stage.AllowedMoves = JsonList.Write([.. moves.Distinct()]);
        }

        return errors.Refusal;
    }

    private static async Task<string[]> RequiredAsync(SetupChange change, IReadOnlyList<string> words, FieldErrors errors, CancellationToken cancellationToken)
    {
        var known = StageRules.Words.Concat(await change.Context.CustomFields.Select(field => "custom." + field.Key).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (words.FirstOrDefault(word => !known.Contains(word)) is { } unknown)
            errors.Add("required_fields", $"There is no field \"{unknown}\". Use some of: {string.Join(", ", known)}.");
        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    private static string Words(string name, LeadOutcome outcome, Stage stage)
    {
        var words = new List<string>();
        if (name != stage.Name)
            words.Add($"name: {name} → {stage.Name}");
        if (outcome != stage.Outcome)
            words.Add($"category: {outcome} → {stage.Outcome}");
        words.Add($"colour: {stage.Colour ?? "-"}; stale days: {stage.StaleDays?.ToString(CultureInfo.InvariantCulture) ?? "-"}; required: {stage.RequiredFields ?? "-"}; moves: {stage.AllowedMoves ?? "all"}");
        return string.Join("; ", words);
    }
}
