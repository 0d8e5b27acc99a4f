namespace LeadDesk.Intake.Import;

/// <summary>Names of files and words for states in sentences.</summary>
internal static class ImportNames
{
    /// <summary>Without folders and what cannot be shown.</summary>
    public static string Clean(string fileName)
    {
        var name = new string([.. fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Where(static c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim();
        return name.Length is 0 ? "leads" : name.Length <= ImportService.LongestFileName ? name : name[..ImportService.LongestFileName];
    }

    /// <summary>As the end of a sentence that begins with "This import".</summary>
    public static string State(ImportState state) => state switch
    {
        ImportState.Checking => "is being checked",
        ImportState.Ready => "has not run yet",
        ImportState.Running => "is running",
        ImportState.Done => "has run",
        ImportState.Cancelled => "was cancelled",
        ImportState.Failed => "could not be read",
        ImportState.Reverting => "is being reverted",
        _ => "was reverted",
    };
}
