using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LeadDesk.Web.Ui;

/// <summary>Whether the browser of this page can be reached: a page outlives a lost connection for a while and is not looked at meanwhile.</summary>
public sealed class PageConnection : CircuitHandler
{
    /// <summary>Told on the page's own dispatcher: true when the connection is back, false when it is lost.</summary>
    public Action<bool>? Changed { get; set; }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Changed?.Invoke(true);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Changed?.Invoke(false);
        return Task.CompletedTask;
    }
}
