using System.Collections.Frozen;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Which entries of a timeline are wanted.</summary>
public enum TimelineFilter
{
    All = 0,
    Messages = 1,
    Notes = 2,
    Calls = 3,
    FollowUps = 4,
    Files = 5,

    /// <summary>Everything that somebody or LeadDesk changed.</summary>
    Changes = 6,
}

/// <summary>What happened to a lead.</summary>
public sealed class TimelineQueries(Database database)
{
    private static readonly FrozenDictionary<TimelineFilter, TimelineKind[]> Kinds = new Dictionary<TimelineFilter, TimelineKind[]>
    {
        [TimelineFilter.Messages] = [TimelineKind.Received, TimelineKind.Resubmitted, TimelineKind.Message],
        [TimelineFilter.Notes] = [TimelineKind.Note],
        [TimelineFilter.Calls] = [TimelineKind.Called, TimelineKind.ReachedOut],
        [TimelineFilter.FollowUps] = [TimelineKind.FollowUpSet, TimelineKind.FollowUpDone],
        [TimelineFilter.Files] = [TimelineKind.FileAdded, TimelineKind.FileRemoved],
    }.ToFrozenDictionary();

    private static readonly TimelineKind[] NoChanges = [.. Kinds.Values.SelectMany(kinds => kinds)];

    /// <summary>Newest first.</summary>
    public async Task<Outcome<Page<TimelineItem>>> ListAsync(
        CurrentUser user, long leadId, TimelineFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Page<TimelineItem>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {Page<TimelineItem>.MaximumLimit}.");
        var after = Cursor.Decode(cursor);
        if (!string.IsNullOrEmpty(cursor) && after is not { Sort: "timeline" })
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");
        await using var context = database.Open(user.CompanyId);
        if (!await LeadQueries.Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken))
            return Refusal.Missing("lead");
        var entries = Filtered(context.TimelineEntries.Where(entry => entry.LeadId == leadId), filter);
        if (after is not null)
            entries = entries.Where(entry => entry.Id < after.Id);
        var rows = await entries.OrderByDescending(entry => entry.Id).Take(limit + 1)
            .Select(entry => new { Entry = entry, Actor = context.Users.Where(actor => actor.Id == entry.ActorId).Select(actor => actor.Name).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        var items = rows.ConvertAll(row => Item(row.Entry, row.Actor));
        await AddMessagesAsync(context, items, cancellationToken);
        if (items.Count <= limit)
            return new Page<TimelineItem>(items, null);
        items.RemoveAt(limit);
        return new Page<TimelineItem>(items, new Cursor("timeline", null, items[^1].Id).Encode());
    }

    internal static TimelineItem Item(TimelineEntry entry, string? actor) => new(
        entry.Id, entry.At, entry.Kind, entry.ActorId, actor, entry.Text, entry.Before, entry.After, entry.MessageId, null, TimelineDetails.FromJson(entry.Details));

    private static IQueryable<TimelineEntry> Filtered(IQueryable<TimelineEntry> entries, TimelineFilter filter)
    {
        if (filter is TimelineFilter.Changes)
            return entries.Where(entry => !NoChanges.Contains(entry.Kind));
        return Kinds.TryGetValue(filter, out var kinds) ? entries.Where(entry => kinds.Contains(entry.Kind)) : entries;
    }

    private static async Task AddMessagesAsync(AppDbContext context, List<TimelineItem> items, CancellationToken cancellationToken)
    {
        var ids = items.Select(item => item.MessageId).OfType<long>().ToList();
        if (ids.Count is 0)
            return;
        var messages = await context.LeadMessages.Where(message => EF.Parameter(ids).Contains(message.Id))
            .Select(message => new TimelineMessage(
                message.Id, message.Kind, message.Media != null, message.Outgoing, message.Delivery, message.DeliveryError, message.EditedAt, message.ErasedAt))
            .ToDictionaryAsync(message => message.Id, cancellationToken);
        for (var at = 0; at < items.Count; at++)
        {
            if (items[at].MessageId is { } id && messages.TryGetValue(id, out var message))
                items[at] = items[at] with { Message = message };
        }
    }
}
