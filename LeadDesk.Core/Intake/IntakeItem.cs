using System.Security.Cryptography;
using System.Text;
using LeadDesk.Analysis;
using LeadDesk.Assignment;
using LeadDesk.Companies;

namespace LeadDesk.Intake;

/// <summary>What waits for the next shared commit.</summary>
internal interface IIntakeWork
{
    /// <summary>How many messages it is.</summary>
    int Rows { get; }

    void Fail(Exception exception);
}

/// <summary>Bodies to be stored as they came.</summary>
internal sealed class RawEvents(IReadOnlyList<InboundEvent> events) : IIntakeWork
{
    public IReadOnlyList<InboundEvent> Events => events;

    public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Rows => events.Count;

    public void Fail(Exception exception) => Completion.TrySetException(exception);
}

/// <summary>One incoming lead on its way into the next shared commit. Immutable: a batch that lost a race is planned again from its items.</summary>
internal sealed class IntakeItem(
    CompanyRules company,
    IReadOnlyList<Candidate> staff,
    IncomingLead incoming,
    LeadCandidate candidate,
    AnalysisOutcome? analysis,
    bool refineLater,
    DateTime receivedAt,
    Func<IntakeAnswer, string>? renderResponse) : IIntakeWork
{
    public CompanyRules Company => company;

    /// <summary>Who could get the lead.</summary>
    public IReadOnlyList<Candidate> Staff => staff;

    public IncomingLead Incoming => incoming;

    public LeadCandidate Candidate => candidate;

    /// <summary>The company's own fields, tags and value of the lead.</summary>
    public LeadFill Fill { get; } = LeadFill.Of(company, incoming);

    /// <summary>Null when there is no text to analyse.</summary>
    public AnalysisOutcome? Analysis => analysis;

    /// <summary>No model answered in time; a job asks again.</summary>
    public bool RefineLater => refineLater;

    public DateTime ReceivedAt => receivedAt;

    /// <summary>The row of a file that it is; null for what comes in by itself.</summary>
    public Import.Rows.ImportedRow? Row { get; init; }

    /// <summary>The response body, for the record of an idempotency key.</summary>
    public Func<IntakeAnswer, string>? RenderResponse => renderResponse;

    /// <summary>
    /// The sender's id and the content. The same id with another text is not a repeat but one more message: nothing is lost
    /// when a sender uses an id for the person rather than for the message.
    /// </summary>
    public string? RepeatKey { get; } = incoming.RepeatKey ?? (incoming.ExternalId is { Length: > 0 } id ? $"{id}:{ContentHash(candidate)}" : null);

    /// <summary>When the person did it. A sender's clock that runs ahead does not make leads of tomorrow.</summary>
    public DateTime OccurredAt { get; } = incoming.OccurredAt is { } at && at < receivedAt && at.Year > 2000 ? at : receivedAt;

    public string? ChannelId { get; } = candidate.ChannelId is { Length: > 0 } channelId ? Leads.LeadContacts.ChannelId(candidate.Channel, channelId) : null;

    public TaskCompletionSource<IntakeResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Rows => 1;

    public void Fail(Exception exception) => Completion.TrySetException(exception);

    private static string ContentHash(LeadCandidate candidate)
    {
        var content = $"{candidate.Channel}\n{candidate.Phone}\n{candidate.Email}\n{candidate.Message}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 12));
    }
}

/// <param name="Answer">Null when the request repeats an idempotency key.</param>
/// <param name="StoredResponse">The first answer to this idempotency key.</param>
/// <param name="KeyMisused">The idempotency key was used for another request before.</param>
internal readonly record struct IntakeResult(IntakeAnswer? Answer, string? StoredResponse = null, bool KeyMisused = false);
