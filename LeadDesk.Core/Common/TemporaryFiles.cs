namespace LeadDesk.Common;

/// <summary>Files of this process that are gone when they are closed, or when the process is.</summary>
public static class TemporaryFiles
{
    private const int BufferSize = 1 << 16;

    public static FileStream Create() =>
        new(Path.Combine(Path.GetTempPath(), $"leaddesk-{Guid.NewGuid():N}.tmp"), Options());

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = BufferSize, Options = FileOptions.DeleteOnClose };
        // Others on the machine must not read what people sent.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
