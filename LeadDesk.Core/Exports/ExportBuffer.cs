using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.IO.Pipelines;

namespace LeadDesk.Exports;

/// <summary>
/// The bytes of some rows on their way into a file. Asking a pipe for room again and again for single cells takes longer than
/// writing them.
/// </summary>
internal sealed class ExportBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Beginning = 128 * 1024;

    /// <summary>The longest number with sign and point, or time.</summary>
    private const int LongestValue = 32;

    private static readonly long[] Tens = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(Beginning);
    private int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Add(byte value)
    {
        if (length == bytes.Length)
            Grow(1);
        bytes[length++] = value;
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        if (bytes.Length - length < text.Length)
            Grow(text.Length);
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
    }

    public void AddNumber(long number)
    {
        Utf8Formatter.TryFormat(number, GetSpan(LongestValue), out var written);
        length += written;
    }

    /// <summary>A decimal number with a point and no zeros at its end.</summary>
    /// <param name="places">How many digits stand behind the point; 0 to 9.</param>
    public void AddNumber(long units, int places)
    {
        var rest = places is 0 ? 0 : Math.Abs(units % Tens[places]);
        if (units < 0 && units > -Tens[places])
            Add((byte)'-');
        AddNumber(units / Tens[places]);
        if (rest is 0)
            return;
        for (; rest % 10 is 0; places--)
            rest /= 10;
        Add((byte)'.');
        AddDigits(rest, places);
    }

    /// <summary>With zeros in front.</summary>
    public void AddDigits(long number, int digits)
    {
        var span = GetSpan(LongestValue)[..digits];
        for (var at = digits - 1; at >= 0; at--, number /= 10)
            span[at] = (byte)('0' + (number % 10));
        length += digits;
    }

    /// <summary>As <c>2026-03-31</c>.</summary>
    public void AddDay(DateOnly day)
    {
        AddDigits(day.Year, 4);
        Add((byte)'-');
        AddDigits(day.Month, 2);
        Add((byte)'-');
        AddDigits(day.Day, 2);
    }

    public async ValueTask HandOverAsync(PipeWriter pipe, CancellationToken cancellationToken)
    {
        await pipe.WriteAsync(bytes.AsMemory(0, length), cancellationToken);
        length = 0;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (bytes.Length - length < Math.Max(sizeHint, 1))
            Grow(Math.Max(sizeHint, 1));
        return bytes.AsSpan(length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return bytes.AsMemory(length);
    }

    public void Advance(int count)
    {
        Debug.Assert(count <= bytes.Length - length, "More was written than there was room for.");
        length += count;
    }

    public void Dispose()
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private void Grow(int by)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + by));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
