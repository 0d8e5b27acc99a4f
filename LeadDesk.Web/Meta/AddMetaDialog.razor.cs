using LeadDesk.Intake.Meta;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Meta;

public sealed partial class AddMetaDialog(MetaConnectionService service, CurrentUserAccessor users)
{
    private string pageId = "";
    private string token = "";
    private FormErrors errors = FormErrors.None;
    private bool saving;
    private bool wasOpen;

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired] public EventCallback<MetaConnectionView> Added { get; set; }

    /// <summary>Each opening begins with an empty form.</summary>
    protected override void OnParametersSet()
    {
        if (Open && !wasOpen)
            (pageId, token, errors) = ("", "", FormErrors.None);
        wasOpen = Open;
    }

    private async Task AddAsync()
    {
        saving = true;
        try
        {
            var outcome = await service.CreateAsync(await users.GetAsync(), new MetaConnectionChange { PageId = pageId, AccessToken = token }, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "page_id", "access_token");
            if (!outcome.Succeeded)
                return;
            await OpenChanged.InvokeAsync(false);
            await Added.InvokeAsync(outcome.Value);
        }
        finally
        {
            saving = false;
        }
    }
}
