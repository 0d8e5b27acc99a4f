namespace LeadDesk.Tests.Support;

/// <summary>An empty folder of its own for one test, deleted with everything in it on disposal.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("leaddesk-test-").FullName;

    public string PathTo(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
