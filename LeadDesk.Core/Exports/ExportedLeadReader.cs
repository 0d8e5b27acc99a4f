using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Exports;

/// <summary>Reads what columns need from other tables, for a page of leads at once, and nothing that no column asks for.</summary>
internal sealed class ExportedLeadReader(Database database, long companyId, IReadOnlyList<LeadExportColumn> columns)
{
    private readonly ExportSource sources = columns.Aggregate(ExportSource.Lead, (all, column) => all | column.Source);

    public async Task<IEnumerable<ExportedLead>> ReadAsync(IReadOnlyList<LeadRow> page, CancellationToken cancellationToken)
    {
        if (sources is ExportSource.Lead)
            return page.Select(row => new ExportedLead(row, [], [], null, null));
        await using var context = database.Open(companyId);
        var ids = page.Select(row => row.Id).ToList();
        var tags = Wants(ExportSource.Tags)
            ? (await context.LeadTags.Where(row => EF.Parameter(ids).Contains(row.LeadId)).ToListAsync(cancellationToken)).ToLookup(row => row.LeadId, row => row.TagId) : null;
        var helpers = Wants(ExportSource.Helpers)
            ? (await context.LeadHelpers.Where(row => EF.Parameter(ids).Contains(row.LeadId)).ToListAsync(cancellationToken)).ToLookup(row => row.LeadId, row => row.UserId) : null;
        var marks = Wants(ExportSource.Marks)
            ? await context.ExportMarks.Where(row => EF.Parameter(ids).Contains(row.LeadId)).ToDictionaryAsync(row => row.LeadId, row => row.At, cancellationToken) : null;
        var fields = Wants(ExportSource.Fields)
            ? (await context.CustomFieldValues.Where(row => EF.Parameter(ids).Contains(row.LeadId)).ToListAsync(cancellationToken)).ToLookup(row => row.LeadId) : null;
        return page.Select(row => new ExportedLead(
            row, [.. tags?[row.Id] ?? []], [.. helpers?[row.Id] ?? []], marks is not null && marks.TryGetValue(row.Id, out var at) ? at : null, fields?[row.Id].ToLookup(value => value.FieldId)));
    }

    private bool Wants(ExportSource source) => sources.HasFlag(source);
}
