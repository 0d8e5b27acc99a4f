namespace LeadDesk.Leads.Duplicates;

/// <summary>The profiles of a company's leads while it is scanned: about 150 bytes each, in large pieces that the collector leaves alone.</summary>
internal sealed class ProfileStore
{
    private const int PieceLength = 1 << 20;

    private readonly List<char[]> pieces = [];
    private long[] ids = new long[1024];
    private (int Piece, int Start, int Length)[] places = new (int, int, int)[1024];
    private int used = PieceLength + 1;

    public int Count { get; private set; }

    public Profile this[int index]
    {
        get
        {
            var (piece, start, length) = places[index];
            return new Profile(pieces[piece].AsSpan(start, length));
        }
    }

    public long IdOf(int index) => ids[index];

    public void Add(long id, Profile profile)
    {
        var packed = profile.Packed;
        if (used > PieceLength - packed.Length)
        {
            pieces.Add(GC.AllocateUninitializedArray<char>(PieceLength));
            used = 0;
        }

        if (Count == ids.Length)
        {
            Array.Resize(ref ids, Count * 2);
            Array.Resize(ref places, Count * 2);
        }

        packed.CopyTo(pieces[^1].AsSpan(used));
        ids[Count] = id;
        places[Count++] = (pieces.Count - 1, used, packed.Length);
        used += packed.Length;
    }
}
