using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Tags, helpers and custom fields of joined leads. The leads that go away keep theirs, so taking apart needs no copy of them.</summary>
internal static class MergeLabels
{
    public static async Task JoinAsync(LeadChange change, IReadOnlyList<Lead> others, IReadOnlyDictionary<string, long> choices, MergeRecord record, CancellationToken cancellationToken)
    {
        var (context, lead) = (change.Context, change.Lead);
        var ids = others.Select(other => other.Id).ToList();
        var tags = await context.LeadTags.Where(row => row.LeadId == lead.Id || ids.Contains(row.LeadId)).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var tag in tags.Where(row => row.LeadId != lead.Id).Select(row => row.TagId).Distinct().Except(tags.Where(row => row.LeadId == lead.Id).Select(row => row.TagId)))
        {
            context.LeadTags.Add(new LeadTag { LeadId = lead.Id, TagId = tag });
            record.TagsAdded.Add(tag);
        }

        var helpers = await context.LeadHelpers.Where(row => row.LeadId == lead.Id || ids.Contains(row.LeadId)).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var helper in helpers.Where(row => row.LeadId != lead.Id).Select(row => row.UserId).Distinct().Except(helpers.Where(row => row.LeadId == lead.Id).Select(row => row.UserId)))
        {
            context.LeadHelpers.Add(new LeadHelper { LeadId = lead.Id, UserId = helper, Since = change.Now });
            record.HelpersAdded.Add(helper);
        }

        await JoinCustomAsync(change, [lead, .. others], choices, record, cancellationToken);
    }

    /// <returns>Names of custom fields that were changed since and stay as they are.</returns>
    public static async Task<IReadOnlyList<string>> PartAsync(LeadChange change, MergeRecord record, CancellationToken cancellationToken)
    {
        var (context, lead) = (change.Context, change.Lead);
        await context.LeadTags.Where(row => row.LeadId == lead.Id && EF.Parameter(record.TagsAdded).Contains(row.TagId)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadHelpers.Where(row => row.LeadId == lead.Id && EF.Parameter(record.HelpersAdded).Contains(row.UserId)).ExecuteDeleteAsync(cancellationToken);
        var left = new List<string>();
        foreach (var (fieldId, values) in record.Custom)
        {
            var now = await RowsAsync(context, lead.Id, fieldId, cancellationToken);
            if (now.SequenceEqual(values.After))
                await ReplaceAsync(change, fieldId, values.Before, cancellationToken);
            else
                left.Add(change.Company.Fields.FirstOrDefault(field => field.Id == fieldId)?.Name ?? "A field");
        }

        return left;
    }

    private static async Task JoinCustomAsync(LeadChange change, IReadOnlyList<Lead> leads, IReadOnlyDictionary<string, long> choices, MergeRecord record, CancellationToken cancellationToken)
    {
        var ids = leads.Select(lead => lead.Id).ToList();
        var values = await change.Context.CustomFieldValues.Where(row => ids.Contains(row.LeadId)).AsNoTracking().ToListAsync(cancellationToken);
        foreach (var field in values.GroupBy(row => row.FieldId))
        {
            var key = change.Company.Fields.FirstOrDefault(known => known.Id == field.Key)?.Key;
            var source = key is not null && choices.TryGetValue(MergeFields.Custom + key, out var chosen) ? chosen : ids.First(id => field.Any(row => row.LeadId == id));
            if (source == change.Lead.Id)
                continue;
            var after = Rows(field.Where(row => row.LeadId == source));
            record.Custom[field.Key] = new CustomBeforeAfter(Rows(field.Where(row => row.LeadId == change.Lead.Id)), after);
            await ReplaceAsync(change, field.Key, after, cancellationToken);
        }
    }

    private static async Task ReplaceAsync(LeadChange change, long fieldId, IReadOnlyList<CustomRow> rows, CancellationToken cancellationToken)
    {
        var leadId = change.Lead.Id;
        await change.Context.CustomFieldValues.Where(row => row.LeadId == leadId && row.FieldId == fieldId).ExecuteDeleteAsync(cancellationToken);
        foreach (var row in rows)
            change.Context.CustomFieldValues.Add(new CustomFieldValue { LeadId = leadId, FieldId = fieldId, Position = row.Position, Number = row.Number, Key = row.Key, Text = row.Text });
    }

    private static async Task<IReadOnlyList<CustomRow>> RowsAsync(AppDbContext context, long leadId, long fieldId, CancellationToken cancellationToken) =>
        Rows(await context.CustomFieldValues.Where(row => row.LeadId == leadId && row.FieldId == fieldId).AsNoTracking().ToListAsync(cancellationToken));

    private static List<CustomRow> Rows(IEnumerable<CustomFieldValue> values) => [.. values.OrderBy(row => row.Position).Select(row => new CustomRow(row.Position, row.Number, row.Key, row.Text))];
}
