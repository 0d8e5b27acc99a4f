using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LeadDesk.Bench.Live;

/// <summary>Writes the few kinds of MessagePack values that hub messages consist of.</summary>
internal sealed class MessagePackWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The whole message with its length in front, as SignalR frames binary messages: seven bits a byte, lowest first.</summary>
    public byte[] ToFramed()
    {
        var prefix = new List<byte>();
        var length = buffer.WrittenCount;
        for (; length > 0x7F; length >>= 7)
            prefix.Add((byte)(length | 0x80));
        prefix.Add((byte)length);
        return [.. prefix, .. buffer.WrittenSpan];
    }

    public MessagePackWriter Array(int count) => Byte((byte)(0x90 | count));

    public MessagePackWriter EmptyMap() => Byte(0x80);

    public MessagePackWriter Null() => Byte(0xC0);

    public MessagePackWriter Value(bool value) => Byte(value ? (byte)0xC3 : (byte)0xC2);

    public MessagePackWriter Value(long value)
    {
        var target = buffer.GetSpan(9);
        target[0] = 0xD3;
        BinaryPrimitives.WriteInt64BigEndian(target[1..], value);
        buffer.Advance(9);
        return this;
    }

    public MessagePackWriter Value(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var target = buffer.GetSpan(5 + bytes.Length);
        target[0] = 0xDB;
        BinaryPrimitives.WriteInt32BigEndian(target[1..], bytes.Length);
        bytes.CopyTo(target[5..]);
        buffer.Advance(5 + bytes.Length);
        return this;
    }

    private MessagePackWriter Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
        return this;
    }
}

/// <summary>Reads the kinds of MessagePack values that hub messages consist of.</summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public int Array()
    {
        var kind = Take(1)[0];
        return kind switch
        {
            >= 0x90 and <= 0x9F => kind & 0x0F,
            0xDC => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xDD => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            _ => throw Unexpected(kind),
        };
    }

    public long Integer()
    {
        var kind = Take(1)[0];
        return kind switch
        {
            <= 0x7F => kind,
            >= 0xE0 => (sbyte)kind,
            0xCC => Take(1)[0],
            0xCD => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xCE => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xCF => (long)BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            0xD0 => (sbyte)Take(1)[0],
            0xD1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xD2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xD3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw Unexpected(kind),
        };
    }

    public string? Text() => IsNull() ? null : Encoding.UTF8.GetString(Bytes());

    /// <summary>Of a text or a binary value.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var kind = Take(1)[0];
        var length = kind switch
        {
            >= 0xA0 and <= 0xBF => kind & 0x1F,
            0xC4 or 0xD9 => Take(1)[0],
            0xC5 or 0xDA => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xC6 or 0xDB => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            _ => throw Unexpected(kind),
        };
        return Take(length);
    }

    /// <summary>Headers, of which Blazor's messages have none.</summary>
    public void EmptyMap()
    {
        if (Take(1)[0] is not 0x80 and var kind)
            throw Unexpected(kind);
    }

    /// <summary>Reads a null if one is next.</summary>
    public bool IsNull()
    {
        if (rest is not [0xC0, ..])
            return false;
        rest = rest[1..];
        return true;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static InvalidDataException Unexpected(byte kind) => new($"A MessagePack value of another kind (0x{kind:X2}) was expected.");
}
