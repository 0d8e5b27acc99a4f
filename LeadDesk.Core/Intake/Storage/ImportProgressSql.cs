using LeadDesk.Intake.Import;

namespace LeadDesk.Intake.Storage;

/// <summary>How far an import is, in the transaction of its rows. No row is found when another process went on with it or it was stopped.</summary>
internal static class ImportProgressSql
{
    public static string Update(string done, string added, string updated, string joined, string skipped, string rejected, string id, string before) =>
        $"""
        UPDATE lead_imports SET done = {done}, added = added + {added}, updated = updated + {updated}, joined = joined + {joined}, skipped = skipped + {skipped},
            rejected = rejected + {rejected}, version = version + 1
        WHERE id = {id} AND done = {before} AND state = {(int)ImportState.Running}
        """;
}
