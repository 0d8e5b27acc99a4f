using System.Buffers.Text;

namespace LeadDesk.Intake.Email.Mime;

/// <summary>Base64 and quoted-printable as they arrive: cut off, wrongly padded, with strangers in between. Nothing makes it throw.</summary>
internal static class TransferEncodings
{
    /// <param name="name">Of <c>Content-Transfer-Encoding</c>; unknown ones leave the bytes as they are.</param>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string? name) => name?.Trim().TrimEnd(';').ToLowerInvariant() switch
    {
        "base64" => FromBase64(body.Span),
        "quoted-printable" or "quoted_printable" or "qp" => FromQuotedPrintable(body.Span, isWord: false),
        _ => body,
    };

    /// <summary>Leaves out what is not of the alphabet; padding in the middle ends a run, as where two encoded texts were joined.</summary>
    public static byte[] FromBase64(ReadOnlySpan<byte> encoded)
    {
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length) + 3];
        int length = 0, bits = 0, count = 0;
        foreach (var symbol in encoded)
        {
            if (symbol is (byte)'=')
            {
                bits = count = 0;
            }
            else if (Sextet(symbol) is >= 0 and var sextet)
            {
                bits = (bits << 6) | sextet;
                count += 6;
                if (count >= 8)
                {
                    count -= 8;
                    decoded[length++] = (byte)(bits >> count);
                    bits &= (1 << count) - 1;
                }
            }
        }

        return decoded[..length];
    }

    /// <param name="isWord">The form of RFC 2047, where an underscore is a space.</param>
    public static byte[] FromQuotedPrintable(ReadOnlySpan<byte> encoded, bool isWord)
    {
        var decoded = new byte[encoded.Length];
        int length = 0;
        for (int at = 0; at < encoded.Length;)
        {
            var symbol = encoded[at];
            if (symbol is (byte)'=' && !isWord && SoftBreak(encoded[at..]) is > 0 and var skipped)
            {
                at += skipped;
            }
            else if (symbol is (byte)'=' && at + 2 < encoded.Length && Hex(encoded[at + 1]) is >= 0 and var high && Hex(encoded[at + 2]) is >= 0 and var low)
            {
                decoded[length++] = (byte)((high << 4) | low);
                at += 3;
            }
            else
            {
                decoded[length++] = isWord && symbol is (byte)'_' ? (byte)' ' : symbol;
                at++;
            }
        }

        return decoded[..length];
    }

    /// <summary>The length of "=", spaces and a line end (or the end of all); 0 when it is something else.</summary>
    private static int SoftBreak(ReadOnlySpan<byte> encoded)
    {
        int at = 1;
        while (at < encoded.Length && encoded[at] is (byte)' ' or (byte)'\t' or (byte)'\r')
            at++;
        if (at == encoded.Length)
            return at;
        return encoded[at] is (byte)'\n' ? at + 1 : 0;
    }

    private static int Sextet(byte symbol) => symbol switch
    {
        >= (byte)'A' and <= (byte)'Z' => symbol - 'A',
        >= (byte)'a' and <= (byte)'z' => symbol - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => symbol - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };

    private static int Hex(byte symbol) => symbol switch
    {
        >= (byte)'0' and <= (byte)'9' => symbol - '0',
        >= (byte)'A' and <= (byte)'F' => symbol - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => symbol - 'a' + 10,
        _ => -1,
    };
}
