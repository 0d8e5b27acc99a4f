using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.FollowUps;

/// <summary>
/// What is to be done for leads. Whoever sees a lead may set, change and end its follow-ups; the lead's next one
/// (<see cref="Lead.NextFollowUpAt"/>) and its timeline change in the same transaction.
/// </summary>
public sealed class FollowUpService(Database database, LeadService leads, UserDirectory users)
{
    public const int LongestText = 1000;

    public async Task<Outcome<FollowUpOutcome>> AddAsync(CurrentUser user, long leadId, NewFollowUp wanted, CancellationToken cancellationToken)
    {
        var people = await users.OfAsync(user.CompanyId);
        FollowUp? added = null;
        var changed = await leads.ChangeAsync(user, leadId, null, async change =>
        {
            var outcome = await FollowUpRules.AddAsync(change, wanted, people, cancellationToken);
            added = outcome.Value;
            return outcome.Refusal;
        }, cancellationToken);
        return changed.Succeeded ? new FollowUpOutcome(View(added!, changed.Value, people), changed.Value) : changed.Refusal;
    }

    /// <summary>Writes a call on the lead's timeline, and what comes next in the same step.</summary>
    /// <param name="next">Null when nothing is to be done.</param>
    public async Task<Outcome<Lead>> LogCallAsync(CurrentUser user, long leadId, CallLog call, NewFollowUp? next, int? version, CancellationToken cancellationToken)
    {
        var people = await users.OfAsync(user.CompanyId);
        return await leads.ChangeAsync(user, leadId, version, async change =>
        {
            if (LeadCalls.Apply(change, call) is { } refusal)
                return refusal;
            return next is null ? null : (await FollowUpRules.AddAsync(change, next, people, cancellationToken)).Refusal;
        }, cancellationToken);
    }

    /// <returns>Refused as missing when there is none, or its lead is not this user's to see.</returns>
    public async Task<Outcome<FollowUpOutcome>> ChangeAsync(CurrentUser user, long followUpId, FollowUpChange wanted, CancellationToken cancellationToken)
    {
        if (await LeadOfAsync(user, followUpId, cancellationToken) is not { } leadId)
            return Refusal.Missing("follow-up");
        var people = await users.OfAsync(user.CompanyId);
        FollowUp? changed = null;
        var outcome = await leads.ChangeAsync(user, leadId, null, async change =>
        {
            var open = await FollowUpRules.OfLeadAsync(change, followUpId, cancellationToken);
            changed = open.Find(row => row.Id == followUpId);
            if (changed is null)
                return Refusal.Missing("follow-up");
            return await FollowUpRules.ApplyAsync(change, changed, wanted, open, people, cancellationToken);
        }, cancellationToken);
        if (outcome.Refusal is { } refusal)
            return refusal.Kind is RefusalKind.Missing ? Refusal.Missing("follow-up") : refusal;
        return new FollowUpOutcome(View(changed!, outcome.Value!, people), outcome.Value!);
    }

    public async Task<Outcome<Lead>> DeleteAsync(CurrentUser user, long followUpId, CancellationToken cancellationToken)
    {
        if (await LeadOfAsync(user, followUpId, cancellationToken) is not { } leadId)
            return Refusal.Missing("follow-up");
        return await leads.ChangeAsync(user, leadId, null, async change =>
        {
            var open = await FollowUpRules.OfLeadAsync(change, followUpId, cancellationToken);
            if (open.Find(row => row.Id == followUpId) is not { } gone)
                return Refusal.Missing("follow-up");
            change.Context.FollowUps.Remove(gone);
            open.Remove(gone);
            FollowUpRules.SetNext(change, open);
            change.Note(TimelineKind.FollowUpSet, gone.Text, before: FollowUpRules.Words(gone), details: new TimelineDetails { Task = gone.Kind.ToString(), DueBefore = gone.DueAt }.ToJson());
            return null;
        }, cancellationToken);
    }

    private static FollowUpView View(FollowUp row, Lead lead, CompanyUsers people) => new(
        row.Id, lead.Id, LeadNames.Display(lead.Name, lead.Email, lead.Phone, lead.Id), lead.PhoneValid ? lead.Phone : null, lead.StageId,
        row.Kind, row.DueAt, row.Text, row.UserId, people.Find(row.UserId)?.Name ?? "", row.DoneAt);

    private async Task<long?> LeadOfAsync(CurrentUser user, long followUpId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await context.FollowUps.Where(row => row.Id == followUpId).Select(row => (long?)row.LeadId).FirstOrDefaultAsync(cancellationToken);
    }
}
