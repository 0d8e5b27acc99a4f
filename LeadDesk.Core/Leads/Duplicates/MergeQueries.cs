using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>One field of leads that may be merged.</summary>
/// <param name="Key">As <see cref="MergeService.MergeAsync"/> takes choices.</param>
/// <param name="CustomName">A custom field's name; null for a usual field.</param>
/// <param name="Values">By lead, as stored; empty values left out. Stages and owners as their ids.</param>
/// <param name="From">The lead whose value the merge takes when nobody chooses.</param>
public sealed record MergePreviewField(string Key, string? CustomName, IReadOnlyDictionary<long, string> Values, long From);

/// <summary>What a merge would give.</summary>
/// <param name="Leads">The oldest first.</param>
/// <param name="Fields">Those in which any of the leads has a value.</param>
/// <param name="Tags">Names of all leads' tags together.</param>
/// <param name="Helpers">Ids of all leads' helpers together.</param>
public sealed record MergePreview(
    IReadOnlyList<DuplicateLead> Leads,
    long LeadId,
    IReadOnlyList<MergePreviewField> Fields,
    IReadOnlyList<string> Tags,
    IReadOnlyList<long> Helpers,
    int Messages,
    int Calls,
    int Notes,
    int FollowUps,
    int Files,
    int Consents,
    IReadOnlyList<string> Addresses);

/// <summary>A merge that made a lead what it is.</summary>
/// <param name="Merged">The leads that went into it.</param>
public sealed record MergeItem(long Id, DateTime At, string? By, IReadOnlyList<MergedName> Merged, DateTime? UndoneAt);

public sealed record MergedName(long LeadId, string Name);

/// <summary>Reads what a merge would give, and which merges made a lead.</summary>
public sealed class MergeQueries(Database database, CompanyDirectory companies)
{
    private const int MostSteps = 20;
    private const int MostAddresses = 50;

    /// <param name="leadId">The one that stays; the oldest when null.</param>
    public async Task<Outcome<MergePreview>> PreviewAsync(CurrentUser user, IReadOnlyCollection<long> ids, long? leadId, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.MergeLeads))
            return LeadRefusals.MayNotMerge;
        var wanted = ids.Distinct().ToList();
        if (wanted.Count is < 2 or > LeadMerging.MostAtOnce + 1)
            return Refusal.Invalid("ids", $"Choose between 2 and {LeadMerging.MostAtOnce + 1} leads to merge.");
        await using var context = database.Open(user.CompanyId);
        var leads = await LeadQueries.Visible(context, ComparedLeads.ByIds(context, user.CompanyId, wanted), user).OrderBy(lead => lead.CreatedAt).ThenBy(lead => lead.Id).ToListAsync(cancellationToken);
        if (leads.Count != wanted.Count)
            return Refusal.Invalid("ids", "One of these leads does not exist or is in the trash. It may have been merged already.");
        var stays = leads.Find(lead => lead.Id == leadId) ?? leads[0];
        leads.Remove(stays);
        leads.Insert(0, stays);
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        var fields = Fields(leads).Concat(await CustomAsync(context, company, leads, cancellationToken)).ToList();
        return await CountAsync(context, wanted, new MergePreview([.. leads.OrderBy(lead => lead.CreatedAt).ThenBy(lead => lead.Id).Select(Shown)], stays.Id, fields, [], [], 0, 0, 0, 0, 0, 0, []), cancellationToken);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<MergeItem>> OfLeadAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        if (!await LeadQueries.Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken))
            return [];
        var merges = await context.LeadMerges.Where(row => row.LeadId == leadId).OrderByDescending(row => row.Id).Take(MostSteps)
            .Select(row => new { row.Id, row.At, row.UndoneAt, By = context.Users.Where(person => person.Id == row.UserId).Select(person => person.Name).FirstOrDefault() }).ToListAsync(cancellationToken);
        var ids = merges.Select(row => row.Id).ToList();
        var names = (await context.MergedLeads.Where(row => ids.Contains(row.MergeId))
            .Join(context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]), row => row.LeadId, lead => lead.Id, (row, lead) => new { row.MergeId, lead.Id, lead.Name, lead.Email, lead.Phone }).ToListAsync(cancellationToken)).ToLookup(row => row.MergeId);
        return [.. merges.Select(row => new MergeItem(row.Id, row.At, row.By, [.. names[row.Id].Select(lead => new MergedName(lead.Id, LeadNames.Display(lead.Name, lead.Email, lead.Phone, lead.Id)))], row.UndoneAt))];
    }

    private static DuplicateLead Shown(Lead lead) => new(lead.Id, lead.Name, lead.Phone, lead.Email, lead.Organisation, lead.City, lead.OwnerId, lead.CreatedAt);

    private static IEnumerable<MergePreviewField> Fields(IReadOnlyList<Lead> leads)
    {
        var none = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var field in MergeFields.Chosen)
        {
            var values = leads.Where(lead => !field.IsEmpty(lead)).ToDictionary(lead => lead.Id, lead => field.Show(lead)!);
            if (values.Count > 0)
                yield return new MergePreviewField(field.Key, null, values, MergeFields.Source(field, leads, none).Id);
        }
    }

    private static async Task<IEnumerable<MergePreviewField>> CustomAsync(AppDbContext context, CompanyRules company, IReadOnlyList<Lead> leads, CancellationToken cancellationToken)
    {
        var ids = leads.Select(lead => lead.Id).ToList();
        var values = await context.CustomFieldValues.Where(row => ids.Contains(row.LeadId)).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        return company.Fields.Where(field => values.Exists(row => row.FieldId == field.Id)).Select(field =>
        {
            var byLead = values.Where(row => row.FieldId == field.Id).GroupBy(row => row.LeadId).ToDictionary(group => group.Key, group => CustomFieldValues.Print(field, [.. group]));
            return new MergePreviewField(MergeFields.Custom + field.Key, field.Name, byLead, ids.First(byLead.ContainsKey));
        });
    }

    private static async Task<MergePreview> CountAsync(AppDbContext context, IReadOnlyCollection<long> ids, MergePreview preview, CancellationToken cancellationToken) => preview with
    {
        Tags = await context.LeadTags.Where(row => ids.Contains(row.LeadId)).Join(context.Tags, row => row.TagId, tag => tag.Id, (row, tag) => tag.Name).Distinct().OrderBy(name => name).ToListAsync(cancellationToken),
        Helpers = await context.LeadHelpers.Where(row => ids.Contains(row.LeadId)).Select(row => row.UserId).Distinct().ToListAsync(cancellationToken),
        Messages = await context.LeadMessages.CountAsync(row => ids.Contains(row.LeadId), cancellationToken),
        Calls = await context.TimelineEntries.CountAsync(row => ids.Contains(row.LeadId) && row.Kind == TimelineKind.Called, cancellationToken),
        Notes = await context.TimelineEntries.CountAsync(row => ids.Contains(row.LeadId) && row.Kind == TimelineKind.Note, cancellationToken),
        FollowUps = await context.FollowUps.CountAsync(row => ids.Contains(row.LeadId) && row.DoneAt == null, cancellationToken),
        Files = await context.LeadFiles.CountAsync(row => ids.Contains(row.LeadId), cancellationToken),
        Consents = await context.LeadConsents.CountAsync(row => ids.Contains(row.LeadId), cancellationToken),
        Addresses = await context.LeadContacts.Where(row => ids.Contains(row.LeadId) && row.Kind != ContactKind.ChannelId).OrderBy(row => row.Kind).Select(row => row.Value).Take(MostAddresses).ToListAsync(cancellationToken),
    };
}
