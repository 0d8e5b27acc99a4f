using LeadDesk.Data;
using LeadDesk.Intake.Email;
using LeadDesk.Web.Access;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Email;

public sealed partial class MailboxesPage : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    private readonly Leaving leaving = new();
    private IReadOnlyList<MailboxView>? mailboxes;
    private FormErrors errors = FormErrors.None;
    private string name = "";
    private bool saving;

    [Inject] private MailboxService Service { get; set; } = null!;

    [Inject] private CurrentUserAccessor Users { get; set; } = null!;

    [Inject] private ToastService Toasts { get; set; } = null!;

    [Inject] private LeadDeskOptions Options { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    public void Dispose() => leaving.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await LoadAsync();
        _ = WaitForFirstMailsAsync();
    }

    private string UrlOf(MailboxView mailbox) => Options.Of(Navigation, MailboxEndpoints.PathOf(mailbox));

    /// <summary>A mail that makes no lead is told to no screen, so a page that waits for one looks by itself.</summary>
    private async Task WaitForFirstMailsAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(LookInterval, Time);
            while (await timer.WaitForNextTickAsync(leaving.Token))
            {
                if (mailboxes!.Any(mailbox => mailbox is { Active: true, LastMailAt: null }))
                    await InvokeAsync(LookAsync);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the session has ended.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    /// <summary>A database that is busy for a moment is asked again at the next tick.</summary>
    private async Task LookAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            Toasts.Show(T["The database does not answer. Trying again…"], ToastTone.Error);
        }
    }

    private async Task LoadAsync()
    {
        var list = await Service.ListAsync(await Users.GetAsync(), leaving.Token);
        if (list.Refusal is { } refusal)
            Toasts.Show(T[refusal.Message], ToastTone.Error);
        mailboxes = list.Value ?? mailboxes ?? [];
    }

    private async Task CreateAsync()
    {
        saving = true;
        try
        {
            var outcome = await Service.CreateAsync(await Users.GetAsync(), new MailboxEdit { Name = name }, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "name");
            if (!outcome.Succeeded)
                return;
            name = "";
            await LoadAsync();
        }
        finally
        {
            saving = false;
        }
    }
}
