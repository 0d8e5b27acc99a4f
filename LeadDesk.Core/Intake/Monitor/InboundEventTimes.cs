using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>
/// Finds the place of a moment among the events. They have no index by time, because it would cost every intake; but their
/// ids go up with time, so about twenty looks at the primary key find it among millions.
/// </summary>
internal static class InboundEventTimes
{
    /// <summary>Events wait for their shared commit, and clocks of nodes differ: by so much the order of ids and times may be off.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <returns>The lowest id of events received at <paramref name="time"/> or later, of any company; one above the last when there is none.</returns>
    public static async Task<long> FirstIdAsync(AppDbContext context, DateTime time, CancellationToken cancellationToken)
    {
        var events = OfAllCompanies(context);
        var (low, high) = (0L, await EndAsync(context, cancellationToken));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var next = await events.Where(row => row.Id >= middle).OrderBy(row => row.Id).Select(row => new { row.Id, row.ReceivedAt }).FirstOrDefaultAsync(cancellationToken);
            if (next is null || next.ReceivedAt >= time)
                high = middle;
            else
                low = next.Id + 1;
        }

        return low;
    }

    /// <returns>One above the highest id.</returns>
    public static async Task<long> EndAsync(AppDbContext context, CancellationToken cancellationToken) =>
        (await OfAllCompanies(context).MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0) + 1;

    public static IQueryable<InboundEvent> OfAllCompanies(AppDbContext context) => context.InboundEvents.IgnoreQueryFilters([AppDbContext.CompanyFilter]);
}
