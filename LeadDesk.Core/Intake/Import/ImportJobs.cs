using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Jobs;

namespace LeadDesk.Intake.Import;

/// <summary>The jobs of imports. Should two of one import ever meet, the import's own row lets only one go on.</summary>
internal static class ImportJobs
{
    public static void Add(AppDbContext context, string kind, long companyId, long importId, DateTime now) =>
        JobQueue.Add(context, kind, companyId, $$"""{"import":{{importId}}}""", now, now);

    public static long IdOf(JobRun run)
    {
        using var payload = JsonDocument.Parse(run.Payload!);
        return payload.RootElement.GetProperty("import").GetInt64();
    }
}
