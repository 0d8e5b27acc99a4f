using LeadDesk.Common;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Web.Access;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Channels;

public sealed partial class ChannelPage : ComponentBase
{
    private ChannelView? view;
    private bool loaded;
    private ConfirmDialog confirm = null!;

    [Inject] private ChannelConnectionService Service { get; set; } = null!;

    [Inject] private ChannelConnectionQueries Queries { get; set; } = null!;

    [Inject] private CurrentUserAccessor Users { get; set; } = null!;

    [Inject] private ToastService Toasts { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private LeadDeskOptions Options { get; set; } = null!;

    /// <summary>whatsapp, instagram or messenger.</summary>
    [Parameter] public string Channel { get; set; } = "";

    private string Name => ChannelWords.NameOf(Channel, T);

    private string Address => PublicAddress.Of(Options, Navigation, $"/{ChannelWords.WebhookOf(Channel)}");

    protected override async Task OnParametersSetAsync()
    {
        if (Channel is not (InboundSources.WhatsApp or InboundSources.Instagram or InboundSources.Messenger))
            Navigation.NotFound();
        else if (RendererInfo.IsInteractive)
            await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var found = await Queries.GetAsync(await Users.GetAsync(), Channel, CancellationToken.None);
        (view, loaded) = (found.Value?.SingleOrDefault(), true);
        Show(found.Refusal);
    }

    private async Task BeginAsync()
    {
        Show((await Service.BeginAsync(await Users.GetAsync(), Channel, CancellationToken.None)).Refusal);
        await LoadAsync();
    }

    private async Task RenewAsync()
    {
        if (!await confirm.AskAsync(T["Make a new verify token?"], T["Meta asks for it only when the address is saved there. What is connected goes on; the old token stops answering."], T["Make a new one"]))
            return;
        Show((await Service.RenewVerifyTokenAsync(await Users.GetAsync(), Channel, CancellationToken.None)).Refusal);
        await LoadAsync();
    }

    private async Task RemoveAsync()
    {
        if (!await confirm.AskAsync(T["Remove {0}?", Name], T["Its secrets are forgotten and nothing comes in any more. Leads and conversations stay."], T["Remove"]))
            return;
        Show((await Service.RemoveAsync(await Users.GetAsync(), Channel, CancellationToken.None)).Refusal);
        await LoadAsync();
    }

    private void Show(Refusal? refusal)
    {
        if (refusal is not null)
            Toasts.Show(T[refusal.Message], ToastTone.Error);
    }
}
