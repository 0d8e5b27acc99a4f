using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Live;
using LeadDesk.Notifications;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Notifications;

/// <summary>Follows the person's own signals, and looks at the clock now and then for follow-ups that fall due.</summary>
public sealed partial class Bell(UserNoticeQueries queries, UserNoticeService service, FollowUpQueries followUps, CurrentUserAccessor me, LiveFeed feed, TimeProvider time, ILogger<Bell> logger) : IDisposable
{
    private const int Most = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ReaderCulture culture = new();
    private int count;
    private bool open;
    private bool loaded;
    private IReadOnlyList<FollowUpView> due = [];
    private List<UserNoticeView> items = [];
    private Throttle? refresh;
    private IDisposable? signals;
    private ITimer? clock;

    private string Name => count == 0 ? T["Notifications"] : T["Notifications: {0} new", count];

    public void Dispose()
    {
        clock?.Dispose();
        signals?.Dispose();
        refresh?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive || await me.FindAsync() is not { } user)
            return;
        var throttle = refresh = new Throttle(Interval, _ => InvokeAsync(ShowAsync), exception => LogFailed(logger, exception), time);
        signals = feed.Signals.Subscribe(signal =>
        {
            if (signal.Kind is LiveSignalKind.Told && signal.UserId == user.UserId && signal.CompanyId == user.CompanyId)
                throttle.Request();
        });
        clock = time.CreateTimer(_ => throttle.Request(), null, Minute, Minute);
        await LoadAsync(user);
    }

    private async Task ToggledAsync()
    {
        open = !open;
        if (open && await me.FindAsync() is { } user)
            await LoadAsync(user);
    }

    private async Task ShowAsync()
    {
        culture.Enter();
        if (await me.FindAsync() is not { } user)
            return;
        try
        {
            await LoadAsync(user);
            StateHasChanged();
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            // What is shown stays; the next minute asks again.
        }
    }

    private async Task LoadAsync(CurrentUser user)
    {
        var now = time.GetUtcNow().UtcDateTime;
        count = await queries.CountAsync(user, now, CancellationToken.None);
        if (!open)
        {
            (items, due, loaded) = ([], [], false);
            return;
        }

        var page = await queries.ListAsync(user, null, Most, CancellationToken.None);
        (items, due, loaded) = (page.Succeeded ? [.. page.Value.Items] : [], await followUps.DueAsync(user, now, CancellationToken.None), true);
    }

    private async Task ReadAsync(UserNoticeView item) => await service.ReadAsync(await me.GetAsync(), item.Id, CancellationToken.None);

    private async Task ReadAllAsync() => await service.ReadAllAsync(await me.GetAsync(), CancellationToken.None);

    [LoggerMessage(LogLevel.Warning, "A bell could not be read again; it goes on in a minute.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
