using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Reports;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Dashboard;

public sealed partial class DashboardPage(DashboardFeed feed, DashboardQueries queries, CurrentUserAccessor users, FirstPaint paint) : IDisposable
{
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo language = CultureInfo.CurrentUICulture;
    private CurrentUser? user;
    private DashboardWatch? watch;
    private DashboardSnapshot? painted;
    private bool disposed;

    protected override async Task OnInitializedAsync()
    {
        user = await users.GetAsync();
        if (!RendererInfo.IsInteractive)
        {
            painted = await paint.ReadAsync(user, token => queries.ReadAsync(user, token));
            return;
        }

        painted = paint.Take<DashboardSnapshot>(user);
        if (!disposed)
            watch = feed.Watch(user, Changed);
    }

    /// <summary>What the HTML showed, until the feed has read.</summary>
    private DashboardSnapshot? Shown => watch?.Current ?? painted;

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
