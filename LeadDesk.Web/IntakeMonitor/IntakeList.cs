using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;

namespace LeadDesk.Web.IntakeMonitor;

/// <summary>The rows of an open monitor: loaded in stretches, brought up to date in place, new ones held back until they may be shown.</summary>
internal sealed class IntakeList(InboundEventQueries queries, InboundEventFilter filter)
{
    private const int PageLength = 50;

    /// <summary>More new events than these are not held back one by one.</summary>
    private const int MostFresh = 500;

    /// <summary>Rows that wait and are looked at again.</summary>
    private const int MostFollowed = 200;

    private readonly List<InboundEventRow> rows = [];
    private IReadOnlyList<InboundEventRow> fresh = [];
    private HashSet<long> arrived = [];
    private string? next;

    public IReadOnlyList<InboundEventRow> Rows => rows;

    /// <summary>How many came in that are not shown yet.</summary>
    public int Fresh => fresh.Count;

    /// <summary>What was shown last; these rows slide in.</summary>
    public IReadOnlySet<long> Arrived => arrived;

    public bool More => next is not null;

    /// <summary>Counts up with each stretch.</summary>
    public int Stretches { get; private set; }

    public async Task<Refusal?> MoreAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var page = await queries.ListAsync(user, filter, next, PageLength, cancellationToken);
        if (!page.Succeeded)
            return page.Refusal;
        rows.AddRange(page.Value.Items);
        next = page.Value.NextCursor;
        Stretches++;
        return null;
    }

    /// <summary>Reads rows that may have changed, and what came in since.</summary>
    public async Task RefreshAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var open = rows.Where(row => row.State is not InboundState.Processed).Take(MostFollowed).Select(row => row.Id).ToArray();
        if (open.Length > 0 && (await queries.RowsAsync(user, open, cancellationToken)).Value is { } read)
        {
            var now = read.ToDictionary(row => row.Id);
            for (var at = 0; at < rows.Count; at++)
            {
                if (now.TryGetValue(rows[at].Id, out var row))
                    rows[at] = row;
            }
        }

        fresh = (await queries.NewerAsync(user, filter, rows.Count > 0 ? rows[0].Id : 0, MostFresh, cancellationToken)).Value ?? [];
    }

    public void ShowFresh()
    {
        arrived = [.. fresh.Select(row => row.Id)];
        rows.InsertRange(0, fresh);
        fresh = [];
    }
}
