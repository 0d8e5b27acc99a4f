using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.FollowUps;

public sealed partial class FollowUpDialog(
    FollowUpService service, LeadQueries leads, UserDirectory directory, CurrentUserAccessor me, ReaderZone zone, TimeProvider time, ToastService toasts)
{
    private Dictionary<string, string> errors = new(StringComparer.Ordinal);
    private IReadOnlyList<DirectoryUser> people = [];
    private FollowUpView? editing;
    private long leadId;
    private string leadName = "";
    private FollowUpKind kind;
    private DateTime? due;
    private long person;
    private string? text;
    private bool open;

    /// <summary>Called once something was saved.</summary>
    [Parameter, EditorRequired] public EventCallback OnSaved { get; set; }

    /// <summary>Opens it for a new one, tomorrow morning by default.</summary>
    public async Task AddAsync(long id)
    {
        var user = await me.GetAsync();
        var now = TimeZoneInfo.ConvertTimeFromUtc(time.GetUtcNow().UtcDateTime, await zone.GetAsync());
        (editing, kind, due, person, text) = (null, FollowUpKind.Call, QuickTimes.Tomorrow(now), user.UserId, null);
        await OpenAsync(user, id);
    }

    /// <summary>Opens it for one that stands.</summary>
    public async Task EditAsync(FollowUpView followUp)
    {
        (editing, kind, person, text) = (followUp, followUp.Kind, followUp.UserId, followUp.Text);
        due = TimeZoneInfo.ConvertTimeFromUtc(followUp.DueAt, await zone.GetAsync());
        await OpenAsync(await me.GetAsync(), followUp.LeadId);
    }

    private async Task OpenAsync(CurrentUser user, long id)
    {
        var details = await leads.GetAsync(user, id, CancellationToken.None);
        if (!details.Succeeded)
        {
            toasts.Show(T[details.Refusal.Message], ToastTone.Error);
            return;
        }

        var all = await directory.OfAsync(user.CompanyId);
        people = LeadPeople.WhoSees(details.Value, all);
        if (people.All(one => one.Id != person) && all.Find(person) is { } former)
            people = [.. people, former];
        (leadId, leadName, errors, open) = (id, details.Value.DisplayName, new(StringComparer.Ordinal), true);
        StateHasChanged();
    }

    private async Task SaveAsync()
    {
        var saved = await StoreAsync();
        if (saved.Refusal is { } refusal)
        {
            errors = refusal.Errors?.ToDictionary(error => error.Key, error => T[error.Value[0]].Value, StringComparer.Ordinal) ?? new(StringComparer.Ordinal) { [""] = T[refusal.Message].Value };
            return;
        }

        open = false;
        toasts.Show(T["The follow-up is set."]);
        await OnSaved.InvokeAsync();
    }

    private async Task<Outcome<FollowUpOutcome>> StoreAsync()
    {
        if (due is not { } local)
            return Refusal.Invalid("due_at", T["Choose a day and a time."]);
        var (user, at) = (await me.GetAsync(), ReaderZone.ToUtc(local, await zone.GetAsync()));
        return editing is null
            ? await service.AddAsync(user, leadId, new NewFollowUp(kind, at, person, text), CancellationToken.None)
            : await service.ChangeAsync(user, editing.Id, new FollowUpChange(kind, at, person, text ?? ""), CancellationToken.None);
    }
}
