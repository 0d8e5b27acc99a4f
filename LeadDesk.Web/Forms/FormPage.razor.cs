using LeadDesk.Intake.Forms;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Forms;

public sealed partial class FormPage(FormSourceService service, FormSourceQueries queries, CurrentUserAccessor users, NavigationManager navigation, ToastService toasts)
{
    private FormSourceView? form;
    private bool gone;
    private ConfirmDialog confirm = null!;

    [Parameter] public long Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || form?.Id == Id)
            return;
        var found = await queries.GetAsync(await users.GetAsync(), Id, CancellationToken.None);
        (form, gone) = (found.Value, !found.Succeeded);
    }

    private async Task DeleteAsync()
    {
        if (!await confirm.AskAsync(T["Delete “{0}”?", form!.Name], T["What is sent to its address is refused from this moment. Its leads stay."], T["Delete form"]))
            return;
        var deleted = await service.DeleteAsync(await users.GetAsync(), Id, CancellationToken.None);
        if (deleted.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        else
            navigation.NavigateTo("/settings/forms");
    }
}
