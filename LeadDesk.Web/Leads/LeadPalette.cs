using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;
using LeadDesk.Scoring;
using LeadDesk.Web.Access;
using LeadDesk.Web.Shell;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Leads;

/// <summary>Finds leads by name, phone, e-mail or what they wrote, and saved views by name.</summary>
internal sealed class LeadPalette(LeadQueries queries, SavedViewService views, CurrentUserAccessor me, IStringLocalizer<Texts> texts) : IPaletteSource
{
    private const int Most = 8;
    private const int MostViews = 2;

    public IEnumerable<PaletteItem> Actions(CurrentUser user)
    {
        yield return new(texts["New lead"], $"{LeadListAddress.Path}?{LeadListPage.Doing}={LeadListPage.Adding}", "plus", texts["Action"]);
        yield return new(texts["Select all leads"], $"{LeadListAddress.Path}?{LeadListPage.Doing}={LeadListPage.SelectingAll}", "check", texts["Action"]);
        if (user.Can(Permission.ImportLeads))
            yield return new(texts["Import leads"], "/imports", "table", texts["Action"]);
        if (user.Can(Permission.ExportLeads))
            yield return new(texts["Export leads"], $"{LeadListAddress.Path}?{LeadListPage.Doing}={LeadListPage.Exporting}", "download", texts["Action"]);
    }

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellation)
    {
        if (await me.FindAsync() is not { } user)
            return [];
        var found = await queries.ListAsync(user, new LeadFilter { Search = text }, null, Most, cancellation);
        var named = (await views.ListAsync(user, cancellation)).Where(view => view.Name.Contains(text, StringComparison.CurrentCultureIgnoreCase)).Take(MostViews);
        return [.. named.Select(Item), .. found.Succeeded ? found.Value.Items.Select(Item) : []];
    }

    private PaletteItem Item(SavedView view) => new(view.Name, $"{LeadListAddress.Path}?view={view.Id}", "filter", texts["View"]);

    private static PaletteItem Item(LeadRow row) =>
        new(row.DisplayName, $"/leads/{row.Id}", "user", $"{row.Phone ?? row.Email ?? row.Organisation} {row.Grade.ToWord()} {row.Score}".Trim());
}
