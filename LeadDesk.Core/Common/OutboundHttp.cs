using System.Net;
using System.Net.Sockets;

namespace LeadDesk.Common;

/// <summary>
/// The only way to call an address that a customer typed: never the inner network. The check is made on the address that
/// is really connected to, after resolving and again on each redirect, so a name cannot change its meaning in between.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly bool allowInner;

    /// <param name="allowInner">For installations that fetch from their own network: no address is refused.</param>
    public OutboundHttp(bool allowInner)
    {
        this.allowInner = allowInner;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            MaxAutomaticRedirections = MostRedirects,
            // A proxy of the environment would connect for us, to wherever it likes.
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AutomaticDecompression = DecompressionMethods.All,
        };
        Client = new HttpClient(handler) { Timeout = AnswerTimeout };
    }

    /// <exception cref="HttpRequestException">Also when the address is refused; see <see cref="InnerAddressException"/> as its cause.</exception>
    public HttpClient Client { get; }

    /// <summary>Whether an address belongs to the inner network, the machine itself or to nobody.</summary>
    public static bool IsInner(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(bare))
            return true;
        var bytes = bare.GetAddressBytes();
        if (bare.AddressFamily is AddressFamily.InterNetwork)
        {
            return bytes switch
            {
                [0, ..] or [10, ..] or [127, ..] => true,
                [100, >= 64 and < 128, ..] => true,
                [169, 254, ..] => true,
                [172, >= 16 and < 32, ..] => true,
                [192, 168, ..] or [192, 0, 0 or 2, _] => true,
                [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => true,
                [>= 224, ..] => true,
                _ => false,
            };
        }

        // Link-local, site-local, unique local, multicast, unspecified, and IPv4 in another dress (6to4, NAT64, Teredo).
        return bare.IsIPv6LinkLocal || bare.IsIPv6SiteLocal || bare.IsIPv6UniqueLocal || bare.IsIPv6Multicast || bare.IsIPv6Teredo
            || bare.Equals(IPAddress.IPv6Any) || bytes is [0x20, 0x02, ..] or [0x00, 0x64, 0xff, 0x9b, ..] || bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;
    }

    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = allowInner ? addresses : [.. addresses.Where(address => !IsInner(address))];
        if (allowed.Length is 0)
            throw new InnerAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address leads into the inner network.</summary>
public sealed class InnerAddressException() : Exception("This address is not on the public internet.");
