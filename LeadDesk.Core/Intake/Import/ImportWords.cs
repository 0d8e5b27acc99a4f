namespace LeadDesk.Intake.Import;

/// <summary>The words of an import's states and outcomes in JSON.</summary>
public static class ImportWords
{
    public static string Outcome(ImportRowState? state) => state switch
    {
        null => "new",
        ImportRowState.Updated => "updated",
        ImportRowState.Joined => "joined",
        ImportRowState.DuplicateInFile => "duplicate",
        ImportRowState.Rejected => "rejected",
        _ => "skipped",
    };

    public static string State(ImportState state) => ImportMappingJson.Word(state);
}
