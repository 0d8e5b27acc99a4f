using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// The keys of all leads in one round, brought together. Keys are hashes, so their first bits divide them into parts of much
/// the same size, and several threads can gather, sort and compare without meeting. Keeps its memory from round to round.
/// </summary>
internal sealed class BlockEntries(ProfileStore leads, int threads)
{
    public const int Parts = 1 << PartBits;

    private const int PartBits = 6;

    private readonly List<ulong>[] gathered = [.. Enumerable.Range(0, threads).Select(_ => new List<ulong>())];
    private readonly int[] ends = new int[Parts];
    private ulong[] entries = [];

    /// <summary>Makes the entries of a round: key and number of each lead in one word, so that sorting brings the blocks together.</summary>
    public void Fill(BlockPass pass, ParallelOptions options)
    {
        Parallel.For(0, threads, options, thread => Gather(thread, pass, options.CancellationToken));
        var total = gathered.Sum(list => list.Count);
        if (entries.Length < total)
            entries = GC.AllocateUninitializedArray<ulong>(total);
        Scatter();
    }

    /// <summary>The entries of one part in the order of their keys, and of the leads within a key.</summary>
    public ReadOnlySpan<ulong> Sorted(int part)
    {
        var start = part is 0 ? 0 : ends[part - 1];
        var entriesOfPart = entries.AsSpan(start, ends[part] - start);
        entriesOfPart.Sort();
        return entriesOfPart;
    }

    /// <returns>Where the block ends that begins at <paramref name="start"/>.</returns>
    public static int EndOf(ReadOnlySpan<ulong> entries, int start)
    {
        var end = start + 1;
        while (end < entries.Length && entries[end] >> 32 == entries[start] >> 32)
            end++;
        return end;
    }

    private void Gather(int thread, BlockPass pass, CancellationToken cancellationToken)
    {
        var list = gathered[thread];
        list.Clear();
        Span<uint> keys = stackalloc uint[BlockingKeys.Most];
        var last = (int)((long)leads.Count * (thread + 1) / threads);
        for (var index = (int)((long)leads.Count * thread / threads); index < last; index++)
        {
            if (index % 10_000 is 0)
                cancellationToken.ThrowIfCancellationRequested();
            foreach (var key in keys[..BlockingKeys.Write(leads[index], pass, keys)])
                list.Add(((ulong)key << 32) | (uint)index);
        }
    }

    private void Scatter()
    {
        Span<int> next = stackalloc int[Parts];
        next.Clear();
        foreach (var list in gathered)
        {
            foreach (var entry in CollectionsMarshal.AsSpan(list))
                next[PartOf(entry)]++;
        }

        for (int part = 0, start = 0; part < Parts; part++)
        {
            ends[part] = start + next[part];
            next[part] = start;
            start = ends[part];
        }

        foreach (var list in gathered)
        {
            foreach (var entry in CollectionsMarshal.AsSpan(list))
                entries[next[PartOf(entry)]++] = entry;
        }
    }

    private static int PartOf(ulong entry) => (int)(entry >> (64 - PartBits));
}
