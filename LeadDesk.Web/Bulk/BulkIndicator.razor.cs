using LeadDesk.Leads.Bulk;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Bulk;

public sealed partial class BulkIndicator(BulkWatch watch, TimeProvider time, NavigationManager navigation) : IDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    private readonly Leaving gone = new();
    private BulkView? view;
    private bool looking;

    public void Dispose()
    {
        watch.Changed -= Follow;
        gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        watch.Changed += Follow;
        await watch.LookAsync(gone.Token);
        Follow();
    }

    private void Follow()
    {
        // The change's own page and the bar of the list show more of it.
        view = new Uri(navigation.Uri).AbsolutePath.StartsWith("/bulk/", StringComparison.OrdinalIgnoreCase) ? null : watch.Current;
        StateHasChanged();
        if (watch.Current is not null && !looking)
            _ = LookOnAsync();
    }

    /// <summary>Only while something goes on, so that an idle page asks nothing.</summary>
    private async Task LookOnAsync()
    {
        looking = true;
        try
        {
            using var timer = new PeriodicTimer(Rhythm, time);
            while (watch.Current is not null && await timer.WaitForNextTickAsync(gone.Token))
                await watch.LookAsync(gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            // Nobody awaits it: the page's error boundary gets it.
            await DispatchExceptionAsync(exception);
        }
        finally
        {
            looking = false;
        }
    }
}
