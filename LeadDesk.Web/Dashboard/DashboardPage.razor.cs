using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Reports;
using LeadDesk.Web.Access;

namespace LeadDesk.Web.Dashboard;

public sealed partial class DashboardPage(DashboardFeed feed, CurrentUserAccessor users) : IDisposable
{
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;
    private CurrentUser? user;
    private DashboardWatch? watch;
    private bool disposed;

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        user = await users.GetAsync();
        if (!disposed)
            watch = feed.Watch(user, Changed);
    }

    public void Dispose()
    {
        disposed = true;
        watch?.Dispose();
    }

    private static string? WonStage(DashboardSnapshot snapshot) => snapshot.Funnel.FirstOrDefault(stage => stage.Outcome is LeadOutcome.Won)?.Name;

    private void Changed() => _ = InvokeAsync(() =>
    {
        // Called on the pool, whose threads do not know the reader's language.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        StateHasChanged();
    });
}
