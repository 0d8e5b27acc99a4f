using System.Buffers.Text;
using System.Net.WebSockets;

namespace LeadDesk.Bench.Live;

/// <summary>
/// An open page without a browser: a Blazor circuit over its own hub protocol (<c>blazorpack</c>: SignalR's MessagePack). It starts the page's interactive
/// parts, answers calls to JavaScript with nothing, confirms each render batch as the browser's script does, and looks in each
/// for the name of a person who has just come in. Batches hold new text as plain UTF-8.
/// </summary>
internal sealed class CircuitListener : Listener
{
    /// <summary>What the names of those who are looked for begin with; a number of <see cref="Digits"/> digits follows.</summary>
    public const string Probe = "Zzprobe ";

    public const int Digits = 6;

    private const byte EndOfRecord = 0x1E;
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Closing = 7;

    /// <summary>How a call asks for a reference to a JavaScript object.</summary>
    private const int ObjectReference = 1;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly byte[] ProbeBytes = "Zzprobe "u8.ToArray();

    private readonly TaskCompletionSource shaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override WebSocketMessageType Kind => WebSocketMessageType.Binary;

    protected override byte[] Ping { get; } = new MessagePackWriter().Array(1).Value(6).ToFramed();

    /// <returns>Once the page is interactive.</returns>
    public static async Task<Listener> OpenAsync(Uri address, SignedInBrowser browser, string path)
    {
        var page = await browser.LoadAsync(path);
        var circuit = new CircuitListener();
        await circuit.ConnectAsync(new Uri(address, "_blazor"), ("Cookie", browser.Cookie), ("Origin", address.GetLeftPart(UriPartial.Authority)));
        await circuit.SendAsync([.. "{\"protocol\":\"blazorpack\",\"version\":1}"u8, EndOfRecord], WebSocketMessageType.Text);
        await circuit.shaken.Task.WaitAsync(Deadline);
        await circuit.CallAsync("0", "StartCircuit", call => call.Array(4).Value(address.ToString()).Value(new Uri(address, path).ToString()).Value("[]").Value(""));
        await circuit.started.Task.WaitAsync(Deadline);
        await circuit.CallAsync(null, "UpdateRootComponents", call => call.Array(2).Value(Additions(page)).Value(page.State));
        await circuit.rendered.Task.WaitAsync(Deadline);
        return circuit;
    }

    protected override async ValueTask HandleAsync(ReadOnlyMemory<byte> message, long at)
    {
        if (!shaken.Task.IsCompleted)
        {
            if (message.Length is not 3) // {} and the end of the record
                throw new InvalidDataException("The server refused the protocol.");
            shaken.TrySetResult();
            return;
        }

        while (message.Length > 0)
        {
            var (start, length) = Frame(message.Span);
            if (Read(message.Span.Slice(start, length), at) is { } answer)
                await SendAsync(answer, WebSocketMessageType.Binary);
            message = message[(start + length)..];
        }
    }

    /// <summary>The page's parts as what the script sends to make them interactive; the markers go back as they came.</summary>
    private static string Additions(LoadedPage page) =>
        $$"""{"batchId":1,"operations":[{{string.Join(',', page.Markers.Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}"""))}}]}""";

    private static (int Start, int Length) Frame(ReadOnlySpan<byte> message)
    {
        var (length, at) = (0, 0);
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
                return (at, length);
        }
    }

    /// <returns>What to answer; null for nothing.</returns>
    private byte[]? Read(ReadOnlySpan<byte> message, long at)
    {
        var reader = new MessagePackReader(message);
        reader.Array();
        switch (reader.Integer())
        {
            case Invocation:
                reader.EmptyMap();
                reader.Text();
                return Invoked(reader.Text(), ref reader, at);
            case Completion:
                reader.EmptyMap();
                reader.Text();
                if (reader.Integer() is 1)
                    throw new InvalidDataException($"The circuit did not start: {reader.Text()}");
                started.TrySetResult();
                return null;
            case Closing:
                throw new InvalidDataException($"The server closed the circuit: {reader.Text()}");
            default:
                return null;
        }
    }

    private byte[]? Invoked(string? target, ref MessagePackReader reader, long at)
    {
        reader.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.Integer();
                Look(reader.Bytes(), at);
                return Call(null, "OnRenderCompleted", call => call.Array(2).Value(batch).Null());
            case "JS.BeginInvokeJS":
                return AnswerOf(ref reader);
            case "JS.EndUpdateRootComponents":
                rendered.TrySetResult();
                return null;
            case "JS.Error":
                throw new InvalidDataException($"The circuit failed: {reader.Text()}");
            default:
                return null;
        }
    }

    /// <summary>Arguments: handle (0 when nobody waits), identifier, arguments as JSON, kind of result, target.</summary>
    private static byte[]? AnswerOf(ref MessagePackReader reader)
    {
        var handle = reader.Integer();
        reader.Text();
        reader.Text();
        var result = reader.Integer() is ObjectReference ? """{"__jsObjectId":1}""" : "null";
        return handle is 0 ? null : Call(null, "EndInvokeJSFromDotNet", call => call.Array(3).Value(handle).Value(true).Value($"[{handle},true,{result}]"));
    }

    private void Look(ReadOnlySpan<byte> batch, long at)
    {
        for (var found = batch.IndexOf(ProbeBytes); found >= 0; found = batch.IndexOf(ProbeBytes))
        {
            batch = batch[(found + ProbeBytes.Length)..];
            if (batch.Length >= Digits && Utf8Parser.TryParse(batch[..Digits], out long number, out var read) && read is Digits)
                Sightings.Enqueue(new Sighting(number, at));
        }
    }

    private Task CallAsync(string? id, string target, Func<MessagePackWriter, MessagePackWriter> arguments) => SendAsync(Call(id, target, arguments), WebSocketMessageType.Binary);

    private static byte[] Call(string? id, string target, Func<MessagePackWriter, MessagePackWriter> arguments)
    {
        var writer = new MessagePackWriter().Array(6).Value(Invocation).EmptyMap();
        writer = id is null ? writer.Null() : writer.Value(id);
        return arguments(writer.Value(target)).Array(0).ToFramed();
    }
}
