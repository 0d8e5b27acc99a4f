using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Web.Access;
using LeadDesk.Web.Meta;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Imports;

public sealed partial class ImportPage(
    ImportService imports, ImportQueries queries, CompanyDirectory companies, UserDirectory directory, CurrentUserAccessor users, ToastService toasts, NavigationManager navigation)
{
    private readonly Refresher refresher = new();
    private ImportView? view;
    private IReadOnlyList<ImportColumnView> columns = [];
    private IReadOnlyList<RevertLeft> left = [];
    private ImportLists lists = ImportLists.Empty;
    private ImportRules? draft;
    private string? problem;
    private bool gone;
    private bool busy;
    private ConfirmDialog confirm = null!;

    [Parameter] public long Id { get; set; }

    private ImportRules? Rules => draft ?? view?.Rules;

    private int Step => view?.State switch
    {
        ImportState.Checking => 1,
        ImportState.Ready or ImportState.Failed => draft is null ? 1 : 0,
        ImportState.Running => 2,
        _ => 3,
    };

    public void Dispose() => refresher.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await LoadAsync();
        refresher.Start(() => InvokeAsync(async () =>
        {
            if (view is not { IsBusy: true } || busy)
                return;
            await LoadAsync();
            StateHasChanged();
        }), DispatchExceptionAsync);
    }

    private async Task LoadAsync()
    {
        var user = await users.GetAsync();
        var found = await queries.GetAsync(user, Id, CancellationToken.None);
        gone = !found.Succeeded;
        var before = view;
        view = found.Value;
        if (view is null)
            return;
        left = view.NotRestored > 0 ? (await queries.LeftAsync(user, Id, CancellationToken.None)).Value ?? [] : [];
        if (view.State is not (ImportState.Ready or ImportState.Failed) || (columns.Count > 0 && before?.Version == view.Version))
            return;
        columns = (await queries.ColumnsAsync(user, Id, CancellationToken.None)).Value ?? [];
        var company = await companies.GetAsync(user.CompanyId, CancellationToken.None);
        var people = await directory.OfAsync(user.CompanyId);
        lists = new ImportLists(
            [.. company.Stages.Select(stage => stage.Name)], [.. people.All.Where(person => person is { Active: true, Role: not Role.Integration }).Select(person => person.Name)], [.. company.Fields.Select(field => (field.Key, field.Name))]);
    }

    private void Change(ImportRules rules)
    {
        draft = rules;
        problem = null;
    }

    private Task CheckAsync() => WorkAsync(async user =>
    {
        using var mapping = JsonDocument.Parse(ImportMappingJson.Write(draft!));
        var changed = await imports.ChangeAsync(user, Id, null, mapping.RootElement, CancellationToken.None);
        if (changed.Succeeded)
            draft = null;
        return changed.Refusal;
    });

    private Task ReadSheetAsync(FormatChoice choice) => WorkAsync(async user =>
    {
        draft = null;
        columns = [];
        return (await imports.ChangeAsync(user, Id, choice, null, CancellationToken.None)).Refusal;
    });

    private Task RunAsync() => WorkAsync(async user => (await imports.RunAsync(user, Id, CancellationToken.None)).Refusal);

    private Task CancelAsync() => WorkAsync(async user => (await imports.CancelAsync(user, Id, CancellationToken.None)).Refusal);

    private async Task RevertAsync()
    {
        if (await confirm.AskAsync(T["Take this import back?"], T["New leads disappear, changed ones get what they had before. Leads that somebody has worked on since go to the trash or keep what was changed."], T["Revert"]))
            await WorkAsync(async user => (await imports.RevertAsync(user, Id, CancellationToken.None)).Refusal);
    }

    private async Task DeleteAsync()
    {
        var deleted = await imports.DeleteAsync(await users.GetAsync(), Id, CancellationToken.None);
        if (deleted.Succeeded)
            navigation.NavigateTo("/imports");
        else
            problem = deleted.Refusal.Message;
    }

    private async Task SaveMappingAsync(string name)
    {
        var saved = await imports.SaveMappingAsync(await users.GetAsync(), Id, name, CancellationToken.None);
        toasts.ShowOutcome(saved, T, T["The mapping is saved. It is proposed for every file with these columns."]);
    }

    private async Task WorkAsync(Func<CurrentUser, Task<Refusal?>> work)
    {
        (busy, problem) = (true, null);
        try
        {
            problem = (await work(await users.GetAsync()))?.Message;
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}

/// <summary>What values of a file can be put for.</summary>
/// <param name="Fields">Key and name of the custom fields.</param>
public sealed record ImportLists(IReadOnlyList<string> Stages, IReadOnlyList<string> People, IReadOnlyList<(string Key, string Name)> Fields)
{
    public static ImportLists Empty { get; } = new([], [], []);
}
