using LeadDesk.Access;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Fields;

/// <summary>Custom fields and tags of one lead.</summary>
/// <param name="Values">By field id; several rows of a multi-choice in order.</param>
/// <param name="Tags">By name.</param>
/// <param name="Value">What the deal is worth, in hundredths.</param>
public sealed record LeadExtras(ILookup<long, CustomFieldValue> Values, IReadOnlyList<Tag> Tags, long? Value = null, long? LostReasonId = null)
{
    public static LeadExtras None { get; } = new(Array.Empty<CustomFieldValue>().ToLookup(value => value.FieldId), []);

    public IReadOnlyList<CustomFieldValue> Of(CustomField field) => [.. Values[field.Id]];
}

/// <summary>Reads what companies add to leads themselves.</summary>
public sealed class LeadExtrasQueries(Database database)
{
    /// <summary>Nothing where the lead is not this user's to see.</summary>
    public async Task<LeadExtras> OfAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        if (!await LeadQueries.Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken))
            return LeadExtras.None;
        return (await OfAsync(context, [leadId], cancellationToken)).GetValueOrDefault(leadId, LeadExtras.None);
    }

    /// <summary>Of leads that the caller has read for this user already; those that are in the trash by now are left out.</summary>
    public async Task<IReadOnlyDictionary<long, LeadExtras>> OfAsync(CurrentUser user, IReadOnlyCollection<long> leadIds, CancellationToken cancellationToken)
    {
        if (leadIds.Count is 0)
            return new Dictionary<long, LeadExtras>();
        await using var context = database.Open(user.CompanyId);
        return await OfAsync(context, leadIds, cancellationToken);
    }

    private static async Task<Dictionary<long, LeadExtras>> OfAsync(AppDbContext context, IReadOnlyCollection<long> leadIds, CancellationToken cancellationToken)
    {
        var values = await context.CustomFieldValues.ByLead(context).Where(value => EF.Parameter(leadIds).Contains(value.LeadId))
            .OrderBy(value => value.LeadId).ThenBy(value => value.FieldId).ThenBy(value => value.Position).ToListAsync(cancellationToken);
        var tags = await context.LeadTags.ByLead(context).Where(row => EF.Parameter(leadIds).Contains(row.LeadId))
            .Join(context.Tags, row => row.TagId, tag => tag.Id, (row, tag) => new { row.LeadId, Tag = tag }).OrderBy(row => row.Tag.NameKey).ToListAsync(cancellationToken);
        var (valuesOf, tagsOf) = (values.ToLookup(value => value.LeadId), tags.ToLookup(row => row.LeadId, row => row.Tag));
        var leads = await LeadSearch.WithIds(context, [.. leadIds]).Select(lead => new { lead.Id, lead.Value, lead.LostReasonId }).ToListAsync(cancellationToken);
        return leads.ToDictionary(lead => lead.Id, lead => new LeadExtras(valuesOf[lead.Id].ToLookup(value => value.FieldId), [.. tagsOf[lead.Id]], lead.Value, lead.LostReasonId));
    }
}
