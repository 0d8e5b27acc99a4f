using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Forms;

/// <summary>What the mapping page shows of the newest submission.</summary>
/// <param name="Lead">What comes of it; null when nothing was filled in.</param>
/// <param name="Fields">What the company's own fields hold then.</param>
public sealed record FormSample(DateTime ReceivedAt, FormSubmission Submission, IncomingLead? Lead, IReadOnlyList<FilledField> Fields);

/// <summary>One of the company's own fields as an answer fills it.</summary>
/// <param name="Key">Of the lead's metadata.</param>
/// <param name="Value">As programs read it.</param>
public sealed record FilledField(string Key, string Name, string Value);

/// <summary>Reads of the form sources, for admins.</summary>
public sealed class FormSourceQueries(Database database, CompanyDirectory companies)
{
    private const string ById = "id";

    /// <summary>Oldest first.</summary>
    public async Task<Outcome<Page<FormSourceView>>> ListAsync(CurrentUser actor, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        if (limit is < 1 or > Page<FormSourceView>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit is from 1 to {Page<FormSourceView>.MaximumLimit}.");
        var after = Cursor.Decode(cursor);
        if (cursor is not null && after?.Sort is not ById)
            return Refusal.Invalid("cursor", "This cursor is not from this list.");
        await using var context = database.Open(actor.CompanyId);
        var lastId = after?.Id ?? 0;
        var rows = await context.FormSources.Where(row => row.Id > lastId).OrderBy(row => row.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var next = rows.Count > limit ? new Cursor(ById, null, rows[limit - 1].Id).Encode() : null;
        return new Page<FormSourceView>([.. rows.Take(limit).Select(View)], next);
    }

    public async Task<Outcome<FormSourceView>> GetAsync(CurrentUser actor, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        return await context.FormSources.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } source ? View(source) : Refusal.Missing("form");
    }

    /// <summary>The newest submission that can be read, as the lead it would be with a mapping. Null in the outcome: none came in yet.</summary>
    /// <param name="mapping">Tried instead of the stored one.</param>
    public async Task<Outcome<FormSample?>> SampleAsync(CurrentUser actor, long id, FieldMapping mapping, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        if (await context.FormSources.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } source)
            return Refusal.Missing("form");
        var origin = FormUnits.Origin(id);
        var events = await context.InboundEvents
            .Where(row => row.Source == InboundSources.Form && row.Origin == origin && row.State != InboundState.Ignored && row.State != InboundState.Unreadable)
            .OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id).Take(5).ToListAsync(cancellationToken);
        source.Mapping = FieldMappingJson.Write(mapping);
        foreach (var newest in events.OrderByDescending(row => row.Id))
        {
            if (FormReader.Read(newest.Raw, newest.ContentType) is not { Succeeded: true, Value: [{ Submission: var submission }, ..] })
                continue;
            if (submission.FetchId is not null && newest.Fetched is not null)
                submission = FormReader.Complete(submission, newest.Fetched) ?? submission;
            var lead = FormLeads.Of(source, submission);
            return new FormSample(newest.ReceivedAt, submission, lead, lead is null ? [] : Filled(await companies.GetAsync(actor.CompanyId, cancellationToken), lead));
        }

        return (FormSample?)null;
    }

    private static IReadOnlyList<FilledField> Filled(CompanyRules company, IncomingLead lead) =>
        [.. LeadFill.FromMetadata(company, lead).Select(filled => new FilledField(filled.Key, filled.Field.Name, CustomFieldValues.Print(filled.Field, filled.Values)))];

    internal static FormSourceView View(FormSource source) => new(
        source.Id, source.Name, source.Key, source.Region, FieldMappingJson.Read(source.Mapping), source.Redirect, JsonList.Read<string>(source.AllowedOrigins), source.Secret is not null,
        source.AccessToken is not null, JsonList.Read<long>(source.OwnerIds), source.Active, source.CreatedAt, source.Version);
}
