using System.Net;
using System.Net.Sockets;

namespace LeadDesk.Bench.Running;

internal static class FreePort
{
    /// <summary>A TCP port on loopback that nobody listens on at the moment of the call.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
