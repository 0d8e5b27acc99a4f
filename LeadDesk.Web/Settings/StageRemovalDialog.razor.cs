using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

/// <summary>A stage, or a pipeline with all of its stages.</summary>
/// <param name="Targets">Where its leads may go.</param>
public sealed record StageRemovalTarget(string Name, long? PipelineId, long? StageId, long Leads, IReadOnlyList<(long Id, string Name)> Targets);

public sealed partial class StageRemovalDialog(PipelineService pipelines, StageService stages, CurrentUserAccessor users)
{
    private FormErrors errors = FormErrors.None;
    private long target;

    /// <summary>Null while it is closed.</summary>
    [Parameter, EditorRequired] public StageRemovalTarget? Removal { get; set; }

    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>With the name of what is gone.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnRemoved { get; set; }

    private Task CloseAsync()
    {
        (errors, target) = (FormErrors.None, 0);
        return OnClose.InvokeAsync();
    }

    private async Task RemoveAsync()
    {
        if (Removal is not { } wanted)
            return;
        var (user, to) = (await users.GetAsync(), target is 0 ? (long?)null : target);
        var outcome = wanted.StageId is { } stage
            ? await stages.DeleteAsync(user, stage, to, CancellationToken.None)
            : await pipelines.DeleteAsync(user, wanted.PipelineId!.Value, to, CancellationToken.None);
        errors = new FormErrors(outcome.Refusal, "target_stage_id");
        if (!outcome.Succeeded)
            return;
        (errors, target) = (FormErrors.None, 0);
        await OnRemoved.InvokeAsync(wanted.Name);
    }
}
