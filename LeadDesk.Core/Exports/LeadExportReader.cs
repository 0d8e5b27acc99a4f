using System.Linq.Expressions;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Exports;

/// <summary>Reads what the columns need, of the leads themselves and of other tables, and nothing that no column asks for.</summary>
internal sealed class LeadExportReader
{
    /// <summary>Leads read together; the texts of custom fields may be long.</summary>
    private const int Most = 8192;
    private const int MostWithFields = 2048;

    /// <summary>The id is the first.</summary>
    private readonly List<(string Property, StoredKind Kind)> stored;
    private readonly Expression<Func<Lead, object?[]>> projection;
    private readonly ExportSource sources;

    public LeadExportReader(IReadOnlyList<LeadExportColumn> columns)
    {
        stored = [.. columns.Select(column => column.Property).OfType<string>().Prepend(nameof(Lead.Id)).Distinct().Select(property => (property, KindOf(property)))];
        sources = columns.Aggregate(ExportSource.Lead, (all, column) => all | column.Source);
        var lead = Expression.Parameter(typeof(Lead), "lead");
        var values = stored.Select(value => Expression.Convert(Expression.Property(lead, value.Property), typeof(object)));
        projection = Expression.Lambda<Func<Lead, object?[]>>(Expression.NewArrayInit(typeof(object), values), lead);
    }

    private enum StoredKind
    {
        Text,
        Number,
        Time,
    }

    /// <summary>Room for some leads, to be used again and again.</summary>
    public ExportedLeads CreateRoom() => new(stored.Count, sources.HasFlag(ExportSource.Fields) ? MostWithFields : Most);

    /// <summary>Where a column finds its stored value.</summary>
    public int SlotOf(LeadExportColumn column) => stored.FindIndex(value => value.Property == column.Property);

    /// <returns>Whether there may be more leads.</returns>
    public async Task<bool> ReadAsync(LeadWalk walk, ExportedLeads leads, CancellationToken cancellationToken)
    {
        leads.Clear();
        var more = await walk.ReadAsync(
            leads.Most, (context, query) => ReadLeadsAsync(context, query, leads, cancellationToken), context => ReadSidesAsync(context, leads, cancellationToken), cancellationToken);
        leads.Complete();
        return more;
    }

    private async Task<LeadsRead> ReadLeadsAsync(AppDbContext context, IQueryable<Lead> query, ExportedLeads leads, CancellationToken cancellationToken)
    {
        var (count, last) = (0, 0L);
        await using var rows = await RawRows.OpenAsync(context, query.Select(projection), cancellationToken);
        while (!leads.IsFull && await rows.ReadAsync(cancellationToken))
        {
            last = rows.Number(0)!.Value;
            Read(rows, leads);
            leads.Add(last);
            count++;
        }

        return new LeadsRead(count, last, leads.IsFull);
    }

    private void Read(RawRows rows, ExportedLeads leads)
    {
        for (var slot = 0; slot < stored.Count; slot++)
        {
            switch (stored[slot].Kind)
            {
                case StoredKind.Text:
                    leads.SetText(slot, rows.Text(slot, leads.TextBuffer));
                    break;
                case StoredKind.Time:
                    leads.SetNumber(slot, rows.Time(slot));
                    break;
                default:
                    leads.SetNumber(slot, rows.Number(slot));
                    break;
            }
        }
    }

    private async Task ReadSidesAsync(AppDbContext context, ExportedLeads leads, CancellationToken cancellationToken)
    {
        if (sources is ExportSource.Lead || leads.Count is 0)
            return;
        var (ids, rowOf) = (leads.Ids, new Dictionary<long, int>(leads.Count));
        foreach (var (row, id) in leads.Ids.Index())
            rowOf.TryAdd(id, row);
        if (sources.HasFlag(ExportSource.Tags))
            await ReadSideAsync(Of(context.LeadTags).Where(row => EF.Parameter(ids).Contains(row.LeadId)).Select(row => new { row.LeadId, row.TagId }), leads.Tags, rows => rows.Number(1)!.Value);
        if (sources.HasFlag(ExportSource.Helpers))
            await ReadSideAsync(Of(context.LeadHelpers).Where(row => EF.Parameter(ids).Contains(row.LeadId)).Select(row => new { row.LeadId, row.UserId }), leads.Helpers, rows => rows.Number(1)!.Value);
        if (sources.HasFlag(ExportSource.Marks))
            await ReadSideAsync(Of(context.ExportMarks).Where(row => EF.Parameter(ids).Contains(row.LeadId)).Select(row => new { row.LeadId, row.At }), leads.Marks, rows => rows.Time(1)!.Value);
        if (sources.HasFlag(ExportSource.Fields))
            await ReadSideAsync(Of(context.CustomFieldValues).Where(row => EF.Parameter(ids).Contains(row.LeadId)).Select(row => new { row.LeadId, row.FieldId, row.Number, row.Text }), leads.Fields, Field);

        // These are leads of the company, read in the same snapshot. With the company as another condition SQLite would read all of its tags.
        IQueryable<T> Of<T>(IQueryable<T> table)
            where T : class =>
            table.IgnoreQueryFilters([AppDbContext.CompanyFilter]);

        ExportedField Field(RawRows rows)
        {
            var (start, length) = (leads.TextBuffer.WrittenCount, rows.Text(3, leads.TextBuffer));
            return new ExportedField(rows.Number(1)!.Value, rows.Number(2), start, length);
        }

        async Task ReadSideAsync<T, TValue>(IQueryable<T> query, SideValues<TValue> values, Func<RawRows, TValue> read)
            where TValue : struct
        {
            values.Begin(leads.Count);
            await using var rows = await RawRows.OpenAsync(context, query, cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                values.Add(rowOf[rows.Number(0)!.Value], read(rows));
        }
    }

    private static StoredKind KindOf(string property)
    {
        var type = typeof(Lead).GetProperty(property)!.PropertyType;
        return type == typeof(string) ? StoredKind.Text : (Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTime) ? StoredKind.Time : StoredKind.Number;
    }
}
