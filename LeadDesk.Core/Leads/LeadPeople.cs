using LeadDesk.Access;
using LeadDesk.Common;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <param name="Since">When he became one.</param>
public sealed record LeadHelperView(long UserId, string Name, DateTime Since);

/// <summary>Helpers of leads: people who see and work on a lead beside its owner.</summary>
public sealed class LeadPeople(LeadService leads, UserDirectory users)
{
    internal const int MostHelpers = 20;

    private static readonly Refusal NotYours = Refusal.Forbidden("Only the lead's owner, admins and managers ask others to help. Ask one of them.");
    private static readonly Refusal UnknownPerson = Refusal.Invalid("user_id", "There is no active person with this id. Choose one from the list of users.");
    private static readonly Refusal OwnsIt = Refusal.Invalid("user_id", "This person owns the lead already.");
    private static readonly Refusal TooMany = Refusal.Invalid("user_id", $"A lead can have {MostHelpers} helpers. Remove somebody first.");

    /// <summary>Who may see a lead, active people only: for mentions and follow-ups.</summary>
    public static IReadOnlyList<DirectoryUser> WhoSees(LeadDetails details, CompanyUsers people)
    {
        var helpers = details.Helpers.Select(helper => helper.UserId).ToList();
        return [.. people.All.Where(person => Sees(details.Lead, helpers, person))];
    }

    /// <summary>The person sees the lead from now on, and is told.</summary>
    public async Task<Outcome<Lead>> AddHelperAsync(CurrentUser user, long leadId, long helperId, int? version, CancellationToken cancellationToken)
    {
        var person = (await users.OfAsync(user.CompanyId)).Find(helperId);
        return await leads.ChangeAsync(user, leadId, version, async change =>
        {
            if (!MayAsk(user, change.Lead))
                return NotYours;
            if (person is not { Active: true, Role: not Role.Integration })
                return UnknownPerson;
            if (change.Lead.OwnerId == helperId)
                return OwnsIt;
            var helpers = await change.Context.LeadHelpers.Where(helper => helper.LeadId == leadId).ToListAsync(cancellationToken);
            if (helpers.Exists(helper => helper.UserId == helperId))
                return null;
            if (helpers.Count >= MostHelpers)
                return TooMany;
            change.Context.LeadHelpers.Add(new LeadHelper { CompanyId = user.CompanyId, LeadId = leadId, UserId = helperId, Since = change.Now });
            change.Note(TimelineKind.HelperAdded, after: person.Name);
            PersonNotices.AskedToHelp(change, helperId);
            return null;
        }, cancellationToken);
    }

    /// <summary>Helpers may also leave by themselves.</summary>
    public async Task<Outcome<Lead>> RemoveHelperAsync(CurrentUser user, long leadId, long helperId, int? version, CancellationToken cancellationToken)
    {
        var person = (await users.OfAsync(user.CompanyId)).Find(helperId);
        return await leads.ChangeAsync(user, leadId, version, async change =>
        {
            if (helperId != user.UserId && !MayAsk(user, change.Lead))
                return NotYours;
            if (await change.Context.LeadHelpers.FirstOrDefaultAsync(helper => helper.LeadId == leadId && helper.UserId == helperId, cancellationToken) is not { } helper)
                return Refusal.Missing("helper");
            change.Context.LeadHelpers.Remove(helper);
            change.Note(TimelineKind.HelperRemoved, before: person?.Name);
            return null;
        }, cancellationToken);
    }

    /// <summary>Whether this user may ask others to help with the lead, and send them away again.</summary>
    public static bool MayAsk(CurrentUser user, Lead lead) => user.Can(Permission.AssignLeads) || lead.OwnerId == user.UserId;

    /// <param name="helpers">Ids of the lead's helpers.</param>
    public static bool Sees(Lead lead, IReadOnlyCollection<long> helpers, DirectoryUser person) =>
        person.Active && person.Role is not Role.Integration && (lead.OwnerId == person.Id || helpers.Contains(person.Id) || new CurrentUser(lead.CompanyId, person.Id, person.Name, person.Role).SeesAllLeads);
}
