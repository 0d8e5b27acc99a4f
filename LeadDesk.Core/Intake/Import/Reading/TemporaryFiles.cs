namespace LeadDesk.Intake.Import.Reading;

/// <summary>Files of this process that are gone when they are closed, or when the process is.</summary>
internal static class TemporaryFiles
{
    private const int BufferSize = 1 << 16;

    public static FileStream Create() =>
        new(Path.Combine(Path.GetTempPath(), $"leaddesk-{Guid.NewGuid():N}.tmp"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = BufferSize,
            Options = FileOptions.DeleteOnClose,
            UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
}
