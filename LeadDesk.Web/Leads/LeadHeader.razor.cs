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

    private Task MoveAsync(long stageId)
    {
        var before = seen?.StageId ?? Lead.StageId;
        seen = null;
        return StoreAsync(
            before,
            stageId,
            () => Lead.StageId,
            async version => await leads.ChangeStageAsync(await me.GetAsync(), Lead.Id, new StageMove(stageId), version, CancellationToken.None),
            () => new EditConflict(T["Stage"], View.Company.Stage(stageId)?.Name, View.Company.Stage(Lead.StageId)?.Name));
    }

    private Task AssignAsync(long chosen)
    {
        var before = seen is { } was ? was.OwnerId : Lead.OwnerId;
        seen = null;
        long? ownerId = chosen == 0 ? null : chosen;
        return StoreAsync(
            before,
            ownerId,
            () => Lead.OwnerId,
            async version => await leads.AssignAsync(await me.GetAsync(), Lead.Id, ownerId, version, CancellationToken.None),
            () => new EditConflict(T["Owner"], View.People.OwnerName(ownerId), OwnerName));
    }

    /// <summary>Another change of the lead makes the version old without touching this; then the change is simply repeated.</summary>
    private async Task StoreAsync<T1>(T1 before, T1 wanted, Func<T1> present, Func<int, Task<Outcome<Lead>>> store, Func<EditConflict> ask)
    {
        var outcome = Differs() ? null : (Outcome<Lead>?)await store(Lead.Version);
        if (outcome?.Refusal is { Kind: RefusalKind.Stale })
        {
            await OnChanged.InvokeAsync();
            outcome = Differs() ? null : await store(Lead.Version);
        }

        if (outcome is { } told)
            await ShowAsync(told);
        else
            (conflict, takeMine) = (ask(), () => StoreAsync(present(), wanted, present, store, ask));

        bool Differs() => !Equals(present(), before) && !Equals(present(), wanted);
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
