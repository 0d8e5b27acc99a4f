using System.Text.Json;
using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake;

/// <summary>Asks the models again about a message that only the built-in classifier could answer in time, and scores the lead anew.</summary>
internal sealed class RefineAnalysis(Database database, CompanyDirectory companies, LeadAnalyst analyst, LiveFeed feed, TimeProvider clock) : IJobHandler
{
    /// <summary>A provider that was too slow a moment ago gets a little time to recover.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    public static string Kind => "analysis.refine";

    public static Job Job(Lead lead, long messageId, DateTime now) => new()
    {
        CompanyId = lead.CompanyId,
        Kind = Kind,
        Payload = JsonSerializer.Serialize(new RefinePayload(lead.Id, messageId)),
        RunAt = now + Wait,
        CreatedAt = now,
    };

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("A refinement belongs to a company.");
        var payload = JsonSerializer.Deserialize<RefinePayload>(run.Payload ?? "") ?? throw new InvalidOperationException("A refinement names its message.");
        LeadMessage? message;
        await using (var context = database.Open(companyId))
            message = await context.LeadMessages.FirstOrDefaultAsync(row => row.Id == payload.MessageId, cancellationToken);
        // Taken back by its sender meanwhile: there is nothing left to read.
        if (message is null or { ErasedAt: not null })
            return;

        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = await analyst.AnalyseAsync(message.Text, BuiltInClassifier.Classify(message.Text, message.At), cancellationToken);
        if (outcome.AnsweredBy == AnalysisOutcome.BuiltIn)
            throw new NoModelAnsweredException(outcome.Attempts);
        var company = await companies.GetAsync(companyId, cancellationToken);
        var told = await database.WriteAsync(companyId, async context =>
        {
            var lead = await context.Leads.FirstOrDefaultAsync(row => row.Id == message.LeadId, cancellationToken);
            if (lead is null || await context.LeadAnalyses.AnyAsync(row => row.MessageId == message.Id && row.AnsweredBy != AnalysisOutcome.BuiltIn, cancellationToken))
                return null;
            var change = new LeadChange(context, lead, company, null, now);
            context.LeadAnalyses.Add(IntakeRecords.AnalysisRow(lead, message.Id, outcome, now));
            LeadScoring.SetReading(lead, LeadScoring.Telling(LeadScoring.ReadingOf(lead), outcome.Analysis));
            change.Note(TimelineKind.ModelAnalysed, outcome.AnsweredBy);
            LeadEditing.Rescore(change);
            await change.SaveAsync(cancellationToken);
            return change.Event();
        }, cancellationToken);
        if (told is not null)
            feed.Publish([told]);
    }

    private sealed record RefinePayload(long LeadId, long MessageId);
}

/// <summary>Every configured model failed; the job backs off and asks again.</summary>
internal sealed class NoModelAnsweredException(IReadOnlyList<ModelAttempt> attempts)
    : Exception($"No model answered: {string.Join(", ", attempts.Select(attempt => $"{attempt.Provider} {attempt.Reason}"))}");
