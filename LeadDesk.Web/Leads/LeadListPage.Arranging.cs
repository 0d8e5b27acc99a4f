using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Views;
using LeadDesk.Web.Leads.Views;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Leads;

/// <summary>Saved views and columns of the list.</summary>
public sealed partial class LeadListPage
{
    private IReadOnlyList<SavedView> views = [];
    private IReadOnlyList<LeadColumn> allColumns = [];
    private IReadOnlyList<LeadColumn> columns = [];
    private ColumnLayout own = ListColumns.Default;
    private ColumnLayout layout = ListColumns.Default;
    private SavedView? named;
    private bool arranging, naming, viewIsGone;

    private SavedView? Current => views.FirstOrDefault(view => view.Id == address.ViewId);

    private bool Changed => address.Differs || (Current?.Columns is { } kept && ColumnLayout.Read(kept) is { } saved && saved != layout);

    private string? QueryOf(long viewId) => views.FirstOrDefault(view => view.Id == viewId)?.Query;

    private LeadListAddress AddressIn(IReadOnlyList<SavedView> known) =>
        LeadListAddress.Parse(new Uri(navigation.Uri).Query, viewId => known.FirstOrDefault(view => view.Id == viewId)?.Query);

    /// <summary>The address as it is now, with what its view says.</summary>
    private void ReadAddress()
    {
        address = AddressIn(views);
        viewIsGone = address.ViewId is not null && address.ViewQuery is null;
        if (viewIsGone)
            address = address with { ViewId = null };
    }

    private static ColumnLayout LayoutOf(IReadOnlyList<SavedView> views, LeadListAddress address, ColumnLayout own) =>
        ColumnLayout.Read(views.FirstOrDefault(view => view.Id == address.ViewId)?.Columns) ?? own;

    /// <summary>The view's columns, or else one's own.</summary>
    private void ChooseColumns(CompanyRules company)
    {
        allColumns = ListColumns.All(company, T);
        layout = LayoutOf(views, address, own);
        columns = ListColumns.Shown(layout, allColumns);
    }

    /// <summary>Columns of a view are kept with the view, when somebody saves it; all others at once, for oneself.</summary>
    private async Task ArrangeAsync(Func<ColumnLayout, ColumnLayout> change)
    {
        var user = await me.GetAsync();
        var before = ListColumns.WantsOf(columns);
        layout = change(layout);
        columns = ListColumns.Shown(layout, allColumns);
        if (ListColumns.WantsOf(columns) is { } wants && wants != before)
            await window.WantAsync(user, wants, CancellationToken.None);
        if (Current?.Columns is not null)
            return;
        own = layout;
        var kept = await preferences.SetAsync(user, UserPreferences.LeadColumns, own == ListColumns.Default ? null : own.Write(), CancellationToken.None);
        if (!kept.Succeeded)
            toasts.Show(T[kept.Refusal.Message], ToastTone.Error);
    }

    private void AskName(SavedView? view) => (named, naming) = (view, true);

    private async Task ViewSavedAsync(SavedView saved)
    {
        views = await savedViews.ListAsync(await me.GetAsync(), CancellationToken.None);
        heard++;
        toasts.Show(T["View saved"]);
        if (named is null)
            navigation.NavigateTo($"{LeadListAddress.Path}?view={saved.Id}");
        else
            StateHasChanged();
    }

    private async Task KeepAsync(SavedView view)
    {
        var edit = new SavedViewEdit(view.Name, view.Shared, view.Pinned, address.ToQuery(), view.Columns is null ? null : layout.Write());
        var outcome = await savedViews.UpdateAsync(await me.GetAsync(), view.Id, edit, view.Version, CancellationToken.None);
        views = await savedViews.ListAsync(await me.GetAsync(), CancellationToken.None);
        if (!outcome.Succeeded)
        {
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
            return;
        }

        toasts.Show(T["View saved"]);
        address = LeadListAddress.Parse($"view={view.Id}", QueryOf);
        heard++;
        navigation.NavigateTo(address.Href, replace: true);
    }

    private async Task DeleteAsync(SavedView view)
    {
        var outcome = await savedViews.DeleteAsync(await me.GetAsync(), view.Id, CancellationToken.None);
        if (!outcome.Succeeded)
        {
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
            return;
        }

        toasts.Show(T["View “{0}” deleted", view.Name], undo: () => RestoreAsync(outcome.Value));
        navigation.NavigateTo(LeadListAddress.Path);
    }

    private async Task RestoreAsync(SavedView view)
    {
        var outcome = await savedViews.RestoreAsync(await me.GetAsync(), view, CancellationToken.None);
        if (outcome.Succeeded)
            navigation.NavigateTo($"{LeadListAddress.Path}?view={outcome.Value.Id}");
        else
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
    }

    /// <summary>To the front (-1) or the back (1) of one's own order.</summary>
    private async Task MoveViewAsync((SavedView View, int Step) wanted)
    {
        var user = await me.GetAsync();
        var others = views.Where(view => view.Id != wanted.View.Id).Select(view => view.Id);
        long[] order = wanted.Step < 0 ? [wanted.View.Id, .. others] : [.. others, wanted.View.Id];
        await preferences.SetAsync(user, UserPreferences.ViewOrder, JsonSerializer.Serialize(order), CancellationToken.None);
        views = await savedViews.ListAsync(user, CancellationToken.None);
    }
}
