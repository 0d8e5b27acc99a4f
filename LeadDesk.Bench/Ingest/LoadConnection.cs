using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeadDesk.Bench.Ingest;

/// <summary>
/// One HTTP/1.1 connection with one request in flight, on a blocking socket of its own thread: two system calls per request and nothing
/// else, because the generator shares the processor with the server it measures.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    // HTTP/1.1 200 OK\r\nContent-Length: 118\r\nContent-Type: application/json\r\nDate: …\r\n\r\n{"status":"success",…}
    private const int LongestAnswer = 64 * 1024;

    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LengthHeader = "\r\nContent-Length: "u8.ToArray();
    private static readonly byte[] Success = "HTTP/1.1 200 "u8.ToArray();

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[LongestAnswer];
    private int bodyStart;
    private int bodyLength;

    public LoadConnection(Uri address) => socket.Connect(new IPEndPoint(IPAddress.Loopback, address.Port));

    /// <summary>Of the last answer; overwritten by the next.</summary>
    public ReadOnlySpan<byte> Body => answer.AsSpan(bodyStart, bodyLength);

    /// <summary>Sends a whole request and waits for the whole answer.</summary>
    /// <exception cref="InvalidDataException">The answer was not 200; the message carries it.</exception>
    public void Exchange(byte[] request)
    {
        for (var sent = 0; sent < request.Length;)
            sent += socket.Send(request, sent, request.Length - sent, SocketFlags.None);
        var (received, whole) = (0, int.MaxValue);
        while (received < whole)
        {
            var read = socket.Receive(answer, received, answer.Length - received, SocketFlags.None);
            if (read is 0)
                throw new InvalidDataException($"The server hung up after: {Encoding.UTF8.GetString(answer, 0, received)}");
            received += read;
            if (whole is int.MaxValue)
                whole = LengthOf(answer.AsSpan(0, received));
        }

        if (!answer.AsSpan(0, received).StartsWith(Success))
            throw new InvalidDataException($"Not answered with 200: {Encoding.UTF8.GetString(answer, 0, received)}");
    }

    public void Dispose() => socket.Dispose();

    /// <returns>Bytes of head and body; the largest number while the head is not whole yet.</returns>
    private int LengthOf(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf(EndOfHead);
        if (head < 0)
            return int.MaxValue;
        var header = received[..head].IndexOf(LengthHeader);
        if (header < 0 || !Utf8Parser.TryParse(received[(header + LengthHeader.Length)..], out int body, out _))
            throw new InvalidDataException($"An answer without a length: {Encoding.UTF8.GetString(received)}");
        (bodyStart, bodyLength) = (head + EndOfHead.Length, body);
        return bodyStart + bodyLength;
    }
}
