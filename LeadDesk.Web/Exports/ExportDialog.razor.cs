using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Exports;
using LeadDesk.Web.Access;
using LeadDesk.Web.Leads;
using LeadDesk.Web.Leads.Views;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Exports;

public sealed partial class ExportDialog(CompanyDirectory companies, UserDirectory directory, CurrentUserAccessor me)
{
    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);
    private IReadOnlyList<LeadExportColumn> all = [];
    private ExportFormat format = ExportFormat.Xlsx;
    private Which which;
    private bool open;

    private enum Which
    {
        Shown,
        Usual,
        Chosen,
    }

    /// <summary>Which leads; with none selected all that the list shows.</summary>
    [Parameter, EditorRequired] public LeadSelection Selection { get; set; } = null!;

    /// <summary>The list.</summary>
    [Parameter, EditorRequired] public LeadListAddress Address { get; set; } = null!;

    /// <summary>As the list shows them.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<LeadColumn> Columns { get; set; } = [];

    /// <summary>Leads that were chosen one by one are taken as they are, in the list's order.</summary>
    private bool OneByOne => Selection is { All: false, Count: > 0 };

    /// <summary>Null when the list's conditions cannot be read.</summary>
    private string? Query => OneByOne ? Address.ToApiOrder() : Address.ToApiQuery();

    private string Title => Selection.Count switch
    {
        0 => T["Export these leads"],
        1 => T["Export 1 lead"],
        var count => T["Export {0} leads", count.ToString("N0", CultureInfo.CurrentCulture)],
    };

    /// <summary>Columns of the file; none for the usual ones.</summary>
    private IEnumerable<string> Words => which switch
    {
        Which.Shown => ShownWords,
        Which.Chosen => all.Select(column => column.Header.Word).Where(chosen.Contains),
        _ => [],
    };

    private IEnumerable<string> ShownWords => Columns.Select(column => column.Word).Prepend(ListColumns.Name).Where(word => LeadExportColumns.Find(all, word) is not null);

    /// <summary>Opens it.</summary>
    public async Task AskAsync()
    {
        await Selection.Counting;
        var user = await me.GetAsync();
        all = LeadExportColumns.All(await companies.GetAsync(user.CompanyId, CancellationToken.None), await directory.OfAsync(user.CompanyId));
        chosen.Clear();
        chosen.UnionWith(ShownWords.Select(word => LeadExportColumns.Find(all, word)!.Header.Word));
        (open, which) = (true, Which.Shown);
        StateHasChanged();
    }

    private void Close() => open = false;

    private void Toggle(string word, bool wanted)
    {
        if (wanted)
            chosen.Add(word);
        else
            chosen.Remove(word);
    }
}
