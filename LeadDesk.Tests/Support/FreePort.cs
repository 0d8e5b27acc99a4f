using System.Net;
using System.Net.Sockets;

namespace LeadDesk.Tests.Support;

/// <summary>
/// Ports for servers that are started later, and again after kill -9. They lie below those that operating systems lend to outgoing connections
/// (Linux: 32768 and up): such a connection of anybody would take the port while its server is away.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Count = 20_000;

    /// <summary>Runs side by side begin at different places.</summary>
    private static int next = Random.Shared.Next(Count);

    /// <summary>A TCP port on loopback that nobody listens on at the moment of the call, and that is given to nobody else in this run.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref next) & int.MaxValue) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // The next one, then.
            }
        }
    }
}
