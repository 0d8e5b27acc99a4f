using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LeadDesk.Bench.Running;

/// <summary>
/// Asks another .NET process for a full collection, over the socket every .NET process opens for diagnostics. Starting an event session with
/// the keyword GCHeapCollect does it (this is how dotnet-gcdump works); the session is ended at once.
/// </summary>
internal static class Diagnostics
{
    private const int HeaderLength = 20;
    private const byte EventPipe = 2;
    private const byte StopTracing = 1;
    private const byte CollectTracing = 2;
    private const ulong HeapCollect = 0x80_0000;
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    private static readonly byte[] Magic = "DOTNET_IPC_V1\0"u8.ToArray();

    /// <summary>Twice, so that what was finalised in between goes too.</summary>
    public static async Task CollectGarbageAsync(int processId)
    {
        for (var time = 0; time < 2; time++)
        {
            using var session = await ConnectAsync(processId);
            var id = BinaryPrimitives.ReadUInt64LittleEndian(await AskAsync(session, CollectTracing, Session()));
            using var ending = await ConnectAsync(processId);
            var stop = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(stop, id);
            // The session only ends when somebody reads what it wrote.
            var reading = DrainAsync(session);
            await AskAsync(ending, StopTracing, stop);
            await reading;
        }
    }

    private static async Task<NetworkStream> ConnectAsync(int processId)
    {
        var path = Directory.GetFiles(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{processId}-*-socket")).Single();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Buffer in MB, format (1: nettrace), and one provider: keywords, level (4: informational), name, no filter.</summary>
    private static byte[] Session()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(16u);
        writer.Write(1u);
        writer.Write(1u);
        writer.Write(HeapCollect);
        writer.Write(4u);
        writer.Write((uint)Runtime.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(Runtime + "\0"));
        writer.Write(0u);
        return payload.ToArray();
    }

    private static async Task<byte[]> AskAsync(NetworkStream stream, byte command, byte[] payload)
    {
        var message = new byte[HeaderLength + payload.Length];
        Magic.CopyTo(message, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        (message[16], message[17]) = (EventPipe, command);
        payload.CopyTo(message, HeaderLength);
        await stream.WriteAsync(message);

        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header);
        var answer = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(14)) - HeaderLength];
        await stream.ReadExactlyAsync(answer);
        return header[17] is 0 ? answer : throw new InvalidOperationException($"The process refused to be asked: {Convert.ToHexString(answer)}");
    }

    private static async Task DrainAsync(NetworkStream stream)
    {
        var buffer = new byte[8192];
        while (await stream.ReadAsync(buffer) > 0)
        {
            // Events nobody wants.
        }
    }
}
