using LeadDesk.Sharing;
using LeadDesk.Web.Access;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Sharing;

public sealed partial class ShareCard(ShareService service, CurrentUserAccessor me, NavigationManager navigation, ToastService toasts)
{
    private const int UsualDays = 7;

    private IReadOnlyList<ShareView>? shares;
    private (long LeadId, int Version) shown;
    private bool open;
    private int days = UsualDays;
    private bool withContact;
    private string? address;

    [Parameter, EditorRequired] public long LeadId { get; set; }

    /// <summary>The lead's; the addresses are read again when it changes.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (LeadId, Version))
            return;
        shown = (LeadId, Version);
        shares = await service.ListAsync(await me.GetAsync(), LeadId, CancellationToken.None);
    }

    private void Open() => (open, address, days, withContact) = (true, null, UsualDays, false);

    private async Task CreateAsync()
    {
        var made = await service.CreateAsync(await me.GetAsync(), LeadId, days, withContact, CancellationToken.None);
        if (made.Succeeded)
            address = Options.Of(navigation, SharePage.PathOf(made.Value.Token));
        else
            toasts.Show(T[made.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }

    private async Task RevokeAsync(ShareView share)
    {
        var outcome = await service.RevokeAsync(await me.GetAsync(), LeadId, share.Id, CancellationToken.None);
        if (outcome.Succeeded)
            toasts.Show(T["The address does not work any more."]);
        else
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }
}
