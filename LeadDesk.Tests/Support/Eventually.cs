namespace LeadDesk.Tests.Support;

/// <summary>Waits for what other threads bring about. The deadline only ends a test that would fail.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static Task BecomesTrueAsync(Func<bool> condition) => BecomesTrueAsync(() => Task.FromResult(condition()));

    /// <param name="within">For what takes long by design, such as a claim that has to run out.</param>
    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Deadline);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
            await look.WaitForNextTickAsync(deadline.Token);
    }
}
