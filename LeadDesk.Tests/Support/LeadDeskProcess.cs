using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace LeadDesk.Tests.Support;

/// <summary>
/// The built LeadDesk.Web as a process of its own, as a user runs it: a free port, a data folder that lives as long as this object,
/// and SQLite unless the settings say otherwise. It can be killed without a warning and started again on the same data and port.
/// </summary>
public sealed class LeadDeskProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _data = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly IReadOnlyList<string> _arguments;
    private Process? _process;

    private LeadDeskProcess(IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> arguments)
    {
        _settings = settings;
        _arguments = arguments;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/"));
    }

    public Uri Address { get; }

    public string DataFolder => _data.Path;

    /// <summary>Everything written to standard output and error so far, over all starts.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the app and returns once <c>/health/ready</c> answers 200.</summary>
    /// <param name="settings">Configuration by key (<c>LeadDesk:Bootstrap:Company</c>), handed over as environment variables.</param>
    /// <param name="arguments">Command line, such as <c>--demo</c>.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within 180 seconds; the message carries its output.</exception>
    public static async Task<LeadDeskProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, params IReadOnlyList<string> arguments)
    {
        var app = new LeadDeskProcess(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), arguments);
        try
        {
            await app.RestartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public HttpClient CreateClient() => new() { BaseAddress = Address };

    /// <summary>SIGKILL: no handler runs, nothing is flushed. Returns once the process is gone.</summary>
    public async Task Kill9Async()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts again on the same data and port, after <see cref="Kill9Async"/>.</summary>
    public async Task RestartAsync()
    {
        await Kill9Async();
        _process = Process.Start(StartInfo()) ?? throw new InvalidOperationException("The operating system started no process.");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync(_process);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill9Async();
        _data.Dispose();
    }

    private ProcessStartInfo StartInfo()
    {
        var project = Repository.PathTo("LeadDesk.Web");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = project, // where dotnet run starts it: appsettings.json and wwwroot are found here
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var inherited in start.Environment.Keys.Where(IsConfiguration).ToList())
            start.Environment.Remove(inherited);
        start.Environment["LeadDesk__DataFolder"] = DataFolder;
        foreach (var (key, value) in _settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        start.ArgumentList.Add(BuiltAssembly(project));
        start.ArgumentList.Add("--urls"); // outranks an address in appsettings.json, which ASPNETCORE_URLS does not
        start.ArgumentList.Add(Address.ToString());
        foreach (var argument in _arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Settings of the developer's own shell must not reach the app under test.</summary>
    private static bool IsConfiguration(string variable) =>
        variable.StartsWith("LeadDesk__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    /// <summary>The assembly in LeadDesk.Web's own output (its static web assets stand beside it), in the configuration the tests were built in.</summary>
    private static string BuiltAssembly(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = framework.Parent?.Name ?? throw new InvalidOperationException($"{framework} is not below a bin folder.");
        return Path.Combine(project, "bin", configuration, framework.Name, "LeadDesk.Web.dll");
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
            _output.Enqueue(line.Data);
    }

    private async Task ReadyAsync(Process process)
    {
        using var client = CreateClient();
        using var deadline = new CancellationTokenSource(StartDeadline);
        using var looks = new PeriodicTimer(BetweenLooks);
        try
        {
            while (await looks.WaitForNextTickAsync(deadline.Token))
            {
                if (process.HasExited)
                {
                    await process.WaitForExitAsync(deadline.Token); // until its last words were read
                    throw new InvalidOperationException($"LeadDesk ended with code {process.ExitCode} before it was ready:\n{Output}");
                }

                if (await IsReadyAsync(client, deadline.Token))
                    return;
            }
        }
        catch (OperationCanceledException tooLate)
        {
            throw new InvalidOperationException($"LeadDesk was not ready within {StartDeadline.TotalSeconds} s:\n{Output}", tooLate);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync("health/ready", cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
