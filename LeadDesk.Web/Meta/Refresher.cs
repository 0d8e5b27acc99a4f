namespace LeadDesk.Web.Meta;

/// <summary>Reads again every two seconds while a page is open: for progress that comes from jobs on any node.</summary>
internal sealed class Refresher : IDisposable
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(2);
    private readonly PeriodicTimer timer = new(Rhythm);
    private Task? loop;

    /// <param name="refresh">Runs on the page's own dispatcher. When it fails, the next one tries again.</param>
    public void Start(Func<Task> refresh) => loop ??= RunAsync(refresh);

    public void Dispose() => timer.Dispose();

    private async Task RunAsync(Func<Task> refresh)
    {
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                await refresh();
            }
            catch (ObjectDisposedException)
            {
                // The page was closed in this moment.
                return;
            }
        }
    }
}
