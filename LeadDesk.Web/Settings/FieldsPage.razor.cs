using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Settings;

public sealed partial class FieldsPage(CustomFieldService service, CurrentUserAccessor users, ToastService toasts)
{
    private IReadOnlyList<CustomFieldView>? fields;
    private EditedField? edited;
    private ConfirmDialog confirm = null!;

    private IReadOnlyList<CustomFieldView> InUse => [.. fields!.Where(row => !row.Archived)];

    private IReadOnlyList<CustomFieldView> Archived => [.. fields!.Where(row => row.Archived)];

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private static string OptionsOf(CustomFieldView field) => string.Join(", ", field.Options.Where(option => !option.Archived).Select(option => option.Name));

    private async Task LoadAsync() => fields = await service.ListAsync(await users.GetAsync(), archivedToo: true, CancellationToken.None);

    private async Task SavedAsync(string name)
    {
        edited = null;
        toasts.Show(T["{0} is saved.", name]);
        await LoadAsync();
    }

    private async Task OrderAsync(IReadOnlyList<long> ids)
    {
        if ((await service.OrderAsync(await users.GetAsync(), ids, CancellationToken.None)).Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        await LoadAsync();
    }

    private async Task ArchiveAsync(CustomFieldView field)
    {
        var outcome = await service.ChangeAsync(await users.GetAsync(), field.Id, new CustomFieldChange { Archived = !field.Archived }, CancellationToken.None);
        if (outcome.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        else
            toasts.Show(outcome.Value!.Archived ? T["{0} is archived. Its values are kept.", field.Name] : T["{0} is in use again.", field.Name], ToastTone.Success, () => ArchiveAsync(outcome.Value));
        await LoadAsync();
        await InvokeAsync(StateHasChanged);
    }

    private async Task DeleteAsync(CustomFieldView field)
    {
        var user = await users.GetAsync();
        var count = await service.CountAsync(user, field.Id, CancellationToken.None);
        if (count.Refusal is null
            && !await confirm.AskAsync(T["Delete {0}?", field.Name], T["{0} leads have a value of it. All of them are deleted with the field and cannot be brought back. Archive it to keep them.", count.Value], T["Delete field"]))
        {
            return;
        }

        var outcome = await service.DeleteAsync(user, field.Id, CancellationToken.None);
        toasts.Show(outcome.Refusal is { } refusal ? T[refusal.Message] : T["{0} is deleted.", field.Name], outcome.Succeeded ? ToastTone.Success : ToastTone.Error);
        await LoadAsync();
    }
}
