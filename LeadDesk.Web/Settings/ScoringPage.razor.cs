using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Scoring;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Settings;

public sealed partial class ScoringPage(ScoringService scoring, CurrentUserAccessor users, ToastService toasts)
{
    private ScoringForm? form;
    private IReadOnlyList<ScorePreview>? preview;
    private FormErrors errors = FormErrors.None;
    private bool stale;
    private bool saving;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private async Task LoadAsync()
    {
        var outcome = await scoring.GetAsync(await users.GetAsync(), CancellationToken.None);
        Take(outcome.Refusal);
        if (!outcome.Succeeded)
            return;
        form = new ScoringForm(outcome.Value.Profile, outcome.Value.Version);
        await PreviewAsync();
    }

    private Task ResetAsync()
    {
        form = new ScoringForm(ScoringProfile.Default with { Services = form!.Profile.Services }, form.Version);
        Take(null);
        return PreviewAsync();
    }

    /// <summary>Keeps the last preview while the weights do not add up.</summary>
    private async Task PreviewAsync()
    {
        if (!form!.IsComplete)
            return;
        var outcome = await scoring.PreviewAsync(await users.GetAsync(), form.Profile, CancellationToken.None);
        Take(outcome.Refusal);
        if (outcome.Succeeded)
            preview = outcome.Value;
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var outcome = await scoring.SaveAsync(await users.GetAsync(), form!.Profile, form.Version, CancellationToken.None);
            Take(outcome.Refusal);
            if (!outcome.Succeeded)
                return;
            form = new ScoringForm(outcome.Value.Profile, outcome.Value.Version);
            toasts.Show(T["Saved. New leads are scored by these weights, and all open leads are being scored anew."]);
        }
        finally
        {
            saving = false;
        }
    }

    private void Take(Refusal? refusal)
    {
        errors = new FormErrors(refusal, [.. ScoringForm.Fields]);
        stale = refusal?.Kind is RefusalKind.Stale;
    }
}
