using System.Collections.Concurrent;

namespace LeadDesk.Common;

/// <summary>
/// Remembers answers of the database for a few seconds, so that what another node changed is noticed within that time.
/// One load per key at a time: callers that come meanwhile wait for it. Failed loads are not remembered.
/// </summary>
/// <param name="freshFor">Counted from before the load began.</param>
/// <param name="capacity">When reached, stale entries go, and all of them if that is not enough.</param>
internal sealed class ShortLivedCache<TKey, TValue>(TimeSpan freshFor, int capacity, TimeProvider time, Func<TKey, Task<TValue>> load)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();

    public ValueTask<TValue> GetAsync(TKey key)
    {
        if (!entries.TryGetValue(key, out var entry) || time.GetElapsedTime(entry.Since) >= freshFor)
            return new ValueTask<TValue>(LoadAsync(key, entry));
        var value = entry.Value.Value;
        return value.IsCompletedSuccessfully ? new ValueTask<TValue>(value.Result) : new ValueTask<TValue>(value);
    }

    /// <summary>The next caller loads anew, also when a load is under way now.</summary>
    public void Forget(TKey key) => entries.TryRemove(key, out _);

    private async Task<TValue> LoadAsync(TKey key, Entry? stale)
    {
        if (stale is null)
            MakeRoom();
        var entry = new Entry(time.GetTimestamp(), new Lazy<Task<TValue>>(() => load(key)));
        if (stale is null)
            entry = entries.GetOrAdd(key, entry);
        else if (!entries.TryUpdate(key, entry, stale))
            entry = entries.GetOrAdd(key, entry);
        try
        {
            return await entry.Value.Value;
        }
        catch
        {
            entries.TryRemove(new KeyValuePair<TKey, Entry>(key, entry));
            throw;
        }
    }

    private void MakeRoom()
    {
        if (entries.Count < capacity)
            return;
        foreach (var pair in entries)
        {
            if (time.GetElapsedTime(pair.Value.Since) >= freshFor)
                entries.TryRemove(pair);
        }

        if (entries.Count >= capacity)
            entries.Clear();
    }

    private sealed class Entry(long since, Lazy<Task<TValue>> value)
    {
        public long Since => since;

        public Lazy<Task<TValue>> Value => value;
    }
}
