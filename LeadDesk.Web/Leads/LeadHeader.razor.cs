using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadHeader(LeadService leads, CurrentUserAccessor me, ToastService toasts)
{
    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    /// <summary>The list one came from.</summary>
    [Parameter, EditorRequired] public LeadListAddress List { get; set; } = LeadListAddress.Default;

    [Parameter, EditorRequired] public LeadNeighbours Neighbours { get; set; } = LeadNeighbours.None;

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private Lead Lead => View.Lead;

    private string OwnerName => View.People.OwnerName(Lead.OwnerId);

    private string Digits => Lead.Phone!.TrimStart('+');

    /// <summary>Who can own it, and who does although they have left.</summary>
    private IEnumerable<DirectoryUser> Owners =>
        View.People.All.Where(person => person is { Active: true, Role: not Role.Integration } || person.Id == Lead.OwnerId);

    /// <summary>An end other than the lead's own is no step on its way.</summary>
    private IReadOnlyList<Stage> Steps =>
        [.. View.Company.Stages.Where(stage => stage.Outcome is not LeadOutcome.Lost || stage.Id == Lead.StageId).Where(stage => Lead.Outcome is not LeadOutcome.Lost || stage.Outcome is not LeadOutcome.Won)];

    private IReadOnlyList<string> StepNames => [.. Steps.Select(stage => stage.Name)];

    private int StepAt => Steps.Index().FirstOrDefault(step => step.Item.Id == Lead.StageId).Index;

    private async Task MoveAsync(long stageId) =>
        await ShowAsync(await leads.ChangeStageAsync(await me.GetAsync(), Lead.Id, stageId, null, CancellationToken.None));

    private async Task AssignAsync(long ownerId) =>
        await ShowAsync(await leads.AssignAsync(await me.GetAsync(), Lead.Id, ownerId == 0 ? null : ownerId, null, CancellationToken.None));

    private async Task ReachAsync(ContactWay way) =>
        await ShowAsync(await leads.ReachOutAsync(await me.GetAsync(), Lead.Id, way, CancellationToken.None));

    private async Task ShowAsync(Outcome<Lead> outcome)
    {
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }
}
