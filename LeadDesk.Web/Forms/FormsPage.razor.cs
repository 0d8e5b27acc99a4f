using LeadDesk.Intake.Forms;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Forms;

public sealed partial class FormsPage(FormSourceService service, FormSourceQueries queries, CurrentUserAccessor users, NavigationManager navigation, ToastService toasts)
{
    private const int PageLength = 100;

    private List<FormSourceView>? forms;
    private string? next;
    private bool adding;
    private string name = "";
    private FormErrors errors = FormErrors.None;
    private bool saving;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadMoreAsync() : Task.CompletedTask;

    private async Task LoadMoreAsync()
    {
        var page = await queries.ListAsync(await users.GetAsync(), next, PageLength, CancellationToken.None);
        forms ??= [];
        if (page.Refusal is { } refusal)
        {
            toasts.Show(T[refusal.Message], ToastTone.Error);
            return;
        }

        forms.AddRange(page.Value!.Items);
        next = page.Value.NextCursor;
    }

    private async Task AddAsync()
    {
        saving = true;
        try
        {
            var made = await service.CreateAsync(await users.GetAsync(), new FormSourceChange { Name = name }, CancellationToken.None);
            errors = new FormErrors(made.Refusal, "name");
            if (made.Succeeded)
                navigation.NavigateTo($"/settings/forms/{made.Value.Id}");
        }
        finally
        {
            saving = false;
        }
    }
}
