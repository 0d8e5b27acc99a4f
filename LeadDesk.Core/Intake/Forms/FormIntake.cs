using System.Diagnostics;
using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Forms;

/// <summary>Makes leads of stored form submissions.</summary>
internal sealed class FormIntake(Database database, LeadIntake intake, LeadService leads, LinkedInClient linkedIn, ISecretBox box, TimeProvider clock) : IInboundHandler
{
    public static IReadOnlyList<string> Sources { get; } = [InboundSources.Form];

    public async Task<IReadOnlyList<InboundOutcome>> HandleAsync(long companyId, IReadOnlyList<InboundEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(one => SourceId(one.Origin)).OfType<long>().ToHashSet();
        await using var context = database.Open(companyId);
        var sources = await context.FormSources.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        return await Task.WhenAll(events.Select(one => HandleAsync(one, SourceId(one.Origin) is { } id ? sources.GetValueOrDefault(id) : null, cancellationToken)));
    }

    private async Task<InboundOutcome> HandleAsync(InboundEvent one, FormSource? source, CancellationToken cancellationToken)
    {
        if (source is null)
            return InboundOutcome.Failed("The form it came with was deleted here.");
        var read = FormReader.Read(one.Raw, one.ContentType);
        if (!read.Succeeded)
            return InboundOutcome.Unreadable(read.Refusal.Message);
        var submission = read.Value[0].Submission;
        var robot = submission.Ignored ?? (submission.Stamp is { } stamp ? FormStamp.Judge(stamp, source, one.ReceivedAt, box) : null);
        if (robot is not null)
            return InboundOutcome.Ignored(robot);
        if (submission.Deleted)
            return await WithdrawAsync(one, source, submission.FetchId!, cancellationToken);
        double? fetching = null;
        if (submission.FetchId is not null)
        {
            var started = Stopwatch.GetTimestamp();
            if (one.Fetched is null && await FetchAsync(one, source, submission, cancellationToken) is { } notFetched)
                return notFetched;
            fetching = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (FormReader.Complete(submission, one.Fetched!) is not { } complete)
                return InboundOutcome.Failed("LinkedIn's answer cannot be read.");
            submission = complete;
        }

        return await ReceiveAsync(one, source, submission, fetching);
    }

    private async Task<InboundOutcome> ReceiveAsync(InboundEvent one, FormSource source, FormSubmission submission, double? fetching)
    {
        var lead = FormLeads.Of(source, submission);
        if (lead is null)
            return InboundOutcome.Failed("Nothing was filled in: there is neither a contact nor any other answer.");
        var received = await intake.ReceiveAsync(
            CurrentUser.OfSource(one.CompanyId),
            lead with
            {
                Raw = one.Raw,
                RepeatKey = one.RepeatKey,
                Origin = one.Origin,
                OccurredAt = submission.OccurredAt ?? one.OccurredAt ?? one.ReceivedAt,
                Fetched = one.Fetched,
                Steps = new EventSteps((clock.GetUtcNow().UtcDateTime - one.ReceivedAt).TotalMilliseconds, fetching, null, null),
            },
            null,
            CancellationToken.None);
        return received.Succeeded ? InboundOutcome.Finished : InboundOutcome.Failed(received.Refusal.Message);
    }

    private async Task<InboundOutcome?> FetchAsync(InboundEvent one, FormSource source, FormSubmission notice, CancellationToken cancellationToken)
    {
        if (source.AccessToken is null || box.Open(source.AccessToken) is not { } token)
            return InboundOutcome.Failed("LinkedIn names the lead but does not send it. Set an access token in the form's settings, then process this again.");
        var answer = await linkedIn.FetchAsync(notice.FetchId!, notice.Attribution.GetValueOrDefault("form_id"), token, cancellationToken);
        if (answer.Body is not null)
        {
            one.Fetched = answer.Body;
            return null;
        }

        return answer.RetryAfter is { } wait ? InboundOutcome.Later(clock.GetUtcNow().UtcDateTime + wait, answer.Problem!) : InboundOutcome.Failed(answer.Problem!);
    }

    /// <summary>The person took the submission back: what was sent is erased here; people decide about what they wrote themselves.</summary>
    private async Task<InboundOutcome> WithdrawAsync(InboundEvent one, FormSource source, string responseId, CancellationToken cancellationToken)
    {
        var key = FormUnits.RepeatKey(source.Id, responseId);
        var leadId = await database.WriteAsync(one.CompanyId, async context =>
        {
            if (await context.InboundEvents.FirstOrDefaultAsync(row => row.Source == InboundSources.Form && row.RepeatKey == key, cancellationToken) is not { } sent)
                return (long?)null;
            (sent.Raw, sent.Fetched) = ([], null);
            if (sent.State is InboundState.Received)
                (sent.State, sent.DueAt, sent.Error) = (InboundState.Ignored, null, "The person took it back.");
            return sent.LeadId;
        }, cancellationToken);
        if (leadId is not { } lead)
            return InboundOutcome.Ignored("The person took back a submission that made no lead here.");
        await leads.AddNoteAsync(
            CurrentUser.OfSource(one.CompanyId), lead, "LinkedIn says that this person took the submission back. What LinkedIn sent is erased; delete the lead unless you may keep it.", null, cancellationToken);
        return InboundOutcome.Done(lead);
    }

    private static long? SourceId(string? origin) => long.TryParse(origin, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>A submission as a lead of its form. Pure; the mapping page shows what comes of it.</summary>
public static class FormLeads
{
    /// <returns>Without raw body and keys; null when nothing was filled in.</returns>
    public static IncomingLead? Of(FormSource source, FormSubmission submission)
    {
        var mapped = LeadMapper.Map(submission.Answers, FieldMappingJson.Read(source.Mapping));
        if (mapped.IsEmpty && submission.Files.Count is 0)
            return null;
        var facts = new Dictionary<string, string>(submission.Attribution, StringComparer.Ordinal);
        if (submission.FormName is { } form)
            facts.TryAdd("form_name", form);
        if (!mapped.Answers.ContainsKey("source"))
            facts.TryAdd("source", SourceName(submission.Platform) ?? source.Name);
        foreach (var (name, value) in facts)
            facts[name] = MappedText.Piece(MappedText.Clean(value), 0, LeadNormaliser.LongestMessage);
        return mapped.Into(new IncomingLead
        {
            Source = InboundSources.Form,
            Raw = [],
            Channel = submission.Channel,
            Region = source.Region,
            Metadata = facts,
            IsTest = submission.IsTest,
            AcceptWithoutContact = true,
            Owners = JsonList.Read<long>(source.OwnerIds),
            Files = submission.Files,
        });
    }

    private static string? SourceName(FormPlatform platform) => platform switch
    {
        FormPlatform.GoogleAds => "Google Ads",
        FormPlatform.LinkedIn => "LinkedIn",
        FormPlatform.TikTok => "TikTok",
        _ => null,
    };
}
