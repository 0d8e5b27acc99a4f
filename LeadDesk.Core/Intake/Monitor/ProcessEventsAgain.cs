using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>Puts a batch of failed events back to where they wait. Those that are no longer failed are left alone.</summary>
internal sealed class ProcessEventsAgain(Database database, InboundSignal signal, TimeProvider clock) : IJobHandler
{
    /// <summary>One transaction, which others hardly wait for.</summary>
    public const int BatchSize = 500;

    public static string Kind => "intake.process_again";

    public static string Payload(IReadOnlyList<long> ids) => JsonSerializer.Serialize(ids);

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var ids = JsonSerializer.Deserialize<long[]>(run.Payload!)!;
        var now = clock.GetUtcNow().UtcDateTime;
        await database.WriteAsync(
            run.CompanyId!.Value,
            context => InboundEventService.PutBackAsync(context.InboundEvents.Where(row => ids.Contains(row.Id) && row.State == InboundState.Failed), now, cancellationToken),
            cancellationToken);
        signal.Wake();
    }
}
