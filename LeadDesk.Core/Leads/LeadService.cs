using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads.Trash;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>
/// Every change a person or program makes to a lead. Each checks the permission, applies a rule, and saves lead,
/// timeline and counters in one transaction; then the live feed tells the open screens.
/// <c>version</c>, where given, must be the lead's, else the change is refused as stale.
/// </summary>
public sealed class LeadService(Database database, CompanyDirectory companies, UserDirectory users, LiveFeed feed, TimeProvider clock)
{
    public const int LongestNote = 20_000;

    public Task<Outcome<Lead>> ChangeStageAsync(CurrentUser user, long leadId, long stageId, int? version, CancellationToken cancellationToken) =>
        ChangeStageAsync(user, leadId, new StageMove(stageId), version, cancellationToken);

    public Task<Outcome<Lead>> ChangeStageAsync(CurrentUser user, long leadId, StageMove move, int? version, CancellationToken cancellationToken) =>
        ChangeAsync(user, leadId, version, change => StageMoves.ApplyAsync(change, move, cancellationToken), cancellationToken);

    /// <param name="ownerId">Null leaves the lead without an owner.</param>
    public async Task<Outcome<Lead>> AssignAsync(CurrentUser user, long leadId, long? ownerId, int? version, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.AssignLeads))
            return LeadRefusals.MayNotAssign;
        var people = await users.OfAsync(user.CompanyId);
        var owner = ownerId is { } id ? OwnerMoves.Find(people, id) : null;
        if (ownerId is not null && owner is null)
            return LeadRefusals.UnknownOwner;
        return await ChangeAsync(user, leadId, version, change =>
        {
            if (OwnerMoves.Apply(change, owner, people) && owner is not null)
                PersonNotices.Assigned(change, owner.Id);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);
    }

    public Task<Outcome<TimelineItem>> AddNoteAsync(CurrentUser user, long leadId, string? text, CancellationToken cancellationToken) =>
        AddNoteAsync(user, leadId, text, null, cancellationToken);

    public async Task<Outcome<TimelineItem>> AddNoteAsync(CurrentUser user, long leadId, string? text, int? version, CancellationToken cancellationToken)
    {
        var written = await WriteNoteAsync(user, leadId, new NewNote(text), version, cancellationToken);
        return written.Succeeded ? written.Value.Item : written.Refusal;
    }

    /// <summary>Writes a note, and tells those it mentions who may see the lead.</summary>
    public async Task<Outcome<WrittenNote>> WriteNoteAsync(CurrentUser user, long leadId, NewNote note, int? version, CancellationToken cancellationToken)
    {
        var text = note.Text?.Trim();
        if (string.IsNullOrEmpty(text))
            return Refusal.Invalid("text", "Write something before adding the note.");
        if (text.Length > LongestNote)
            return Refusal.Invalid("text", $"A note can have {LongestNote:N0} characters; this one has {text.Length:N0}. Shorten it or split it in two.");
        if (TextRules.FindForbiddenControl(text) is { } forbidden)
            return Refusal.Invalid("text", $"The note contains a character that cannot be shown ({forbidden}). Remove it.");
        var mentioned = LeadMentions.Find(text, note.Mentions, await users.OfAsync(user.CompanyId));
        if (!mentioned.Succeeded)
            return mentioned.Refusal;
        WrittenNote? written = null;
        var outcome = await ChangeAsync(user, leadId, version, async change =>
        {
            written = await LeadMentions.WriteAsync(change, text, mentioned.Value, cancellationToken);
            change.Respond();
            return null;
        }, cancellationToken);
        // The entry has its id once it is saved.
        return outcome.Succeeded ? written!.Saved(user) : outcome.Refusal;
    }

    /// <summary>Somebody pressed call, WhatsApp or e-mail: it stands on the timeline and stops the response clock.</summary>
    public Task<Outcome<Lead>> ReachOutAsync(CurrentUser user, long leadId, ContactWay way, CancellationToken cancellationToken) =>
        ChangeAsync(user, leadId, null, change =>
        {
            change.Note(TimelineKind.ReachedOut, after: way.ToString());
            change.Respond();
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);

    public Task<Outcome<Lead>> EditAsync(CurrentUser user, long leadId, LeadEdit edit, int? version, CancellationToken cancellationToken) =>
        ChangeAsync(user, leadId, version, change => LeadEditing.ApplyAsync(change, edit, cancellationToken), cancellationToken);

    /// <summary>Moves a lead into the trash.</summary>
    public async Task<Outcome<Lead>> DeleteAsync(CurrentUser user, long leadId, string? reason, int? version, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.DeleteLeads))
            return LeadRefusals.MayNotDelete;
        return await ChangeAsync(user, leadId, version, change =>
        {
            TrashMoves.Delete(change, reason);
            Audit.Note(change.Context, user.CompanyId, user.UserId, change.Now, TrashAudit.Deleted, TrashAudit.Subject(leadId), reason);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);
    }

    /// <summary>Takes a lead out of the trash again.</summary>
    public async Task<Outcome<Lead>> RestoreAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.DeleteLeads))
            return LeadRefusals.MayNotDelete;
        return await ChangeAsync(user, leadId, null, change => Task.FromResult(TrashMoves.Restore(change)), cancellationToken, fromTrash: true);
    }

    /// <summary>One change of one lead by <paramref name="apply"/>, which may run again after a lost race and touches nothing but the change.</summary>
    internal async Task<Outcome<Lead>> ChangeAsync(
        CurrentUser user, long leadId, int? version, Func<LeadChange, Task<Refusal?>> apply, CancellationToken cancellationToken, bool fromTrash = false)
    {
        if (!user.Can(Permission.ChangeLeads))
            return LeadRefusals.MayNotChange;
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        LeadEvent? changed = null;
        HashSet<long> told = [];
        var companyChanged = false;
        Outcome<Lead> outcome;
        try
        {
            outcome = await database.WriteAsync(user.CompanyId, async context =>
            {
                (changed, told, companyChanged) = (null, [], false);
                var visible = LeadQueries.Visible(context, user);
                var lead = await (fromTrash ? visible.IgnoreQueryFilters([AppDbContext.TrashFilter]) : visible).FirstOrDefaultAsync(row => row.Id == leadId, cancellationToken);
                if (lead is null)
                    return Refusal.Missing("lead");
                if (version is { } expected && expected != lead.Version)
                    return LeadRefusals.Stale(lead.Version);
                var change = new LeadChange(context, lead, company, user, clock.GetUtcNow().UtcDateTime);
                if (await apply(change) is { } refusal)
                {
                    context.ChangeTracker.Clear();
                    return (Outcome<Lead>)refusal;
                }

                if (!context.ChangeTracker.HasChanges())
                    return lead;
                await change.SaveAsync(cancellationToken);
                (changed, told, companyChanged) = (change.Event(), change.Told, change.CompanyChanged);
                return lead;
            }, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Lost the race several times in a row.
            return LeadRefusals.Stale(null);
        }

        if (companyChanged)
            companies.Forget(user.CompanyId);
        if (changed is not null)
            feed.Publish([changed]);
        foreach (var person in told)
            feed.Signals.Publish(LiveSignal.Told(user.CompanyId, person));
        return outcome;
    }
}
