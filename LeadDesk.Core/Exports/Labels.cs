using System.Text;

namespace LeadDesk.Exports;

/// <summary>What numbers are called in a file, each asked for once and kept as its bytes. Not thread-safe.</summary>
/// <param name="name">Null for what has none.</param>
internal sealed class Labels(Func<long, string?> name)
{
    private readonly Dictionary<long, ReadOnlyMemory<byte>> known = [];
    private readonly List<long> several = [];

    public ExportCell Cell(long? id) => id is { } some ? ExportCell.Of(Text(some)) : ExportCell.Empty;

    /// <summary>With semicolons between.</summary>
    public ExportCell Cell(SideValues<long>.OfRow ids)
    {
        several.Clear();
        foreach (var id in ids)
            several.Add(id);
        return several.Count switch
        {
            0 => ExportCell.Empty,
            1 => ExportCell.Of(Text(several[0])),
            _ => ExportCell.Of(string.Join("; ", several.Select(id => name(id)))),
        };
    }

    private ReadOnlyMemory<byte> Text(long id)
    {
        if (!known.TryGetValue(id, out var text))
            known[id] = text = Encoding.UTF8.GetBytes(name(id) ?? "");
        return text;
    }
}
