using System.IO.Compression;
using System.Text.Json;
using LeadDesk.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.Web.Ui;

/// <summary>
/// What a page read for its HTML, handed to the circuit that takes the page over, so that both draw the same and nothing flashes in
/// between. It goes through the browser, closed with the installation's keys by the framework, and counts for the same person at the
/// same address only. It is as old as the HTML: whoever takes it follows the live feed first and reads again then.
/// </summary>
public sealed class FirstPaint(PersistentComponentState state, NavigationManager navigation, TimeProvider time) : IDisposable
{
    /// <summary>HTML waits for what is to be shown no longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <summary>Bytes, packed. With the page's own messages it must stay below the longest that the hub takes.</summary>
    private const int Most = 48 * 1024;

    private const string Key = "first-paint";

    private static readonly JsonSerializerOptions Json = new() { IgnoreReadOnlyProperties = true };

    private PersistingComponentStateSubscription? persisting;

    /// <summary>While the HTML is made: reads what it shows.</summary>
    /// <param name="read">Runs on the pool and is left alone when it takes too long, so it must not touch the page.</param>
    /// <returns>Null when it takes too long: the page says that it is loading, and the circuit reads.</returns>
    public async Task<T?> ReadAsync<T>(CurrentUser user, Func<CancellationToken, Task<T>> read)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            // SQLite answers on the thread that asks and looks at no token meanwhile.
            var value = await Task.Run(() => read(patience.Token), patience.Token).WaitAsync(patience.Token);
            persisting = state.RegisterOnPersisting(() => KeepAsync(user, value), RenderMode.InteractiveServer);
            return value;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>In the circuit: what the HTML of this page showed.</summary>
    /// <returns>Null when it showed nothing, or to somebody else, or has been taken.</returns>
    public T? Take<T>(CurrentUser user)
        where T : class
    {
        if (!state.TryTakeFromJson<byte[]>(Key, out var packed) || packed is null)
            return null;
        using var unpacking = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var painted = JsonSerializer.Deserialize<Painted<T>>(unpacking, Json);
        return painted is not null && painted.CompanyId == user.CompanyId && painted.UserId == user.UserId && painted.Address == Address ? painted.Value : null;
    }

    public void Dispose() => persisting?.Dispose();

    /// <summary>Browsers and servers escape different letters.</summary>
    private string Address => Uri.UnescapeDataString(navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]);

    private Task KeepAsync<T>(CurrentUser user, T value)
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(packing, new Painted<T>(user.CompanyId, user.UserId, Address, value), Json);
        if (packed.Length <= Most)
            state.PersistAsJson(Key, packed.ToArray());
        return Task.CompletedTask;
    }

    private sealed record Painted<T>(long CompanyId, long UserId, string Address, T Value);
}
