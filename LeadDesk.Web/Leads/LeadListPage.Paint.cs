using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;
using LeadDesk.Web.Leads.Views;

namespace LeadDesk.Web.Leads;

/// <content>What the list shows before its circuit has started.</content>
public sealed partial class LeadListPage
{
    private Dictionary<string, LeadCount> counts = [];

    /// <summary>Only what is known without counting: the rest follows in the circuit.</summary>
    private async Task<ListPaint> ReadPaintAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var (shared, kept) = (await savedViews.ListAsync(user, cancellationToken), await preferences.GetAsync(user, UserPreferences.LeadColumns, cancellationToken));
        var (scope, here) = (await ScopeAsync(user, cancellationToken), AddressIn(shared));
        var shown = ListColumns.Shown(LayoutOf(shared, here, ColumnLayout.Read(kept) ?? ListColumns.Default), ListColumns.All(scope.Company, T));
        var beginning = await window.BeginningAsync(user, here.ToFilter(scope), ListColumns.WantsOf(shown), cancellationToken);
        var totals = new Dictionary<string, LeadCount>(StringComparer.Ordinal);
        foreach (var (_, tab) in LeadViewTabs.Shown(here, shared, user, T).Append(("", here)))
        {
            if (!totals.ContainsKey(tab.Href) && await queries.TotalAsync(user, tab.ToFilter(scope), cancellationToken) is { } total)
                totals[tab.Href] = new LeadCount(total, More: false);
        }

        return new ListPaint(shared, kept, await queries.ChannelsAsync(user, cancellationToken), beginning, totals);
    }

    private async Task ShowPaintAsync(CurrentUser user, ListPaint painted)
    {
        (views, counts) = (painted.Views, painted.Counts);
        own = ColumnLayout.Read(painted.Columns) ?? ListColumns.Default;
        ReadAddress();
        var scope = await ScopeAsync(user, CancellationToken.None);
        ChooseColumns(scope.Company);
        Show(scope, painted.Channels, painted.Beginning);
        if (!window.HasMore)
            count = new LeadCount(window.Count, More: false);
        else if (counts.TryGetValue(address.Href, out var total))
            count = total;
    }

    /// <param name="Columns">The person's own, as they are kept.</param>
    /// <param name="Counts">How many leads some addresses show.</param>
    private sealed record ListPaint(IReadOnlyList<SavedView> Views, string? Columns, IReadOnlyList<string> Channels, LeadBeginning Beginning, Dictionary<string, LeadCount> Counts);
}
