namespace LeadDesk.Web.Ui;

/// <summary>
/// Ends with the component that holds it. Unlike that of a disposed source its token can still be asked for: a handler may be under way,
/// or an Undo may be pressed on the next page, when the component is gone.
/// </summary>
public sealed class Leaving : IDisposable
{
    private readonly CancellationTokenSource source = new();

    public Leaving() => Token = source.Token;

    public CancellationToken Token { get; }

    public bool IsCancellationRequested => Token.IsCancellationRequested;

    public void Dispose()
    {
        source.Cancel();
        source.Dispose();
    }
}
