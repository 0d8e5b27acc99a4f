using LeadDesk.Data;

namespace LeadDesk.Web.Meta;

/// <summary>Reads again every two seconds while a page is open: for progress that comes from jobs on any node.</summary>
internal sealed class Refresher : IDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);
    private readonly PeriodicTimer timer = new(Rhythm);
    private Task? loop;

    /// <param name="refresh">Runs on the page's own dispatcher.</param>
    /// <param name="fail">Takes what went wrong to the page's error handling.</param>
    public void Start(Func<Task> refresh, Func<Exception, Task> fail) => loop ??= RunAsync(refresh, fail);

    public void Dispose() => timer.Dispose();

    private async Task RunAsync(Func<Task> refresh, Func<Exception, Task> fail)
    {
        try
        {
            while (await timer.WaitForNextTickAsync())
                await RefreshOnceAsync(refresh);
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the session has ended.
        }
        catch (Exception exception)
        {
            await fail(exception);
        }
    }

    /// <summary>A database that is busy for a moment is asked again at the next tick; what is on the page stays.</summary>
    private static async Task RefreshOnceAsync(Func<Task> refresh)
    {
        try
        {
            await refresh();
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            // The next tick asks again.
        }
    }
}
