using System.Text.Json;

namespace LeadDesk.Intake.Import;

/// <summary><see cref="ImportFormat"/> as it is stored.</summary>
internal static class ImportFormats
{
    public static string Write(ImportFormat format) => JsonSerializer.Serialize(format, ImportJson.Default.ImportFormat);

    public static ImportFormat? Read(string? stored) => stored is null ? null : JsonSerializer.Deserialize(stored, ImportJson.Default.ImportFormat);
}
