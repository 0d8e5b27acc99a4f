using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadDesk.Exports;

/// <summary>
/// Some leads on their way into a file: the values of the columns that are asked for, texts in UTF-8, without an object for each.
/// Filled by one thread, then written by another, then filled again.
/// </summary>
/// <param name="width">Stored values of each lead.</param>
/// <param name="most">Leads at once.</param>
internal sealed class ExportedLeads(int width, int most) : IDisposable
{
    /// <summary>Bytes of text after which no further lead is read.</summary>
    private const int MostText = 4 * 1024 * 1024;

    private readonly long[] values = ArrayPool<long>.Shared.Rent(width * most);

    /// <summary>A text's length in bytes; else whether there is a value.</summary>
    private readonly int[] lengths = ArrayPool<int>.Shared.Rent(width * most);
    private readonly List<long> ids = new(most);
    private readonly ArrayBufferWriter<byte> text = new(512 * 1024);
    private ReadOnlyMemory<byte> texts;

    public int Count => ids.Count;

    public bool IsFull => ids.Count == most || text.WrittenCount >= MostText;

    public int Most => most;

    public List<long> Ids => ids;

    /// <summary>Where texts are appended while leads are read.</summary>
    public ArrayBufferWriter<byte> TextBuffer => text;

    public SideValues<long> Tags { get; } = new();

    public SideValues<long> Helpers { get; } = new();

    /// <summary>When each went out before, in microseconds since 1970.</summary>
    public SideValues<long> Marks { get; } = new();

    public SideValues<ExportedField> Fields { get; } = new();

    public void Clear()
    {
        ids.Clear();
        text.ResetWrittenCount();
        Tags.Clear();
        Helpers.Clear();
        Marks.Clear();
        Fields.Clear();
    }

    public void SetNumber(int slot, long? value) => (values[At(slot)], lengths[At(slot)]) = (value ?? 0, value is null ? 0 : 1);

    /// <summary>The text was appended to <see cref="TextBuffer"/> just now.</summary>
    public void SetText(int slot, int length) => (values[At(slot)], lengths[At(slot)]) = (text.WrittenCount - length, length);

    /// <summary>Ends a lead, whose values are all set.</summary>
    public void Add(long id) => ids.Add(id);

    /// <summary>Everything is read; it may be written now.</summary>
    public void Complete() => texts = text.WrittenMemory;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long? Number(int row, int slot) => lengths[(row * width) + slot] is 0 ? null : values[(row * width) + slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlyMemory<byte> Text(int row, int slot) => TextAt((int)values[(row * width) + slot], lengths[(row * width) + slot]);

    public ReadOnlyMemory<byte> TextAt(int start, int length) => length is 0 ? default : texts.Slice(start, length);

    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(values);
        ArrayPool<int>.Shared.Return(lengths);
    }

    private int At(int slot) => (ids.Count * width) + slot;
}

/// <summary>One of them.</summary>
internal readonly struct ExportedLead(ExportedLeads all, int row)
{
    public long? Number(int slot) => all.Number(row, slot);

    public ReadOnlyMemory<byte> Text(int slot) => all.Text(row, slot);

    public ReadOnlyMemory<byte> Text(in ExportedField field) => all.TextAt(field.TextStart, field.TextLength);

    public SideValues<long>.OfRow Tags => all.Tags[row];

    public SideValues<long>.OfRow Helpers => all.Helpers[row];

    public SideValues<long>.OfRow Marks => all.Marks[row];

    public SideValues<ExportedField>.OfRow Fields => all.Fields[row];
}

/// <summary>A value of a custom field; its text stands among the others.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExportedField(long FieldId, long? Number, int TextStart, int TextLength);
