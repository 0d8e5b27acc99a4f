using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

/// <summary>Says that this page has the lead open, and shows who has it open too.</summary>
public sealed partial class LeadViewers(LeadPresence presence, CurrentUserAccessor me, PageConnection connection) : IDisposable
{
    /// <summary>More faces would push the name away.</summary>
    private const int Most = 4;

    private readonly ReaderCulture culture = new();
    private IReadOnlyList<string> others = [];
    private IDisposable? here;
    private bool entering;
    private bool left;

    [Parameter, EditorRequired] public long LeadId { get; set; }

    [Parameter, EditorRequired] public CompanyUsers People { get; set; } = null!;

    public void Dispose()
    {
        left = true;
        connection.Changed -= Connected;
        here?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        connection.Changed += Connected;
        await EnterAsync();
    }

    private async Task EnterAsync()
    {
        if (entering || here is not null || await me.FindAsync() is not { } user)
            return;
        entering = true;
        var entered = await presence.EnterAsync(user, LeadId, () => _ = InvokeAsync(ShowAsync), CancellationToken.None);
        entering = false;
        if (left)
            entered?.Dispose();
        else
            here = entered;
        await ShowAsync();
    }

    private async Task ShowAsync()
    {
        culture.Enter();
        if (left || await me.FindAsync() is not { } user)
            return;
        others = [.. presence.Others(user, LeadId).Select(id => People.Find(id)?.Name).OfType<string>()];
        StateHasChanged();
    }

    private void Connected(bool reachable)
    {
        if (reachable)
        {
            _ = InvokeAsync(EnterAsync);
            return;
        }

        here?.Dispose();
        here = null;
    }
}
