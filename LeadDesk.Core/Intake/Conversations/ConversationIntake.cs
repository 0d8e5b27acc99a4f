using System.Diagnostics;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// Makes leads and conversations of what WhatsApp, Instagram and Messenger sent: messages go to the intake, everything
/// that happens to messages and people that are here goes to <see cref="ConversationChanges"/>.
/// </summary>
internal sealed class ConversationIntake(
    Database database, LeadIntake intake, ChannelDirectory channels, ConversationChanges changes, JobSignal jobs, TimeProvider clock) : IInboundHandler
{
    private const int LongestId = 300;

    public static IReadOnlyList<string> Sources { get; } = [InboundSources.WhatsApp, InboundSources.Instagram, InboundSources.Messenger];

    public async Task<IReadOnlyList<InboundOutcome>> HandleAsync(long companyId, IReadOnlyList<InboundEvent> events, CancellationToken cancellationToken)
    {
        var source = events[0].Source;
        var settings = (await channels.RoutesAsync()).Settings(companyId, source);
        var turns = events.Select(Read).ToList();
        var outcomes = new InboundOutcome?[turns.Count];

        // Messages before what happened to them, in the order they were written: then the last one is the one that lists show.
        var messages = turns.Index().Where(turn => turn.Item.What is ConversationEvent.Message).OrderBy(turn => turn.Item.At).ToList();
        var received = await Task.WhenAll(messages.Select(turn => ReceiveAsync(companyId, turn.Item, settings, cancellationToken)));
        foreach (var (turn, outcome) in messages.Zip(received))
            outcomes[turn.Index] = outcome;

        var others = turns.Index().Where(turn => turn.Item.What is not ConversationEvent.Message).OrderBy(turn => turn.Item.At).ToList();
        var changed = await changes.ApplyAsync(companyId, source, [.. others.Select(turn => turn.Item)], cancellationToken);
        foreach (var (turn, outcome) in others.Zip(changed))
            outcomes[turn.Index] = outcome;

        if (settings is { WaitsForFirstEvent: true })
            await RememberFirstEventAsync(companyId, settings.ConnectionId, cancellationToken);
        return outcomes!;
    }

    private static ConversationTurn Read(InboundEvent inbound)
    {
        var started = Stopwatch.GetTimestamp();
        var what = inbound.Source is InboundSources.WhatsApp ? WhatsAppReader.Read(inbound.Raw) : MessagingReader.Read(inbound.Raw);
        return new ConversationTurn(inbound, what, what.At ?? inbound.OccurredAt ?? inbound.ReceivedAt, Stopwatch.GetElapsedTime(started));
    }

    private async Task<InboundOutcome> ReceiveAsync(long companyId, ConversationTurn turn, ChannelSettings? settings, CancellationToken cancellationToken)
    {
        var message = (ConversationEvent.Message)turn.What;
        var inbound = turn.Event;
        var (person, content) = (message.Person, message.Content);
        var waited = clock.GetUtcNow().UtcDateTime - inbound.ReceivedAt;
        var lead = new IncomingLead
        {
            Source = inbound.Source,
            Origin = inbound.Origin,
            Raw = inbound.Raw,
            RepeatKey = inbound.RepeatKey,
            ExternalId = person.Id,
            Channel = inbound.Source,
            Name = person.Name,
            Phone = person.Phone,
            Message = content.Text,
            Metadata = message.Metadata,
            MetadataJson = message.Metadata.Count is 0 ? null : JsonSerializer.Serialize(message.Metadata),
            Region = settings?.Region,
            Owners = settings?.Owners ?? [],
            OccurredAt = turn.At,
            // Nobody could answer, but somebody wrote.
            AcceptWithoutContact = person.Id is null,
            MessageDetails = new MessageDetails(Fit(message.Id), content.Kind, ConversationChanges.MediaJson(content.Media), Fit(message.ReplyTo)),
            Steps = new EventSteps(waited.TotalMilliseconds, null, turn.Reading.TotalMilliseconds, null),
        };
        var outcome = await intake.ReceiveAsync(CurrentUser.OfSource(companyId), lead, null, cancellationToken);
        if (!outcome.Succeeded)
            return InboundOutcome.Failed(outcome.Refusal.Message);
        if (outcome.Value.Answer is { Duplicate: false } made && person is { Name: null, Id: not null } && inbound.Source is not InboundSources.WhatsApp)
            await AskForNameAsync(companyId, made.LeadId, cancellationToken);
        return InboundOutcome.Finished;
    }

    private async Task AskForNameAsync(long companyId, long leadId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await database.WriteAsync(companyId, context => ConversationProfile.AddAsync(context, companyId, leadId, now, cancellationToken), cancellationToken);
        jobs.Wake();
    }

    /// <summary>A longer id is none of Meta's; cut it could pass for another.</summary>
    private static string? Fit(string? id) => id is { Length: <= LongestId } ? id : null;

    private async Task RememberFirstEventAsync(long companyId, long connectionId, CancellationToken cancellationToken)
    {
        DateTime? now = clock.GetUtcNow().UtcDateTime;
        await database.WriteAsync(
            companyId,
            context => context.ChannelConnections.Where(row => row.Id == connectionId && row.FirstEventAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.FirstEventAt, now), cancellationToken),
            cancellationToken);
        channels.Forget();
    }
}

/// <summary>An event on its way into the conversation.</summary>
/// <param name="At">When it happened, UTC: by the channel's word, else when it came in.</param>
/// <param name="Reading">How long reading it took.</param>
internal sealed record ConversationTurn(InboundEvent Event, ConversationEvent What, DateTime At, TimeSpan Reading);
