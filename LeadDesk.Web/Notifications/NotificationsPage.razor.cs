using LeadDesk.Live;
using LeadDesk.Notifications;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Notifications;

/// <summary>Everything one was told, newest first.</summary>
public sealed partial class NotificationsPage(UserNoticeQueries queries, UserNoticeService service, CurrentUserAccessor me, LiveFeed feed, TimeProvider time, ILogger<NotificationsPage> logger) : IDisposable
{
    private const int Length = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ReaderCulture culture = new();
    private List<UserNoticeView>? items;
    private string? next;
    private Throttle? refresh;
    private IDisposable? signals;

    public void Dispose()
    {
        signals?.Dispose();
        refresh?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        var user = await me.GetAsync();
        var throttle = refresh = new Throttle(Interval, _ => InvokeAsync(FollowAsync), exception => LogFailed(logger, exception), time);
        signals = feed.Signals.Subscribe(signal =>
        {
            if (signal.Kind is LiveSignalKind.Told && signal.UserId == user.UserId && signal.CompanyId == user.CompanyId)
                throttle.Request();
        });
        await LoadAsync(Length);
    }

    /// <summary>As many as are shown, so that nothing jumps.</summary>
    private async Task FollowAsync()
    {
        culture.Enter();
        if (await me.FindAsync() is null)
            return;
        await LoadAsync(Math.Clamp(items?.Count ?? 0, Length, 10 * Length));
        StateHasChanged();
    }

    private async Task LoadAsync(int length)
    {
        var page = await queries.ListAsync(await me.GetAsync(), null, length, CancellationToken.None);
        if (page.Succeeded)
            (items, next) = ([.. page.Value.Items], page.Value.NextCursor);
    }

    private async Task MoreAsync()
    {
        var page = await queries.ListAsync(await me.GetAsync(), next, Length, CancellationToken.None);
        if (!page.Succeeded)
            return;
        items!.AddRange(page.Value.Items);
        next = page.Value.NextCursor;
    }

    private async Task ReadAsync(UserNoticeView item) => await service.ReadAsync(await me.GetAsync(), item.Id, CancellationToken.None);

    private async Task ReadAllAsync() => await service.ReadAllAsync(await me.GetAsync(), CancellationToken.None);

    [LoggerMessage(LogLevel.Warning, "The page of notifications could not be read again; it goes on with the next one.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
