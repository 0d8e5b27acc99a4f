using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Reports;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Settings;

public sealed partial class SystemPage(
    SystemQueries system, JobQueries jobs, JobService service, JobRunnerHealth health, CurrentUserAccessor users, ToastService toasts, TimeProvider time) : IDisposable
{
    private const int PageLength = 50;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(3);

    private readonly Leaving leaving = new();
    private SystemStatus? status;
    private IReadOnlyList<KindCount> kinds = [];
    private List<JobRow> parked = [];
    private string? next;
    private ConfirmDialog confirm = null!;

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await LoadAsync();
        _ = RefreshAsync();
    }

    public void Dispose() => leaving.Dispose();

    private async Task RefreshAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(RefreshInterval, time);
            while (await timer.WaitForNextTickAsync(leaving.Token))
                await InvokeAsync(RefreshOnceAsync);
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

    /// <summary>A database that is busy for a moment is asked again at the next tick; the numbers on the page stay.</summary>
    private async Task RefreshOnceAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            toasts.Show(T["The database does not answer. Trying again…"], ToastTone.Error);
        }
    }

    private async Task LoadAsync()
    {
        var user = await users.GetAsync();
        if (Value(await system.StatusAsync(user, leaving.Token)) is { } found)
            status = found;
        if (Value(await jobs.CountsAsync(user, leaving.Token)) is { } counts)
            kinds = [.. counts.GroupBy(count => count.Kind).Select(kind => new KindCount(kind.Key, Of(kind, JobState.Ready), Of(kind, JobState.Running), Of(kind, JobState.Parked)))];
        // As many as are shown, so that pages loaded before stay.
        if (Value(await jobs.ListAsync(user, JobState.Parked, null, Math.Clamp(parked.Count, PageLength, Page<JobRow>.MaximumLimit), leaving.Token)) is { } page)
            (parked, next) = ([.. page.Items], page.NextCursor);

        static int Of(IEnumerable<JobCount> counts, JobState state) => counts.Where(count => count.State == state).Sum(count => count.Count);
    }

    private async Task LoadMoreAsync()
    {
        if (Value(await jobs.ListAsync(await users.GetAsync(), JobState.Parked, next, PageLength, leaving.Token)) is not { } page)
            return;
        parked.AddRange(page.Items);
        next = page.NextCursor;
    }

    private async Task RunAgainAsync(JobRow job)
    {
        if (Value(await service.RunAgainAsync(await users.GetAsync(), job.Id, CancellationToken.None)))
            toasts.Show(T["Job {0} runs again.", job.Id]);
        await LoadAsync();
    }

    private async Task DeleteAsync(JobRow job)
    {
        if (!await confirm.AskAsync(T["Delete job {0}?", job.Id], T["What it should have done is not done. This cannot be undone."], T["Delete job"]))
            return;
        if (Value(await service.DeleteAsync(await users.GetAsync(), job.Id, CancellationToken.None)))
            toasts.Show(T["Job {0} is deleted.", job.Id]);
        await LoadAsync();
    }

    private TValue? Value<TValue>(Outcome<TValue> outcome)
    {
        if (outcome.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        return outcome.Value;
    }

    private sealed record KindCount(string Name, int Ready, int Running, int Parked);
}
