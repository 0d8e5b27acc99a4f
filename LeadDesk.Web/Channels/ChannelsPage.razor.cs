using LeadDesk.Intake.Conversations;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Channels;

public sealed partial class ChannelsPage(ChannelConnectionQueries queries, CurrentUserAccessor users, ToastService toasts)
{
    private IReadOnlyList<SourceState>? sources;

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        var found = await queries.OverviewAsync(await users.GetAsync(), CancellationToken.None);
        if (found.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        sources = found.Value ?? [];
    }

    private (string Words, string? Tone) StateOf(SourceState source)
    {
        if (source.NeedsHelp)
            return (T["Needs help"], "danger");
        if (source.LastEventAt is not null)
            return (T["Receiving"], "won");
        if (source.Count > 0 || source.Configured)
            return (T["Waiting for the first event"], "warm");
        return (T["Not set up"], null);
    }
}
