using System.Numerics;

namespace LeadDesk.Leads;

/// <summary>Very many ids of leads, a bit for each: a hundred thousand among a million take an eighth of a megabyte, and asking for one takes a nanosecond.</summary>
internal sealed class LeadIds
{
    private const int BitsOfPage = 16;
    private const int WordsOfPage = (1 << BitsOfPage) / 64;

    /// <summary>By the id's higher bits; null where there are none.</summary>
    private ulong[]?[] pages = [];

    public LeadIds(IEnumerable<long> ids)
    {
        foreach (var id in ids)
            Add(id);
    }

    public int Count { get; private set; }

    /// <summary>The newest first, as ids are given in order of arrival.</summary>
    public IEnumerable<long> Descending
    {
        get
        {
            for (var page = pages.Length - 1; page >= 0; page--)
            {
                for (var word = WordsOfPage - 1; word >= 0 && pages[page] is { } words; word--)
                {
                    for (var bits = words[word]; bits is not 0;)
                    {
                        var bit = 63 - BitOperations.LeadingZeroCount(bits);
                        bits &= ~(1UL << bit);
                        yield return ((long)page << BitsOfPage) + (word * 64) + bit;
                    }
                }
            }
        }
    }

    public bool Contains(long id)
    {
        var page = id >> BitsOfPage;
        return page < pages.Length && pages[page] is { } words && (words[WordOf(id)] & BitOf(id)) is not 0;
    }

    private static int WordOf(long id) => (int)(id >> 6) & (WordsOfPage - 1);

    private static ulong BitOf(long id) => 1UL << (int)(id & 63);

    private void Add(long id)
    {
        var page = checked((int)(id >> BitsOfPage));
        if (page >= pages.Length)
            Array.Resize(ref pages, Math.Max(page + 1, pages.Length * 2));
        ref var word = ref (pages[page] ??= new ulong[WordsOfPage])[WordOf(id)];
        if ((word & BitOf(id)) is not 0)
            return;
        word |= BitOf(id);
        Count++;
    }
}
