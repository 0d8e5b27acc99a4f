using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Storage;

/// <summary>Tags and custom fields of the leads that rows of a file meet.</summary>
internal static class IntakeLabels
{
    public static async Task LoadAsync(AppDbContext context, IReadOnlyCollection<long> leads, IntakeState state, CancellationToken cancellationToken)
    {
        var values = context.CustomFieldValues.IgnoreQueryFilters().Where(value => leads.Contains(value.LeadId)).OrderBy(value => value.Position);
        await foreach (var value in values.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!state.FieldValues.TryGetValue((value.LeadId, value.FieldId), out var list))
                state.FieldValues[(value.LeadId, value.FieldId)] = list = [];
            list.Add(value);
        }

        await foreach (var tag in context.LeadTags.IgnoreQueryFilters().Where(tag => leads.Contains(tag.LeadId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!state.Tags.TryGetValue(tag.LeadId, out var set))
                state.Tags[tag.LeadId] = set = [];
            set.Add(tag.TagId);
        }
    }
}

internal static class IntakeIds
{
    /// <summary>For plans that are never written: ids below zero, which no row has.</summary>
    public static IntakeState Unreal(int count) => new() { LeadIds = Below(count), EventIds = Below(count), MessageIds = Below(count) };

    private static Queue<long> Below(int count) => new(Enumerable.Range(1, count).Select(static step => -(long)step));
}
