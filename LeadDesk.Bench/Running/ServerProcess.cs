using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace LeadDesk.Bench.Running;

/// <summary>A server in a process of its own, on a free port of loopback, until disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int MostLinesKept = 1000;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;

    private ServerProcess(Process process, Uri address, long started)
    {
        (this.process, Address, Started) = (process, address, started);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += KillOnExit;
    }

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>From the moment before the process was made to the first 200, once <see cref="StartAsync"/> is through.</summary>
    public TimeSpan StartTime { get; private set; }

    private long Started { get; }

    /// <summary>User and kernel time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="assembly">Run by <c>dotnet</c>.</param>
    /// <param name="arguments">From the address it shall listen on.</param>
    /// <param name="readyPath">What answers 200 when it is ready.</param>
    /// <exception cref="InvalidOperationException">It ended or was not ready within 90 seconds; the message carries its output.</exception>
    public static async Task<ServerProcess> StartAsync(string assembly, Func<Uri, IReadOnlyList<string>> arguments, string readyPath)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/"));
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments(address)])
        {
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(inherited);
        start.Environment["DOTNET_gcServer"] = "0";

        var started = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException("The operating system started no process."), address, started);
        try
        {
            await server.ReadyAsync(readyPath);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <param name="apiKey">Sent with every request; null for none.</param>
    public HttpClient CreateClient(string? apiKey = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (apiKey is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillOnExit;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>A measurement that is broken off leaves no server behind.</summary>
    private void KillOnExit(object? sender, EventArgs arguments) => process.Kill();

    /// <summary>Settings of the caller's own shell must not reach what is measured.</summary>
    private static bool IsSetting(string variable) =>
        variable.StartsWith("LeadDesk__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null && output.Count < MostLinesKept)
            output.Enqueue(line.Data);
    }

    private async Task ReadyAsync(string path)
    {
        using var client = CreateClient();
        using var looks = new PeriodicTimer(BetweenLooks);
        do
        {
            if (await AnswersAsync(client, path))
            {
                StartTime = Stopwatch.GetElapsedTime(Started);
                return;
            }

            if (process.HasExited)
            {
                await process.WaitForExitAsync(); // until its last words were read
                throw new InvalidOperationException($"The server ended with code {process.ExitCode} before it was ready:\n{string.Join('\n', output)}");
            }
        }
        while (Stopwatch.GetElapsedTime(Started) < StartDeadline && await looks.WaitForNextTickAsync());
        throw new InvalidOperationException($"The server was not ready within {StartDeadline.TotalSeconds} s:\n{string.Join('\n', output)}");
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            return answer.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
