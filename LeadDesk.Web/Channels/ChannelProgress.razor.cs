using LeadDesk.Intake.Conversations;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Channels;

public sealed partial class ChannelProgress(ChannelConnectionQueries queries, CurrentUserAccessor users, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(3);

    private readonly Leaving closed = new();
    private bool waiting;

    [Parameter, EditorRequired] public string Channel { get; set; } = "";

    [Parameter, EditorRequired] public ChannelView View { get; set; } = null!;

    /// <summary>Something has happened that the page shows.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private bool HasSecret => View.HasAppSecret || queries.HasInstallationSecret(Channel);

    private bool IsWaiting => View.FirstEventAt is null;

    protected override void OnParametersSet()
    {
        if (!RendererInfo.IsInteractive || waiting || !IsWaiting)
            return;
        waiting = true;
        _ = WatchAsync();
    }

    public void Dispose() => closed.Dispose();

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Rhythm, clock);
        try
        {
            while (IsWaiting && await timer.WaitForNextTickAsync(closed.Token))
            {
                var now = await queries.GetAsync(await users.GetAsync(), Channel, closed.Token);
                if (now.Value?.SingleOrDefault() is { } found && (found.FirstEventAt, found.VerifiedAt) != (View.FirstEventAt, View.VerifiedAt))
                    await InvokeAsync(OnChanged.InvokeAsync);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }

        waiting = false;
    }
}
