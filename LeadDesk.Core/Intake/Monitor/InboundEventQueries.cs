using System.Linq.Expressions;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Monitor;

/// <summary>What came in and what became of it, for those who look after the sources.</summary>
public sealed class InboundEventQueries(Database database, IntakeOptions options)
{
    /// <summary>Beyond it one knows that there are many.</summary>
    private const int MostCounted = 1000;

    internal static readonly Refusal NotAllowed = Refusal.Forbidden("Your role may not see what came in. Ask an admin.");

    internal static readonly Expression<Func<InboundEvent, InboundEventRow>> ToRow = row => new InboundEventRow(
        row.Id, row.Source, row.Origin, row.ExternalId, row.State, row.LeadId, row.OccurredAt, row.ReceivedAt, row.DueAt, row.Attempts, row.ProcessedAt, row.Error, null);

    private static readonly Func<InboundEvent, InboundEventRow> RowOf = ToRow.Compile();

    private static readonly InboundState[] OpenStates = [InboundState.Received, InboundState.Failed, InboundState.Unreadable, InboundState.Ignored];

    /// <summary>Newest first. A page may be shorter than asked for and still have a next one: rare matches among very many events.</summary>
    /// <param name="limit">1 to <see cref="Page{T}.MaximumLimit"/>.</param>
    public async Task<Outcome<Page<InboundEventRow>>> ListAsync(CurrentUser user, InboundEventFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.SeeIntake))
            return NotAllowed;
        if (limit is < 1 or > Page<InboundEventRow>.MaximumLimit)
            return Refusal.Invalid("limit", $"Give a limit from 1 to {Page<InboundEventRow>.MaximumLimit}.");
        var after = Cursor.Decode(cursor);
        if (!string.IsNullOrEmpty(cursor) && after is not { Sort: InboundEventWalk.SortName })
            return Refusal.Invalid("cursor", "This cursor does not belong to this list.");
        await using var context = database.Open(user.CompanyId);
        var page = await new InboundEventWalk(context, filter).PageAsync(after?.Id, 0, limit, cancellationToken);
        return page with { Items = await WithNamesAsync(context, page.Items, cancellationToken) };
    }

    /// <summary>What came in since an event, newest first: for a list that is open.</summary>
    public async Task<Outcome<IReadOnlyList<InboundEventRow>>> NewerAsync(CurrentUser user, InboundEventFilter filter, long afterId, int most, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.SeeIntake))
            return NotAllowed;
        await using var context = database.Open(user.CompanyId);
        var page = await new InboundEventWalk(context, filter).PageAsync(null, afterId, most, cancellationToken);
        return (await WithNamesAsync(context, page.Items, cancellationToken)).ToArray();
    }

    /// <returns>Those of these events that are there, in no order: to bring rows that are shown up to date.</returns>
    public async Task<Outcome<IReadOnlyList<InboundEventRow>>> RowsAsync(CurrentUser user, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.SeeIntake))
            return NotAllowed;
        await using var context = database.Open(user.CompanyId);
        var rows = await context.InboundEvents.Where(row => ids.Contains(row.Id)).Select(ToRow).ToListAsync(cancellationToken);
        return (await WithNamesAsync(context, rows, cancellationToken)).ToArray();
    }

    /// <summary>How many wait, failed, cannot be read or were left alone, each counted up to a thousand; in the order of the page's tabs.</summary>
    public async Task<Outcome<IReadOnlyList<InboundStateCount>>> CountsAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.SeeIntake))
            return NotAllowed;
        await using var context = database.Open(user.CompanyId);
        var counts = new List<InboundStateCount>(OpenStates.Length);
        foreach (var state in OpenStates)
        {
            var count = await context.InboundEvents.Where(row => row.State == state && row.State != InboundState.Processed).Take(MostCounted + 1).CountAsync(cancellationToken);
            counts.Add(new InboundStateCount(state, Math.Min(count, MostCounted), count > MostCounted));
        }

        return counts.ToArray();
    }

    /// <summary>Bodies are masked for roles that may see what came in but not what it says.</summary>
    public async Task<Outcome<InboundEventDetails>> GetAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.SeeIntake))
            return NotAllowed;
        await using var context = database.Open(user.CompanyId);
        if (await context.InboundEvents.FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } found)
            return Refusal.Missing("event");
        var row = (await WithNamesAsync(context, [RowOf(found)], cancellationToken))[0];
        var masked = !user.Can(Permission.SeeIntakeBodies);
        return new InboundEventDetails(
            row,
            InboundEventDetails.ReadSteps(found.Steps),
            found.ContentType,
            found.Raw.Length is 0 ? null : BodyView.Of(found.Raw, found.ContentType, masked),
            found.Fetched is null ? null : BodyView.Of(found.Fetched, null, masked),
            options.KeepRawDays);
    }

    private static async Task<IReadOnlyList<InboundEventRow>> WithNamesAsync(AppDbContext context, IReadOnlyList<InboundEventRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Where(row => row.LeadId is not null).Select(row => row.LeadId!.Value).Distinct().ToArray();
        if (ids.Length is 0)
            return rows;
        var leads = await context.Leads.Where(lead => ids.Contains(lead.Id)).Select(lead => new { lead.Id, lead.Name, lead.Email, lead.Phone }).ToListAsync(cancellationToken);
        var names = leads.ToDictionary(lead => lead.Id, lead => LeadNames.Display(lead.Name, lead.Email, lead.Phone, lead.Id));
        return [.. rows.Select(row => row.LeadId is { } lead && names.TryGetValue(lead, out var name) ? row with { LeadName = name } : row)];
    }
}
