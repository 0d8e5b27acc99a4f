using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Trash;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import.Running;

/// <summary>
/// Takes an import back, page after page, each a transaction that also notes what is done, so that a revert that is cut off goes on. What
/// an update or a joined row changed gets its former value where it still has the import's; leads that the import made disappear, or go to
/// the trash when somebody has worked on them since.
/// </summary>
internal sealed class ImportReverts(Database database, CompanyDirectory companies, LiveFeed feed, TimeProvider clock) : IJobHandler
{
    private const int RowsTogether = 500;

    /// <summary>Enough that each statement's own cost hardly counts, small enough that other writers wait less than a tenth of a second.</summary>
    private const int LeadsTogether = 1_000;
    private const string ChangedSince = "Changed since the import, so it is in the trash instead of gone";

    private static readonly TimelineKind[] ByItself = [TimelineKind.Scored, TimelineKind.PossibleDuplicate, TimelineKind.ModelAnalysed];

    public static string Kind => "import.revert";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("An import belongs to a company.");
        var importId = ImportJobs.IdOf(run);
        await using (var context = database.Open(companyId))
        {
            if (!await context.LeadImports.AnyAsync(row => row.Id == importId && row.State == ImportState.Reverting, cancellationToken))
                return;
        }

        var company = await companies.GetAsync(companyId, cancellationToken);
        using var longRun = database.EnterLongRun();
        while (await PageAsync(company, importId, RestoreRowsAsync, cancellationToken))
            feed.Publish([LeadEvent.Reload(companyId)]);
        while (await PageAsync(company, importId, RemoveLeadsAsync, cancellationToken))
            feed.Publish([LeadEvent.Reload(companyId)]);
        await EndAsync(companyId, importId, cancellationToken);
        feed.Publish([LeadEvent.Reload(companyId)]);
    }

    private Task<bool> PageAsync(CompanyRules company, long importId, Func<AppDbContext, CompanyRules, LeadImport, Dictionary<CounterKey, long>, CancellationToken, Task<bool>> work, CancellationToken cancellationToken) =>
        database.WriteAsync(company.CompanyId, async context =>
        {
            var import = await context.LeadImports.FirstAsync(row => row.Id == importId, cancellationToken);
            var deltas = new Dictionary<CounterKey, long>();
            var more = await work(context, company, import, deltas, cancellationToken);
            import.Version++;
            await context.SaveChangesAsync(cancellationToken);
            await CounterStore.ApplyAsync(context, company.CompanyId, deltas, cancellationToken);
            return more;
        }, cancellationToken);

    /// <summary>From the last row to the first, so that a lead that several rows changed gets what was before the first.</summary>
    private async Task<bool> RestoreRowsAsync(AppDbContext context, CompanyRules company, LeadImport import, Dictionary<CounterKey, long> deltas, CancellationToken cancellationToken)
    {
        var rows = await context.ImportRows.Where(row => row.ImportId == import.Id && row.Before != null).OrderByDescending(row => row.RowNumber).Take(RowsTogether).ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.LeadId!.Value).Distinct().ToList();
        var leads = await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => ids.Contains(lead.Id)).ToDictionaryAsync(lead => lead.Id, cancellationToken);
        var records = new List<(Lead, ChangedFact)>();
        var tags = await context.LeadTags.Where(tag => ids.Contains(tag.LeadId)).ToListAsync(cancellationToken);
        var values = await context.CustomFieldValues.Where(value => ids.Contains(value.LeadId)).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            // A lead that the import itself made is removed as a whole.
            if (leads.TryGetValue(row.LeadId!.Value, out var lead) && lead.ImportId != import.Id)
            {
                CounterKeys.Add(deltas, lead, company.Zone, -1);
                var left = Restore(context, row, lead, tags, values, records);
                lead.NameKey = LeadText.NameKey(lead.Name, lead.Email, lead.Phone);
                LeadScoring.Apply(lead, company.Scoring, Now());
                lead.Version++;
                CounterKeys.Add(deltas, lead, company.Zone, +1);
                Note(context, import, lead, left.Count is 0 ? null : string.Join(", ", left));
                Tally(import, row, left);
            }

            row.Before = null;
        }

        await TakeRecordsBackAsync(context, records, cancellationToken);
        await LeadSearchQueue.AddManyAsync(context, [.. leads.Keys.Order()], cancellationToken);
        return rows.Count > 0;
    }

    /// <returns>Facts that have another value by now and so keep it.</returns>
    private static List<string> Restore(AppDbContext context, ImportRow row, Lead lead, List<LeadTag> tags, List<CustomFieldValue> values, List<(Lead, ChangedFact)> records)
    {
        var left = new List<string>();
        foreach (var fact in LeadTexts.Read(row.Before))
        {
            if (fact.Name is LeadTexts.Submission or LeadTexts.Contacts)
            {
                records.Add((lead, fact));
            }
            else if (fact.Name is LeadTexts.Tags)
            {
                var added = fact.After!.Split(',').Select(static id => long.Parse(id, CultureInfo.InvariantCulture)).ToHashSet();
                context.LeadTags.RemoveRange(tags.Where(tag => tag.LeadId == lead.Id && added.Contains(tag.TagId)));
            }
            else if (fact.Name.StartsWith(LeadTexts.FieldPrefix, StringComparison.Ordinal))
            {
                if (!RestoreField(context, lead, fact, values))
                    left.Add(fact.Name);
            }
            else if (LeadTexts.Get(lead, fact.Name) == fact.After)
            {
                LeadTexts.Set(lead, fact.Name, fact.Before);
            }
            else if (LeadTexts.IsShown(fact.Name))
            {
                left.Add(fact.Name);
            }
        }

        return left;
    }

    private static bool RestoreField(AppDbContext context, Lead lead, ChangedFact fact, List<CustomFieldValue> values)
    {
        var fieldId = long.Parse(fact.Name.AsSpan(LeadTexts.FieldPrefix.Length), CultureInfo.InvariantCulture);
        var now = values.Where(value => value.LeadId == lead.Id && value.FieldId == fieldId).ToList();
        if (FieldText.Write(now) != fact.After)
            return false;
        context.CustomFieldValues.RemoveRange(now);
        values.RemoveAll(now.Contains);
        foreach (var value in FieldText.Read(fact.Before, fieldId))
        {
            (value.CompanyId, value.LeadId) = (lead.CompanyId, lead.Id);
            // The same place may be taken by the value that leaves.
            if (now.Find(one => one.Position == value.Position) is { } there)
            {
                context.Entry(there).State = EntityState.Unchanged;
                (there.Number, there.Key, there.Text) = (value.Number, value.Key, value.Text);
                values.Add(there);
            }
            else
            {
                context.CustomFieldValues.Add(value);
                values.Add(value);
            }
        }

        return true;
    }

    /// <summary>What joined rows added beside the lead's facts: the message, Meta's event, addresses.</summary>
    private static async Task TakeRecordsBackAsync(AppDbContext context, List<(Lead Lead, ChangedFact Fact)> records, CancellationToken cancellationToken)
    {
        var (events, messages) = (new List<long>(), new List<long>());
        foreach (var (lead, fact) in records)
        {
            if (fact.Name is LeadTexts.Submission)
            {
                var ids = fact.After!.Split(' ');
                lead.SubmissionCount = Math.Max(1, lead.SubmissionCount - 1);
                if (long.TryParse(ids[0], NumberStyles.None, CultureInfo.InvariantCulture, out var eventId))
                    events.Add(eventId);
                if (!long.TryParse(ids[1], NumberStyles.None, CultureInfo.InvariantCulture, out var messageId))
                    continue;
                messages.Add(messageId);
                lead.MessageCount = Math.Max(0, lead.MessageCount - 1);
                continue;
            }

            foreach (var contact in fact.After!.Split('\n'))
            {
                var (kind, value) = ((ContactKind)(contact[0] - '0'), contact[1..]);
                var near = LeadContacts.Near(kind is ContactKind.Phone ? value : null, kind is ContactKind.Email ? value : null).ToList();
                await context.LeadContacts.Where(row => row.Kind == kind && row.Value == value && row.LeadId == lead.Id).ExecuteDeleteAsync(cancellationToken);
                await context.LeadNearKeys.Where(row => near.Contains(row.Value) && row.LeadId == lead.Id).ExecuteDeleteAsync(cancellationToken);
            }
        }

        if (messages.Count > 0)
        {
            await context.TimelineEntries.Where(row => row.MessageId != null && messages.Contains(row.MessageId.Value)).ExecuteUpdateAsync(set => set.SetProperty(row => row.MessageId, (long?)null), cancellationToken);
            await context.LeadAnalyses.Where(row => row.MessageId != null && messages.Contains(row.MessageId.Value)).ExecuteDeleteAsync(cancellationToken);
            await context.LeadMessages.Where(row => messages.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        await context.InboundEvents.Where(row => events.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> RemoveLeadsAsync(AppDbContext context, CompanyRules company, LeadImport import, Dictionary<CounterKey, long> deltas, CancellationToken cancellationToken)
    {
        var leads = await Counted(context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => lead.ImportId == import.Id).OrderBy(lead => lead.Id).Take(LeadsTogether)).ToListAsync(cancellationToken);
        if (leads.Count is 0)
            return false;
        var ids = leads.ConvertAll(static lead => lead.Id);
        var details = ImportOrder.DetailsOf(import.Id);
        var changed = await context.TimelineEntries
            .Where(entry => EF.Parameter(ids).Contains(entry.LeadId) && !ByItself.Contains(entry.Kind) && (entry.Details == null || entry.Details != details))
            .Select(entry => entry.LeadId).Distinct().ToListAsync(cancellationToken);
        foreach (var lead in leads)
            CounterKeys.Add(deltas, lead, company.Zone, -1);
        var gone = ids.Except(changed).ToList();
        // Only Meta's rows have events, which else would keep a sync from bringing the lead again.
        if (ImportMappingJson.Read(import.Mapping, [])?.IsMeta is true)
            await context.InboundEvents.Where(row => row.LeadId != null && EF.Parameter(gone).Contains(row.LeadId.Value) && row.Source == InboundSources.Meta).ExecuteDeleteAsync(cancellationToken);
        if (gone.Count > 0)
            await LeadRemoval.RemoveAsync(context, import.CompanyId, gone, cancellationToken);
        import.Restored += gone.Count;
        foreach (var lead in await context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => EF.Parameter(changed).Contains(lead.Id)).OrderBy(lead => lead.Id).ToListAsync(cancellationToken))
            Trash(context, import, lead);
        return true;
    }

    /// <summary>With what <see cref="CounterKeys"/> looks at and no more: a lead has four times as many columns.</summary>
    private static IQueryable<Lead> Counted(IQueryable<Lead> leads) => leads.Select(lead => new Lead
    {
        Id = lead.Id,
        Channel = lead.Channel,
        Marks = lead.Marks,
        Grade = lead.Grade,
        StageId = lead.StageId,
        Outcome = lead.Outcome,
        StageChangedAt = lead.StageChangedAt,
        Value = lead.Value,
        OwnerId = lead.OwnerId,
        CreatedAt = lead.CreatedAt,
        FirstResponseAt = lead.FirstResponseAt,
        DeletedAt = lead.DeletedAt,
    });

    private void Trash(AppDbContext context, LeadImport import, Lead lead)
    {
        var now = Now();
        if (lead.DeletedAt is null)
            (lead.DeletedAt, lead.DeletedById, lead.DeletedBecause) = (now, import.UserId, $"The import of {import.FileName} was reverted");
        lead.ImportId = null;
        lead.Version++;
        Note(context, import, lead, ChangedSince);
        import.NotRestored++;
        // Rows of the file have numbers from 1; these stand for leads.
        context.ImportRows.Add(new ImportRow { ImportId = import.Id, CompanyId = import.CompanyId, RowNumber = -import.NotRestored, State = ImportRowState.Skipped, LeadId = lead.Id, Reason = ChangedSince });
    }

    private static void Tally(LeadImport import, ImportRow row, List<string> left)
    {
        if (left.Count is 0)
        {
            import.Restored++;
            return;
        }

        import.NotRestored++;
        row.Reason = $"Changed since the import and left as it is: {string.Join(", ", left)}";
        row.Version = -1;
    }

    private void Note(AppDbContext context, LeadImport import, Lead lead, string? text) =>
        context.TimelineEntries.Add(new TimelineEntry { CompanyId = lead.CompanyId, LeadId = lead.Id, At = Now(), Kind = TimelineKind.Undone, ActorId = import.UserId, Text = text, After = import.FileName });

    private async Task EndAsync(long companyId, long importId, CancellationToken cancellationToken)
    {
        var now = Now();
        await database.WriteAsync(companyId, async context =>
        {
            var import = await context.LeadImports.FirstAsync(row => row.Id == importId, cancellationToken);
            await ImportTags.RemoveUnusedAsync(context, import, cancellationToken);
            (import.State, import.RevertedAt) = (ImportState.Reverted, now);
            import.Version++;
            Audit.Note(context, companyId, import.UserId, now, "import.reverted", import.FileName, $"{import.Restored} taken back, {import.NotRestored} changed since");
            return import.Version;
        }, cancellationToken);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
