using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Two leads at or above the threshold; the older one first.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FoundPair(long LeadId, long OtherLeadId, MatchScore Score);

/// <summary>
/// Finds the likely duplicates among all leads of a company. Leads meet in blocks that share a key; a block that is too
/// large is divided by the other keys of its leads, and again, and what is still too large is compared only with its
/// neighbours in order of arrival. So the work grows with the leads, not with their square.
/// </summary>
/// <param name="threshold">0 to 100.</param>
/// <param name="threads">How many may compare at the same time.</param>
internal sealed class DuplicateScanner(ProfileStore leads, ValueRarity rarity, int threshold, int threads)
{
    /// <summary>A lead that is like so many others is no person but a habit of the sender; more pairs would only bury the list.</summary>
    public const int MostPairsOfOneLead = 20;

    private const int Divisions = 2;
    private const int UsualKeys = 8;
    private const int RememberedBlocks = 1 << 20;

    /// <summary>How many pairs one round may cost in the worst case, shared among the leads.</summary>
    private const int Budget = 16_000_000;

    /// <summary>Larger blocks are divided; few leads can afford larger ones, which find more.</summary>
    private readonly int largestBlock = Math.Clamp(Budget / Math.Max(1, leads.Count), 16, 50);

    /// <summary>Keys of a pair are the leads' places in the store, the older lead's first.</summary>
    private readonly ConcurrentDictionary<(int, int), byte> known = new(threads, 1024);

    /// <summary>Written by several threads without a lock: a count lost now and then lets one pair more through.</summary>
    private readonly byte[] found = new byte[leads.Count];

    /// <summary>
    /// Blocks that were compared lately, by a hash of their members: keys that go together (a street and its postcode, the words of one
    /// name) bring the same leads together again and again. Newer blocks push older ones out.
    /// </summary>
    private readonly ulong[] remembered = new ulong[RememberedBlocks];

    private readonly ConcurrentQueue<FoundPair> pairs = new();
    private readonly BlockEntries entries = new(leads, threads);
    private readonly float needed = LeadMatcher.BitsFor(threshold, rarity);
    private long compared;

    /// <summary>How many pairs were compared so far.</summary>
    public long Compared => Interlocked.Read(ref compared);

    /// <returns>The pairs that no round before has found.</returns>
    public IReadOnlyList<FoundPair> Run(BlockPass pass, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        entries.Fill(pass, options);
        Parallel.For(0, BlockEntries.Parts, options, part => Interlocked.Add(ref compared, CompareBlocks(entries.Sorted(part), 0, int.MaxValue, cancellationToken)));
        var fresh = pairs.ToArray();
        pairs.Clear();
        return fresh;
    }

    /// <param name="sorted">The entries of many blocks.</param>
    /// <param name="largest">Blocks of this size and more are left out.</param>
    private long CompareBlocks(ReadOnlySpan<ulong> sorted, int division, int largest, CancellationToken cancellationToken)
    {
        var count = 0L;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = BlockEntries.EndOf(sorted, start);
            if (end - start is 1 || end - start >= largest)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            count += Compare(sorted[start..end], division, cancellationToken);
        }

        return count;
    }

    /// <param name="block">Entries with one key.</param>
    /// <param name="division">How often it was divided already.</param>
    /// <returns>How many pairs were compared.</returns>
    private long Compare(ReadOnlySpan<ulong> block, int division, CancellationToken cancellationToken)
    {
        if (block.Length > 2 && IsRemembered(block, division))
            return 0;
        if (block.Length > largestBlock && division < Divisions)
            return Divide(block, division + 1, cancellationToken) + CompareNeighbours(block);
        return CompareNeighbours(block);
    }

    /// <summary>All pairs of a small block; of a large one those that arrived near each other.</summary>
    private long CompareNeighbours(ReadOnlySpan<ulong> block)
    {
        var reach = block.Length > largestBlock ? largestBlock / 4 : block.Length;
        var members = ArrayPool<BlockMember>.Shared.Rent(block.Length);
        for (var i = 0; i < block.Length; i++)
        {
            var lead = (int)(block[i] & uint.MaxValue);
            members[i] = new BlockMember(lead, leads[lead]);
        }

        var count = 0L;
        for (var i = 0; i < block.Length; i++)
        {
            var last = Math.Min(block.Length - 1, i + reach);
            for (var j = i + 1; j <= last; j++)
            {
                if (members[i].MostBits(members[j]) >= needed)
                    Compare(members[i], members[j]);
            }

            count += last - i;
        }

        ArrayPool<BlockMember>.Shared.Return(members);
        return count;
    }

    private long Divide(ReadOnlySpan<ulong> block, int division, CancellationToken cancellationToken)
    {
        var own = (uint)(block[0] >> 32);
        var parts = ArrayPool<ulong>.Shared.Rent((block.Length * UsualKeys) + BlockingKeys.Most);
        var count = 0;
        Span<uint> keys = stackalloc uint[BlockingKeys.Most];
        foreach (var entry in block)
        {
            if (count + BlockingKeys.Most > parts.Length)
                parts = Larger(parts);
            var index = entry & uint.MaxValue;
            foreach (var key in keys[..BlockingKeys.WriteAll(leads[(int)index], keys)])
            {
                if (key != own)
                    parts[count++] = ((ulong)key << 32) | index;
            }
        }

        parts.AsSpan(0, count).Sort();
        // A key that all of the block share divides nothing.
        var done = CompareBlocks(parts.AsSpan(0, count), division, block.Length, cancellationToken);
        ArrayPool<ulong>.Shared.Return(parts);
        return done;
    }

    private static ulong[] Larger(ulong[] parts)
    {
        var larger = ArrayPool<ulong>.Shared.Rent(parts.Length * 2);
        parts.CopyTo(larger, 0);
        ArrayPool<ulong>.Shared.Return(parts);
        return larger;
    }

    private bool IsRemembered(ReadOnlySpan<ulong> block, int division)
    {
        var members = block.Length > largestBlock ? (ulong)division + 1 : 0;
        foreach (var entry in block)
        {
            var mixed = ((entry & uint.MaxValue) + 1) * 0x9E3779B97F4A7C15UL;
            members += (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9UL;
        }

        ref var place = ref remembered[members >> 44];
        if (place == members)
            return true;
        place = members;
        return false;
    }

    private void Compare(in BlockMember mine, in BlockMember theirs)
    {
        var (one, other) = (mine.Lead, theirs.Lead);
        if (one == other || found[one] >= MostPairsOfOneLead || found[other] >= MostPairsOfOneLead)
            return;
        var (first, second) = leads.IdOf(one) < leads.IdOf(other) ? (one, other) : (other, one);
        if (found[one] > 0 && found[other] > 0 && known.ContainsKey((first, second)))
            return;
        if (!LeadMatcher.Reaches(mine.Parts(leads[one]), theirs.Parts(leads[other]), rarity, needed, out var score) || score.Score < threshold || !known.TryAdd((first, second), 0))
            return;
        found[one]++;
        found[other]++;
        pairs.Enqueue(new FoundPair(leads.IdOf(first), leads.IdOf(second), score));
    }
}
