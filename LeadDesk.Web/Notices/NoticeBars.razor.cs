using LeadDesk.Data;
using LeadDesk.Notifications;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Notices;

public sealed partial class NoticeBars(NoticeQueries notices, NoticeService service, CurrentUserAccessor users, ToastService toasts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(30);

    private readonly Leaving leaving = new();
    private IReadOnlyList<LeadDesk.Notifications.Notice> open = [];

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        var user = await users.GetAsync();
        if (!user.Can(LeadDesk.Access.Permission.ManageSources))
            return;
        open = await notices.OpenAsync(user, leaving.Token);
        _ = RefreshAsync();
    }

    public void Dispose() => leaving.Dispose();

    private async Task RefreshAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(RefreshInterval, time);
            while (await timer.WaitForNextTickAsync(leaving.Token))
                await InvokeAsync(LoadAsync);
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

    private async Task LoadAsync()
    {
        try
        {
            var found = await notices.OpenAsync(await users.GetAsync(), leaving.Token);
            if (found.Select(notice => (notice.Id, notice.Text)).SequenceEqual(open.Select(notice => (notice.Id, notice.Text))))
                return;
            open = found;
            StateHasChanged();
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            // What is shown stays; the next tick asks again.
        }
    }

    private async Task PutAsideAsync(LeadDesk.Notifications.Notice notice)
    {
        var outcome = await service.PutAsideAsync(await users.GetAsync(), notice.Id, CancellationToken.None);
        if (outcome.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        open = [.. open.Where(other => other.Id != notice.Id)];
    }
}
