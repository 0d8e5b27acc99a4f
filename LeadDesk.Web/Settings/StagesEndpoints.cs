using System.ComponentModel;
using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Settings;

/// <param name="Category">open, won or lost.</param>
/// <param name="Leads">Null for who does not see all leads.</param>
internal sealed record StageResponse(
    long Id,
    long PipelineId,
    string Name,
    LeadOutcome Category,
    string? Colour,
    [property: Description("After so many days in it an open lead is stale.")] int StaleDays,
    [property: Description("What must be filled before a lead enters: phone, value, owner, lost_reason, custom.budget, ….")] IReadOnlyList<string> RequiredFields,
    [property: Description("Ids of stages of the same pipeline a lead may go to; empty for all.")] IReadOnlyList<long> AllowedMoves,
    long? Leads,
    [property: Description("It was deleted, and its leads are still being moved.")] bool Leaving,
    [property: Description("Sent back with a change, refuses it when somebody else changed the stage meanwhile.")] string Version)
{
    public static StageResponse Of(StageView stage) => new(
        stage.Id, stage.PipelineId, stage.Name, stage.Outcome, stage.Colour, stage.StaleDays, stage.RequiredFields, stage.AllowedMoves, stage.Leads, stage.Leaving, stage.Version);
}

internal sealed record PipelineResponse(long Id, string Name, [property: Description("In order.")] IReadOnlyList<StageResponse> Stages, bool Leaving);

internal sealed record PipelineListResponse([property: Description("In order: new leads arrive in the first stage of the first one.")] IReadOnlyList<PipelineResponse> Pipelines);

internal sealed record StageListResponse(IReadOnlyList<StageResponse> Stages);

internal sealed record PipelineRequest(string? Name, [property: Description("When made: with the usual nine stages, else with one.")] bool UsualStages = true, [property: Description("When changed: its place, from 1.")] int? Position = null);

internal sealed record StageRequest(
    [property: Description("When made: where; the first pipeline when left out.")] long? PipelineId,
    string? Name,
    [property: Description("open, won or lost.")] string? Category,
    [property: Description("One of grey, blue, teal, green, amber, orange, red, pink, purple.")] string? Colour,
    int? StaleDays,
    IReadOnlyList<string>? RequiredFields,
    IReadOnlyList<long>? AllowedMoves,
    [property: Description("Its place in the pipeline, from 1.")] int? Position,
    string? Version)
{
    public Outcome<StageChange> Read()
    {
        LeadOutcome? outcome = null;
        if (Category is not null)
        {
            if (Category is [>= '0' and <= '9' or '-' or '+', ..] || !Enum.TryParse<LeadOutcome>(Category, ignoreCase: true, out var read))
                return Refusal.Invalid("category", "A stage is open, won or lost.");
            outcome = read;
        }

        return new StageChange { Name = Name, Outcome = outcome, Colour = Colour, StaleDays = StaleDays, RequiredFields = RequiredFields, AllowedMoves = AllowedMoves, Version = Version };
    }
}

/// <summary><c>/api/v1/pipelines</c> and <c>/api/v1/stages</c>.</summary>
internal static class StagesEndpoints
{
    public static void MapPipelineApi(this IEndpointRouteBuilder routes)
    {
        var pipelines = routes.MapApiGroup("/pipelines", "Stages");
        pipelines.MapGet("", PipelinesAsync).WithName("ListPipelines").WithSummary("Pipelines with their stages, in order.").Produces<PipelineListResponse>();
        pipelines.MapPost("", AddPipelineAsync).Managed().WithName("CreatePipeline").WithSummary("Adds a pipeline.").Produces<PipelineResponse>(201).DescribeIdempotencyKey();
        pipelines.MapPatch("/{id:long}", ChangePipelineAsync).Managed().WithName("ChangePipeline").WithSummary("Renames a pipeline or gives it another place.").Produces<PipelineResponse>();
        pipelines.MapDelete("/{id:long}", DeletePipelineAsync).Managed().WithName("DeletePipeline").WithSummary("Deletes a pipeline; its leads go to another stage.").Produces(204);
        var stages = routes.MapApiGroup("/stages", "Stages");
        stages.MapGet("", StagesAsync).WithName("ListStages").WithSummary("All stages, in order.").Produces<StageListResponse>();
        stages.MapPost("", AddStageAsync).Managed().WithName("CreateStage").WithSummary("Adds a stage.").Produces<StageResponse>(201).DescribeIdempotencyKey();
        stages.MapPatch("/{id:long}", ChangeStageAsync).Managed().ProducesRefusals(412).WithName("ChangeStage").WithSummary("Changes what is given of a stage.").Produces<StageResponse>();
        stages.MapDelete("/{id:long}", DeleteStageAsync).Managed().WithName("DeleteStage").WithSummary("Deletes a stage; its leads go to another one.").Produces(204);
    }

    private static async Task<IResult> PipelinesAsync(HttpContext context, PipelineService pipelines, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PipelineListResponse([.. (await pipelines.ListAsync(context.RequireCurrentUser(), cancellationToken)).Select(Response)]));

    private static async Task<IResult> StagesAsync(HttpContext context, PipelineService pipelines, CancellationToken cancellationToken) => TypedResults.Ok(
        new StageListResponse([.. (await pipelines.ListAsync(context.RequireCurrentUser(), cancellationToken)).SelectMany(pipeline => pipeline.Stages).Select(StageResponse.Of)]));

    private static async Task<IResult> AddPipelineAsync(PipelineRequest body, HttpContext context, PipelineService pipelines, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var added = await pipelines.AddAsync(user, body.Name, body.UsualStages, cancellationToken);
        if (!added.Succeeded)
            return added.Refusal.ToProblem();
        var made = (await pipelines.ListAsync(user, cancellationToken)).Single(pipeline => pipeline.Id == added.Value);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/v1/pipelines/{made.Id}"), Response(made));
    }

    private static async Task<IResult> ChangePipelineAsync(long id, PipelineRequest body, HttpContext context, PipelineService pipelines, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var all = await pipelines.ListAsync(user, cancellationToken);
        if (all.All(pipeline => pipeline.Id != id))
            return Refusal.Missing("pipeline").ToProblem();
        if (body.Name is not null && await pipelines.RenameAsync(user, id, body.Name, cancellationToken) is { Succeeded: false } renamed)
            return renamed.Refusal.ToProblem();
        if (body.Position is { } position && await pipelines.OrderAsync(user, Moved(all.Select(pipeline => pipeline.Id), id, position), cancellationToken) is { Succeeded: false } ordered)
            return ordered.Refusal.ToProblem();
        return TypedResults.Ok(Response((await pipelines.ListAsync(user, cancellationToken)).Single(pipeline => pipeline.Id == id)));
    }

    private static async Task<IResult> DeletePipelineAsync(
        long id, [FromQuery(Name = "target_stage_id"), Description("Where its leads go.")] long? target, HttpContext context, PipelineService pipelines, CancellationToken cancellationToken) =>
        (await pipelines.DeleteAsync(context.RequireCurrentUser(), id, target, cancellationToken)).Gone();

    private static async Task<IResult> AddStageAsync(StageRequest body, HttpContext context, PipelineService pipelines, StageService stages, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var change = body.Read();
        if (!change.Succeeded)
            return change.Refusal.ToProblem();
        var pipeline = body.PipelineId ?? (await pipelines.ListAsync(user, cancellationToken))[0].Id;
        var added = await stages.AddAsync(user, pipeline, change.Value, cancellationToken);
        if (added.Succeeded && body.Position is { } position && await OrderAsync(user, added.Value, position, pipelines, stages, cancellationToken) is { } wrong)
            return wrong;
        return added.Made(stage => (string.Create(CultureInfo.InvariantCulture, $"/api/v1/stages/{stage.Id}"), StageResponse.Of(stage)));
    }

    private static async Task<IResult> ChangeStageAsync(long id, StageRequest body, HttpContext context, PipelineService pipelines, StageService stages, CancellationToken cancellationToken)
    {
        var user = context.RequireCurrentUser();
        var change = body.Read();
        if (!change.Succeeded)
            return change.Refusal.ToProblem();
        var changed = await stages.ChangeAsync(user, id, change.Value, cancellationToken);
        if (changed.Succeeded && body.Position is { } position && await OrderAsync(user, changed.Value, position, pipelines, stages, cancellationToken) is { } wrong)
            return wrong;
        return changed.Answer(StageResponse.Of);
    }

    private static async Task<IResult> DeleteStageAsync(
        long id, [FromQuery(Name = "target_stage_id"), Description("Where its leads go.")] long? target, HttpContext context, StageService stages, CancellationToken cancellationToken) =>
        (await stages.DeleteAsync(context.RequireCurrentUser(), id, target, cancellationToken)).Gone();

    private static async Task<ProblemResult?> OrderAsync(CurrentUser user, StageView stage, int position, PipelineService pipelines, StageService stages, CancellationToken cancellationToken)
    {
        var pipeline = (await pipelines.ListAsync(user, cancellationToken)).Single(row => row.Id == stage.PipelineId);
        var ordered = await stages.OrderAsync(user, stage.PipelineId, Moved(pipeline.Stages.Select(row => row.Id), stage.Id, position), cancellationToken);
        return ordered.Refusal?.ToProblem();
    }

    /// <param name="position">From 1; beyond the end is the end.</param>
    private static List<long> Moved(IEnumerable<long> ids, long id, int position)
    {
        var order = ids.Where(other => other != id).ToList();
        order.Insert(Math.Clamp(position - 1, 0, order.Count), id);
        return order;
    }

    private static PipelineResponse Response(PipelineView pipeline) => new(pipeline.Id, pipeline.Name, [.. pipeline.Stages.Select(StageResponse.Of)], pipeline.Leaving);
}
