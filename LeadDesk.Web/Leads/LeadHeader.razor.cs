using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadHeader(LeadService leads, CurrentUserAccessor me, ToastService toasts)
{
    /// <summary>Stage and owner as they were when the control got the focus: another one's change must not be overwritten unseen.</summary>
    private (long StageId, long? OwnerId)? seen;

    private StageDialog? stages;

    /// <summary>The stage from which the last move began.</summary>
    private long before;

    private EditConflict? conflict;
    private Func<Task>? takeMine;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    /// <summary>The list one came from.</summary>
    [Parameter, EditorRequired] public LeadListAddress List { get; set; } = LeadListAddress.Default;

    [Parameter, EditorRequired] public LeadNeighbours Neighbours { get; set; } = LeadNeighbours.None;

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    /// <summary>Somebody wants to set a follow-up.</summary>
    [Parameter, EditorRequired] public EventCallback OnFollowUp { get; set; }

    private Lead Lead => View.Lead;

    private string OwnerName => View.People.OwnerName(Lead.OwnerId);

    private string Digits => Lead.Phone!.TrimStart('+');

    /// <summary>Who can own it, and who does although they have left.</summary>
    private IEnumerable<DirectoryUser> Owners =>
        View.People.All.Where(person => person is { Active: true, Role: not Role.Integration } || person.Id == Lead.OwnerId);

    /// <summary>The stages of the lead's own pipeline; an end other than its own is no step on its way.</summary>
    private IReadOnlyList<Stage> Steps =>
        [.. View.Company.PipelineOf(Lead.StageId).Where(stage => stage.Outcome is not LeadOutcome.Lost || stage.Id == Lead.StageId).Where(stage => Lead.Outcome is not LeadOutcome.Lost || stage.Outcome is not LeadOutcome.Won)];

    private void Begin() => seen = (Lead.StageId, Lead.OwnerId);

    private void End() => seen = null;

    private async Task MoveAsync(long stageId)
    {
        before = seen?.StageId ?? Lead.StageId;
        seen = null;
        if (Lead.StageId != before && Lead.StageId != stageId)
            AskStage(new StageMove(stageId));
        else
            await stages!.MoveAsync(Lead.Id, stageId, Lead.Version);
    }

    /// <summary>The dialog asked for what the stage wants while others changed the lead.</summary>
    private async Task StaleAsync(StageMove move)
    {
        await OnChanged.InvokeAsync();
        await StoreStageAsync(before, move);
    }

    private void AskStage(StageMove move)
    {
        conflict = new EditConflict(T["Stage"], View.Company.Stage(move.StageId)?.Name, View.Company.Stage(Lead.StageId)?.Name);
        var theirs = Lead.StageId;
        takeMine = move.LostReasonId is null && move.Edit is null ? async () => await stages!.MoveAsync(Lead.Id, move.StageId, Lead.Version) : () => StoreStageAsync(theirs, move);
    }

    private Task StoreStageAsync(long was, StageMove move) => StoreAsync(
        was,
        move.StageId,
        () => Lead.StageId,
        async version => await leads.ChangeStageAsync(await me.GetAsync(), Lead.Id, move, version, CancellationToken.None),
        () => AskStage(move));

    private Task AssignAsync(long chosen)
    {
        var was = seen is { } then ? then.OwnerId : Lead.OwnerId;
        seen = null;
        return StoreOwnerAsync(was, chosen == 0 ? null : chosen);
    }

    private Task StoreOwnerAsync(long? was, long? ownerId) => StoreAsync(
        was,
        ownerId,
        () => Lead.OwnerId,
        async version => await leads.AssignAsync(await me.GetAsync(), Lead.Id, ownerId, version, CancellationToken.None),
        () => AskOwner(ownerId));

    private void AskOwner(long? ownerId)
    {
        conflict = new EditConflict(T["Owner"], View.People.OwnerName(ownerId), OwnerName);
        var theirs = Lead.OwnerId;
        takeMine = () => StoreOwnerAsync(theirs, ownerId);
    }

    /// <summary>Another change of the lead makes the version old without touching this; then the change is simply repeated.</summary>
    private async Task StoreAsync<TValue>(TValue was, TValue wanted, Func<TValue> present, Func<int, Task<Outcome<Lead>>> store, Action ask)
    {
        var outcome = await TryAsync();
        if (outcome?.Refusal is { Kind: RefusalKind.Stale })
        {
            await OnChanged.InvokeAsync();
            outcome = await TryAsync();
        }

        if (outcome is { } told)
            await ShowAsync(told);
        else
            ask();

        async Task<Outcome<Lead>?> TryAsync() => Differs() ? null : (Outcome<Lead>?)await store(Lead.Version);

        bool Differs() => !Equals(present(), was) && !Equals(present(), wanted);
    }

    private void KeepTheirs() => conflict = null;

    private async Task TakeMineAsync()
    {
        conflict = null;
        if (takeMine is { } take)
            await take();
    }

    private async Task ReachAsync(ContactWay way) =>
        await ShowAsync(await leads.ReachOutAsync(await me.GetAsync(), Lead.Id, way, CancellationToken.None));

    private async Task ShowAsync(Outcome<Lead> outcome)
    {
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }
}
