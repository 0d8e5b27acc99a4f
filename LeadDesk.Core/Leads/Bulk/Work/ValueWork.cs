using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk.Work;

/// <summary>One of the company's own fields.</summary>
internal sealed class ValueWork(CustomField fact, string? written, CompanyRules company) : BulkWork
{
    private readonly List<long> clear = [];
    private readonly List<CustomFieldValue> write = [];
    private readonly IReadOnlyList<CustomFieldValue> wanted = CustomFieldValues.Read(fact, written, company).Value ?? [];
    private LeadBatch? batch;

    public override string Title => fact.Name;

    public override Task ReadAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken)
    {
        this.batch = batch;
        return batch.ReadValuesAsync(leadIds, [fact.Id], cancellationToken);
    }

    public override ValueTask<string?> ApplyAsync(LeadChange change, BulkTrace trace, CancellationToken cancellationToken)
    {
        var before = Of(change.Lead.Id);
        if (!LeadCustomFields.Note(change, fact, before, wanted, out var problem))
            return ValueTask.FromResult<string?>(problem ?? "It has this value already.");
        (trace.ValuesBefore, trace.ValuesAfter) = (Traced(before), Traced(wanted));
        Put(change.Lead, wanted);
        return ValueTask.FromResult<string?>(null);
    }

    public override async Task WriteAsync(LeadBatch batch, CancellationToken cancellationToken)
    {
        await batch.Context.CustomFieldValues.Where(value => value.FieldId == fact.Id && EF.Parameter(clear).Contains(value.LeadId)).ExecuteDeleteAsync(cancellationToken);
        await ManyRows.InsertAsync(batch.Context, write, generatedKey: false, unlessThere: false, cancellationToken);
    }

    public override Task ReadForUndoAsync(LeadBatch batch, IReadOnlyList<long> leadIds, CancellationToken cancellationToken) => ReadAsync(batch, leadIds, cancellationToken);

    public override string? Revert(LeadChange change, BulkTrace trace)
    {
        if (!Traced(Of(change.Lead.Id)).SequenceEqual(trace.ValuesAfter ?? []))
            return $"Its {fact.Name} was changed since.";
        Put(change.Lead, [.. (trace.ValuesBefore ?? []).Select(value => new CustomFieldValue { Position = value.Position, Number = value.Number, Key = value.Key, Text = value.Text })]);
        change.SearchTextChanged = true;
        return null;
    }

    public override Task WriteUndoAsync(LeadBatch batch, CancellationToken cancellationToken) => WriteAsync(batch, cancellationToken);

    private List<CustomFieldValue> Of(long leadId) => [.. batch!.CustomValues![leadId].OrderBy(value => value.Position)];

    private void Put(Lead lead, IReadOnlyList<CustomFieldValue> values)
    {
        clear.Add(lead.Id);
        write.AddRange(values.Select(value => new CustomFieldValue
        {
            CompanyId = lead.CompanyId, LeadId = lead.Id, FieldId = fact.Id, Position = value.Position, Number = value.Number, Key = value.Key, Text = value.Text,
        }));
    }

    private static List<TracedValue> Traced(IReadOnlyList<CustomFieldValue> values) => [.. values.Select((value, position) => new TracedValue(position, value.Number, value.Key, value.Text))];
}
