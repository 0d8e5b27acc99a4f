using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>The changes of one transaction. See <see cref="ConversationChanges"/>.</summary>
/// <param name="told">Gets what the live feed tells after the commit.</param>
internal sealed class ConversationBatch(
    AppDbContext context, CompanyRules company, string channel, DateTime now, List<LeadEvent> told, CancellationToken cancellationToken)
{
    /// <summary>How long something waits for its message or person, by the times it was tried. Channels send in any order.</summary>
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    /// <summary>Most statuses are of messages that another program sent and that never come here.</summary>
    private static readonly TimeSpan[] WaitsOfStatus = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2)];

    private readonly Dictionary<string, LeadMessage> messages = new(StringComparer.Ordinal);
    private readonly ConversationPeople people = new(context, channel, cancellationToken);

    /// <summary>Looks up the messages of all turns together.</summary>
    public async Task LoadAsync(IReadOnlyList<ConversationTurn> turns)
    {
        var ids = turns.Select(turn => MessageOf(turn.What)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is 0)
            return;
        foreach (var message in await context.LeadMessages.Where(row => row.Channel == channel && EF.Parameter(ids).Contains(row.ExternalId!)).ToListAsync(cancellationToken))
            messages[message.ExternalId!] = message;
    }

    public Task<InboundOutcome> ApplyAsync(ConversationTurn turn) => turn.What switch
    {
        ConversationEvent.Status status => StatusAsync(turn, status),
        ConversationEvent.Edit edit => EditAsync(turn, edit),
        ConversationEvent.Revoke revoke => RevokeAsync(turn, revoke),
        ConversationEvent.Echo echo => EchoAsync(turn, echo),
        ConversationEvent.NumberChanged changed => OfPersonAsync(turn, changed.Person, change => people.ChangeNumberAsync(change, changed.NewWhatsAppId)),
        ConversationEvent.Preference preference => OfPersonAsync(turn, preference.Person, change => Task.FromResult(ConversationPeople.Prefer(change, preference.OptedOut))),
        ConversationEvent.Referral referral => OfPersonAsync(turn, referral.Person, change => Task.FromResult(ConversationPeople.Attribute(change, referral.Metadata))),
        ConversationEvent.Nothing nothing => Task.FromResult(InboundOutcome.Ignored(nothing.Reason)),
        ConversationEvent.Unreadable unreadable => Task.FromResult(InboundOutcome.Unreadable(unreadable.Reason)),
        _ => throw new ArgumentOutOfRangeException(nameof(turn), turn.What.GetType().Name, "Messages go to the intake."),
    };

    private static string? MessageOf(ConversationEvent what) => what switch
    {
        ConversationEvent.Status status => status.Id,
        ConversationEvent.Edit edit => edit.Id,
        ConversationEvent.Revoke revoke => revoke.Id,
        ConversationEvent.Echo echo => echo.Id,
        _ => null,
    };

    private async Task<InboundOutcome> StatusAsync(ConversationTurn turn, ConversationEvent.Status status)
    {
        if (!messages.TryGetValue(status.Id, out var message))
            return Wait(turn, WaitsOfStatus, "It is about a message that was not sent from here.");
        if (message.Outgoing && status.Delivery > message.Delivery)
        {
            (message.Delivery, message.DeliveryError) = (status.Delivery, status.Error);
            Tell(await LeadAsync(message.LeadId));
        }

        if (status.OptedOut)
            await ChangeAsync(message.LeadId, change => Task.FromResult(ConversationPeople.Prefer(change, optedOut: true)));
        return InboundOutcome.Done(message.LeadId);
    }

    private async Task<InboundOutcome> EditAsync(ConversationTurn turn, ConversationEvent.Edit edit)
    {
        if (!messages.TryGetValue(edit.Id, out var message))
            return Wait(turn, Waits, "It changes a message that is not here.");
        if (message.ErasedAt is null && (message.EditedAt is null || message.EditedAt < turn.At))
            await ChangeAsync(message.LeadId, change => RewriteAsync(change, message, edit.Content, turn.At));
        return InboundOutcome.Done(message.LeadId);
    }

    private async Task<bool> RewriteAsync(LeadChange change, LeadMessage message, ChatContent content, DateTime at)
    {
        var isShown = change.Lead.LastMessage == LeadText.Snippet(message.Text);
        (message.Text, message.EditedAt) = (content.Text, at);
        if (content.Media is not null)
            message.Media = ConversationChanges.MediaJson(content.Media);
        await RewriteTimelineAsync(message, content.Text);
        change.SearchTextChanged = true;
        if (message.Outgoing)
            return true;
        if (isShown)
            change.Lead.LastMessage = LeadText.Snippet(content.Text);
        LeadScoring.SetReading(change.Lead, LeadScoring.Telling(LeadScoring.ReadingOf(change.Lead), BuiltInClassifier.Classify(content.Text, at)));
        LeadEditing.Rescore(change);
        return true;
    }

    private async Task<InboundOutcome> RevokeAsync(ConversationTurn turn, ConversationEvent.Revoke revoke)
    {
        if (!messages.TryGetValue(revoke.Id, out var message))
            return Wait(turn, Waits, "It takes back a message that is not here.");
        if (message.ErasedAt is null)
            await ChangeAsync(message.LeadId, change => EraseAsync(change, message, turn.At));
        return InboundOutcome.Done(message.LeadId);
    }

    /// <summary>The text goes wherever it stands: message, timeline, lists, search, what was read from it, and the body it came in.</summary>
    private async Task<bool> EraseAsync(LeadChange change, LeadMessage message, DateTime at)
    {
        var lead = change.Lead;
        if (lead.LastMessage == LeadText.Snippet(message.Text))
        {
            var before = await context.LeadMessages.Where(row => row.LeadId == lead.Id && row.Id != message.Id && !row.Outgoing && row.ErasedAt == null)
                .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Select(row => row.Text).FirstOrDefaultAsync(cancellationToken);
            lead.LastMessage = LeadText.Snippet(before);
        }

        (message.Text, message.Media, message.ErasedAt) = ("", null, at);
        await RewriteTimelineAsync(message, null);
        foreach (var analysis in await context.LeadAnalyses.Where(row => row.LeadId == lead.Id && row.MessageId == message.Id).ToListAsync(cancellationToken))
            analysis.Extracted = null;
        if (message.InboundEventId is { } eventId && await context.InboundEvents.FirstOrDefaultAsync(row => row.Id == eventId, cancellationToken) is { } inbound)
            inbound.Raw = [];
        change.SearchTextChanged = true;
        return true;
    }

    private async Task RewriteTimelineAsync(LeadMessage message, string? text)
    {
        foreach (var entry in await context.TimelineEntries.Where(row => row.LeadId == message.LeadId && row.MessageId == message.Id).ToListAsync(cancellationToken))
            entry.Text = text;
    }

    private async Task<InboundOutcome> EchoAsync(ConversationTurn turn, ConversationEvent.Echo echo)
    {
        if (echo.Id is not null && messages.TryGetValue(echo.Id, out var known))
            return InboundOutcome.Done(known.LeadId);
        return await OfPersonAsync(turn, echo.Person, async change =>
        {
            var message = new LeadMessage
            {
                CompanyId = company.CompanyId,
                LeadId = change.Lead.Id,
                InboundEventId = turn.Event.Id,
                Channel = channel,
                Text = echo.Content.Text,
                At = turn.At < now ? turn.At : now,
                Outgoing = true,
                Kind = echo.Content.Kind,
                Media = ConversationChanges.MediaJson(echo.Content.Media),
                ExternalId = echo.Id is { Length: <= 300 } ? echo.Id : null,
                ReplyToExternalId = echo.ReplyTo is { Length: <= 300 } ? echo.ReplyTo : null,
                Delivery = DeliveryState.Sent,
            };
            context.LeadMessages.Add(message);
            await context.SaveChangesAsync(cancellationToken);
            if (message.ExternalId is { } id)
                messages[id] = message;
            change.Note(TimelineKind.Message, message.Text, after: channel).MessageId = message.Id;
            // What we wrote before the person did is no answer.
            if (message.At >= change.Lead.CreatedAt)
                change.Lead.FirstResponseAt ??= message.At;
            change.SearchTextChanged = true;
            return true;
        });
    }

    private async Task<InboundOutcome> OfPersonAsync(ConversationTurn turn, ChatPerson person, Func<LeadChange, Task<bool>> apply)
    {
        if (await people.FindAsync(person) is not { } leadId)
            return Wait(turn, Waits, "It is about somebody who is no lead.");
        await ChangeAsync(leadId, apply);
        return InboundOutcome.Done(leadId);
    }

    /// <param name="apply">Returns false when nothing had to be changed.</param>
    private async Task ChangeAsync(long leadId, Func<LeadChange, Task<bool>> apply)
    {
        var change = new LeadChange(context, await LeadAsync(leadId), company, null, now);
        if (!await apply(change))
            return;
        await change.SaveAsync(cancellationToken);
        told.Add(change.Event());
    }

    /// <summary>Also from the trash: a conversation goes on there unseen.</summary>
    private Task<Lead> LeadAsync(long id) => context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).FirstAsync(lead => lead.Id == id, cancellationToken);

    private void Tell(Lead lead) => told.Add(new LeadEvent(lead.CompanyId, lead.Id, LeadEventKind.Updated, lead.OwnerId, lead.OwnerId));

    private InboundOutcome Wait(ConversationTurn turn, TimeSpan[] waits, string reason)
    {
        var tried = Math.Max(1, turn.Event.Attempts);
        return tried <= waits.Length ? InboundOutcome.Later(now + waits[tried - 1], reason) : InboundOutcome.Ignored(reason);
    }
}
