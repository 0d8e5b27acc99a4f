namespace LeadDesk.Intake.Import.Running;

/// <summary>
/// In which row of the file an address stood first, for dry runs of files of any length: twelve bytes for each address instead of the
/// address. Two addresses meet by chance once in some ten thousand files of a million rows.
/// </summary>
internal sealed class FileKeys
{
    private ulong[] hashes = new ulong[1 << 12];
    private int[] rows = new int[1 << 12];
    private int count;

    /// <returns>The row it stood in first; null when it is new.</returns>
    public int? Find(string kind, string value) => rows[Slot(Hash(kind, value))] is > 0 and var row ? row : null;

    public void Add(string kind, string value, int row)
    {
        if (count * 3 > hashes.Length * 2)
            Grow();
        var hash = Hash(kind, value);
        var slot = Slot(hash);
        if (rows[slot] > 0)
            return;
        (hashes[slot], rows[slot]) = (hash, row);
        count++;
    }

    private int Slot(ulong hash)
    {
        var slot = (int)(hash & (ulong)(hashes.Length - 1));
        while (rows[slot] > 0 && hashes[slot] != hash)
            slot = (slot + 1) & (hashes.Length - 1);
        return slot;
    }

    private void Grow()
    {
        var (oldHashes, oldRows) = (hashes, rows);
        (hashes, rows) = (new ulong[oldHashes.Length * 2], new int[oldRows.Length * 2]);
        for (var i = 0; i < oldRows.Length; i++)
        {
            if (oldRows[i] <= 0)
                continue;
            var slot = Slot(oldHashes[i]);
            (hashes[slot], rows[slot]) = (oldHashes[i], oldRows[i]);
        }
    }

    /// <summary>FNV-1a, its bits mixed once more for the slots.</summary>
    private static ulong Hash(string kind, string value)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in kind)
            hash = (hash ^ c) * 1_099_511_628_211UL;
        foreach (var c in value)
            hash = (hash ^ c) * 1_099_511_628_211UL;
        hash ^= hash >> 32;
        return hash * 0x9E37_79B9_7F4A_7C15UL;
    }
}
