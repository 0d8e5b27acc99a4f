using System.Globalization;
using LeadDesk.Common;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

public sealed partial class CallForm(FollowUpService followUps, CurrentUserAccessor me, ReaderZone zone, ToastService toasts, IJSRuntime js)
{
    private static readonly Refusal WrongLength = Refusal.Invalid("seconds", "A call takes between 0 seconds and 24 hours. Write minutes and seconds, such as 4:30.");
    private Dictionary<string, string> errors = new(StringComparer.Ordinal);
    private CallOutcome outcome;
    private string? length;
    private string? note;
    private bool withNext;
    private FollowUpKind nextKind;
    private DateTime? due;
    private bool busy;
    private ElementReference first;

    [Parameter, EditorRequired] public Lead Lead { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnLogged { get; set; }

    private string Draft => string.Create(CultureInfo.InvariantCulture, $"call-{Lead.Id}");

    /// <summary>Somebody asked for the form just now, perhaps by a key.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await first.FocusAsync();
    }

    private async Task LogAsync()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var logged = await StoreAsync();
            errors = logged.Refusal is { } refusal ? Errors(refusal) : [];
            if (!logged.Succeeded)
                return;
            await js.InvokeVoidAsync("leaddesk.clearDraft", Draft);
            toasts.Show(T["The call stands on the timeline."]);
            await OnLogged.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task<Outcome<Lead>> StoreAsync()
    {
        if (!CallLength.TryRead(length, out var seconds))
            return WrongLength;
        if (withNext && due is null)
            return Refusal.Invalid("due_at", T["Choose a day and a time."]);
        var next = withNext ? new NewFollowUp(nextKind, ReaderZone.ToUtc(due!.Value, await zone.GetAsync())) : null;
        return await followUps.LogCallAsync(await me.GetAsync(), Lead.Id, new CallLog(outcome, seconds, note), next, null, CancellationToken.None);
    }

    private Dictionary<string, string> Errors(Refusal refusal) =>
        refusal.Errors?.ToDictionary(error => error.Key, error => T[error.Value[0]].Value, StringComparer.Ordinal) ?? new(StringComparer.Ordinal) { [""] = T[refusal.Message].Value };
}
