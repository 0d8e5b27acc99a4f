using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Intake;
using LeadDesk.Leads;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Scoring;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

public sealed partial class NewLeadDialog(LeadIntake intake, LeadQueries queries, LeadDuplicateQueries duplicates, CompanyDirectory companies, CurrentUserAccessor me, ToastService toasts, NavigationManager navigation, IJSRuntime js, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Channels = ["whatsapp", "website", "email", "instagram", "messenger"];

    private string? name;
    private string? phone;
    private string? email;
    private string? interest;
    private string? message;
    private string channel = Channels[0];
    private string? problem;
    private IReadOnlyDictionary<string, string[]>? errors;
    private IReadOnlyList<LikelyDuplicate> likely = [];
    private IReadOnlyList<ServiceValue> services = [];
    private bool busy;
    private ITimer? pause;

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter, EditorRequired] public EventCallback<bool> OpenChanged { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (Open)
            services = (await companies.GetAsync((await me.GetAsync()).CompanyId, CancellationToken.None)).Scoring.Services;
    }

    public void Dispose() => pause?.Dispose();

    /// <summary>Warns when the person seems to be here already, at each pause of typing.</summary>
    private void LookSoon()
    {
        pause ??= time.CreateTimer(_ => _ = InvokeAsync(LookAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        pause.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    private async Task LookAsync()
    {
        try
        {
            if (!Open)
                return;
            likely = await duplicates.FindAsync(await me.GetAsync(), name, phone, email, CancellationToken.None);
            StateHasChanged();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task SaveAsync()
    {
        if (busy)
            return;
        (busy, problem, errors) = (true, null, null);
        if (string.IsNullOrWhiteSpace(phone) && string.IsNullOrWhiteSpace(email))
        {
            Refuse(Refusal.Invalid("phone", T["Give a phone number or an e-mail address: without one of them nobody can answer."]));
            busy = false;
            return;
        }

        try
        {
            var user = await me.GetAsync();
            var outcome = await intake.ReceiveAsync(user, Incoming(), null, CancellationToken.None);
            if (outcome.Succeeded)
                await AddedAsync(await queries.RowAsync(user, outcome.Value.Answer!.LeadId, CancellationToken.None), outcome.Value.Answer.Duplicate);
            else
                Refuse(outcome.Refusal);
        }
        catch (IntakeOverloadedException)
        {
            problem = T["LeadDesk is busy for a moment. Nothing was saved; try again in a few seconds."];
        }
        finally
        {
            busy = false;
        }
    }

    /// <param name="row">Null when it went to somebody whose leads this person does not see.</param>
    private async Task AddedAsync(LeadRow? row, bool duplicate)
    {
        (name, phone, email, interest, message, likely) = (null, null, null, null, null, []);
        await js.InvokeVoidAsync("leaddesk.clearDraft", "new-lead-message");
        await OpenChanged.InvokeAsync(false);
        if (row is null)
            toasts.Show(T["The lead was added and went to a colleague."]);
        else if (duplicate)
            toasts.Show(T["{0} is a lead already; the message was added there.", row.DisplayName], ToastTone.Info);
        else
            toasts.Show(T["{0} was added.", row.DisplayName]);
        if (row is not null && duplicate)
            navigation.NavigateTo($"/leads/{row.Id}");
    }

    private void Refuse(Refusal refusal)
    {
        errors = refusal.Errors;
        problem = errors is null ? T[refusal.Message].Value : null;
    }

    private IncomingLead Incoming()
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["sender_name"] = name,
            ["phone"] = phone,
            ["email"] = email,
            ["interest"] = interest,
            ["message"] = message,
            ["channel"] = channel,
        };
        return new IncomingLead
        {
            Source = "manual",
            Raw = JsonSerializer.SerializeToUtf8Bytes(fields),
            Channel = channel,
            Name = name,
            Phone = phone,
            Email = email,
            Message = message,
            Metadata = string.IsNullOrWhiteSpace(interest) ? new Dictionary<string, string>() : new Dictionary<string, string>(StringComparer.Ordinal) { ["interest"] = interest.Trim() },
        };
    }

    private string? Error(string field) => errors?.GetValueOrDefault(field) is { } sentences ? string.Join(' ', sentences) : null;

    private async Task ClosedAsync(bool open)
    {
        (problem, errors, likely) = (null, null, []);
        await OpenChanged.InvokeAsync(open);
    }
}
