using System.ComponentModel;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;

namespace LeadDesk.Web.IntakeMonitor;

internal sealed record InboundEventResponse(
    long Id,
    [property: Description("meta, whatsapp, instagram, messenger, form, email, webhook, api or manual.")] string Source,
    [property: Description("Where inside the source: a form's id, a mailbox, a business number.")] string? Origin,
    [property: Description("The sender's id.")] string? ExternalId,
    [property: Description("received waits; processed is done; failed, ignored and unreadable can be processed again.")] InboundState State,
    long? LeadId,
    DateTime? OccurredAt,
    DateTime ReceivedAt,
    [property: Description("While it waits: when it is worked on next.")] DateTime? DueAt,
    int Attempts,
    DateTime? ProcessedAt,
    [property: Description("From received to done, waiting included.")] double? TotalMs,
    [property: Description("Why it failed or was left alone.")] string? Error)
{
    public static InboundEventResponse Of(InboundEventRow row) => new(
        row.Id, row.Source, row.Origin, row.ExternalId, row.State, row.LeadId, row.OccurredAt, row.ReceivedAt, row.DueAt, row.Attempts, row.ProcessedAt, row.Total?.TotalMilliseconds, row.Error);
}

internal sealed record InboundEventListResponse(
    IReadOnlyList<InboundEventResponse> Events,
    [property: Description("Null on the last page. A page may be shorter than its limit and still have a next one.")] string? NextCursor);

[Description("Milliseconds; null when the step was not needed.")]
internal sealed record EventStepsResponse(double? WaitedMs, double? FetchedMs, double? ReadMs, double? QueuedMs);

internal sealed record EventBodyResponse(
    [property: Description("JSON on lines of its own, everything else as it came; at most 100,000 characters.")] string Text,
    [property: Description("Of the whole body.")] long Bytes,
    [property: Description("The body goes on behind the text.")] bool Cut,
    [property: Description("Letters and digits of what people sent are hidden from this role.")] bool Masked)
{
    public static EventBodyResponse? Of(BodyView? body) => body is null ? null : new(body.Text, body.Bytes, body.Cut, body.Masked);
}

internal sealed record InboundEventDetailResponse(
    InboundEventResponse Event,
    EventStepsResponse? Steps,
    string? ContentType,
    [property: Description("Null once it was dropped after its time.")] EventBodyResponse? Raw,
    [property: Description("What was asked from the sender afterwards.")] EventBodyResponse? Fetched)
{
    public static InboundEventDetailResponse Of(InboundEventDetails details) => new(
        InboundEventResponse.Of(details.Row),
        details.Steps is { } steps ? new(steps.Waited, steps.Fetched, steps.Read, steps.Queued) : null,
        details.ContentType,
        EventBodyResponse.Of(details.Raw),
        EventBodyResponse.Of(details.Fetched));
}
