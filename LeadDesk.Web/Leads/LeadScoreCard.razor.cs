using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadScoreCard(ScoreByHand scores, CurrentUserAccessor me, TimeProvider time, ToastService toasts)
{
    private Dictionary<string, string> errors = new(StringComparer.Ordinal);
    private bool open;
    private int? score;
    private string? because;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private Lead Lead => View.Lead;

    private int Computed => ScoreByHand.Computed(Lead, View.Company, time.GetUtcNow().UtcDateTime);

    private void Open() => (open, score, because, errors) = (true, Lead.Score, Lead.ScoreByHandBecause, new(StringComparer.Ordinal));

    private async Task SetAsync()
    {
        var outcome = await scores.SetAsync(await me.GetAsync(), Lead.Id, score ?? -1, because, null, CancellationToken.None);
        errors = outcome.Refusal?.Errors?.ToDictionary(error => error.Key, error => T[error.Value[0]].Value, StringComparer.Ordinal) ?? new(StringComparer.Ordinal);
        if (errors.Count > 0)
            return;
        open = false;
        await ShowAsync(outcome);
    }

    private async Task GiveBackAsync() => await ShowAsync(await scores.GiveBackAsync(await me.GetAsync(), Lead.Id, null, CancellationToken.None));

    private async Task ShowAsync(Outcome<Lead> outcome)
    {
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }
}
