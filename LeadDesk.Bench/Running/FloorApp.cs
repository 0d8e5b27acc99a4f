using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Bench.Running;

/// <summary>
/// The least a server of this kind can be: <c>GET /</c> answers, <c>GET /listen</c> opens a WebSocket, <c>POST /tell</c> sends its body to
/// all of them. What it takes to start, to hold a connection and to tell everybody is the floor under what LeadDesk takes.
/// </summary>
internal static class FloorApp
{
    /// <summary>The first argument that makes this program the floor's server; the second is its address.</summary>
    public const string Switch = "--floor-app";

    private const int LongestMessage = 4096;

    public static Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync(typeof(FloorApp).Assembly.Location, address => [Switch, address.ToString()], "");

    public static async Task<int> RunAsync(string address)
    {
        var listeners = new ConcurrentDictionary<WebSocket, bool>();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add(address);
        app.UseWebSockets();
        app.MapGet("/", () => "ready");
        app.MapGet("/listen", (HttpContext context) => ListenAsync(context, listeners));
        app.MapPost("/tell", (HttpContext context) => TellAsync(context, listeners));
        await app.RunAsync();
        return 0;
    }

    private static async Task ListenAsync(HttpContext context, ConcurrentDictionary<WebSocket, bool> listeners)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        listeners[socket] = true;
        var buffer = new byte[16];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted)).MessageType is not WebSocketMessageType.Close)
            {
                // Listeners have nothing to say.
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // It went away without a word, as pages do.
        }
        finally
        {
            listeners.TryRemove(socket, out _);
        }
    }

    private static async Task TellAsync(HttpContext context, ConcurrentDictionary<WebSocket, bool> listeners)
    {
        var body = new byte[LongestMessage];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false);
        foreach (var socket in listeners.Keys)
            await socket.SendAsync(body.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        context.Response.ContentLength = 0;
    }
}
