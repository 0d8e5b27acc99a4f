using System.Diagnostics;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using LeadDesk.Live;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Intake;

/// <summary>
/// The one door: however a lead comes in, it comes through here. Normalises, analyses, and hands it to the shared commit
/// that matches, scores, assigns and stores it. What this answers is durable.
/// </summary>
public sealed class LeadIntake : IAsyncDisposable
{
    private readonly CompanyDirectory companies;
    private readonly UserDirectory users;
    private readonly LeadAnalyst analyst;
    private readonly TimeProvider clock;
    private readonly IntakeWriter writer;

    public LeadIntake(
        Database database, CompanyDirectory companies, UserDirectory users, LeadAnalyst analyst, LiveFeed feed, JobSignal jobs, TimeProvider clock, ILoggerFactory logs)
    {
        (this.companies, this.users, this.analyst, this.clock) = (companies, users, analyst, clock);
        writer = new IntakeWriter(database, feed, jobs, clock, logs.CreateLogger<IntakeWriter>());
    }

    /// <param name="renderResponse">The response body, needed only where <see cref="IncomingLead.Idempotency"/> is set.</param>
    /// <returns>
    /// The answer and, for a repeated idempotency key, the first answer's text. Refused with the field's name when
    /// something cannot be taken; nothing is stored then.
    /// </returns>
    /// <exception cref="IntakeOverloadedException">Try again later; nothing was stored.</exception>
    public async Task<Outcome<IntakeReceipt>> ReceiveAsync(
        CurrentUser caller, IncomingLead incoming, Func<IntakeAnswer, string>? renderResponse, CancellationToken cancellationToken)
    {
        if (!caller.Can(Permission.CreateLeads))
            return Refusal.Forbidden("Your role may not create leads. Ask an admin.");
        var company = await companies.GetAsync(caller.CompanyId, cancellationToken);
        var candidate = LeadNormaliser.Normalise(incoming, company.Region);
        if (!candidate.Succeeded)
            return candidate.Refusal;

        var receivedAt = clock.GetUtcNow().UtcDateTime;
        var (analysis, refineLater) = await AnalyseAsync(candidate.Value, receivedAt, cancellationToken);
        var staff = (await users.OfAsync(caller.CompanyId)).Candidates;
        var item = new IntakeItem(company, staff, incoming, candidate.Value, analysis, refineLater, receivedAt, renderResponse);
        var result = await writer.StoreAsync(item);
        if (result.KeyMisused)
            return Refusal.Invalid("idempotency_key", "This Idempotency-Key was used for another request. Use a new key for a new request.");
        return new IntakeReceipt(result.Answer, result.StoredResponse);
    }

    /// <summary>Stores bodies that are worked on later. What this returned from is durable.</summary>
    /// <exception cref="IntakeOverloadedException">Try again later; nothing was stored.</exception>
    internal Task StoreRawAsync(IReadOnlyList<InboundEvent> events) => writer.StoreAsync(new RawEvents(events));

    /// <summary>Stores rows of a file, and how far the file is done with them, in one commit.</summary>
    internal Task<ImportTally> StoreRowsAsync(ImportBatch rows) => writer.StoreAsync(rows);

    /// <summary>What storage knows of rows, without writing anything or keeping anybody from writing.</summary>
    internal Task<IntakeState> LookUpAsync(IReadOnlyList<IntakeItem> items, CancellationToken cancellationToken) => writer.LookUpAsync(items, cancellationToken);

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task<(AnalysisOutcome? Outcome, bool RefineLater)> AnalyseAsync(LeadCandidate candidate, DateTime now, CancellationToken cancellationToken)
    {
        if (candidate.Telling is not { } text)
            return (null, false);
        var started = Stopwatch.GetTimestamp();
        var builtIn = BuiltInClassifier.Classify(text, now);
        var outcome = new AnalysisOutcome(builtIn, AnalysisOutcome.BuiltIn, Stopwatch.GetElapsedTime(started), []);
        if (!analyst.HasProviders)
            return (outcome, false);
        var refined = await analyst.AnalyseAsync(text, builtIn, cancellationToken);
        return (refined, refined.AnsweredBy == AnalysisOutcome.BuiltIn);
    }
}

/// <param name="Answer">Null when <paramref name="StoredResponse"/> repeats an earlier answer.</param>
public sealed record IntakeReceipt(IntakeAnswer? Answer, string? StoredResponse);
