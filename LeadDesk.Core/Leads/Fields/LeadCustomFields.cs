using LeadDesk.Access;
using LeadDesk.Companies;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Fields;

/// <summary>Writing the custom fields of a lead inside a change of it.</summary>
internal static class LeadCustomFields
{
    public static async Task SetAsync(LeadChange change, LeadEdit edit, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (edit.Custom.Count is 0)
            return;
        var wanted = new List<(CustomField Field, IReadOnlyList<CustomFieldValue> Values)>();
        foreach (var (key, written) in edit.Custom)
        {
            if (change.Company.Field(key) is not { } field)
            {
                errors.Add(CustomFieldValues.JsonPlace(key), NoSuchField(change.Company));
                continue;
            }

            var read = CustomFieldValues.Read(field, written, change.Company, edit.Format);
            if (read.Succeeded)
                wanted.Add((field, read.Value));
            else
                errors.Add(CustomFieldValues.JsonPlace(field.Key), read.Refusal.Message);
        }

        var present = await OfAsync(change, [.. wanted.Select(pair => pair.Field.Id)], cancellationToken);
        foreach (var (field, values) in wanted)
            Set(change, field, [.. present[field.Id].OrderBy(value => value.Position)], values, errors);
    }

    /// <summary>The lead's values of some fields, by field; tracked.</summary>
    public static async Task<ILookup<long, CustomFieldValue>> OfAsync(LeadChange change, IReadOnlyCollection<long> fieldIds, CancellationToken cancellationToken)
    {
        if (change.CustomValues is { } known)
            return known[change.Lead.Id].Where(value => fieldIds.Contains(value.FieldId)).ToLookup(value => value.FieldId);
        var values = fieldIds.Count is 0
            ? []
            : await change.Context.CustomFieldValues.Where(value => value.LeadId == change.Lead.Id && fieldIds.Contains(value.FieldId)).ToListAsync(cancellationToken);
        return values.ToLookup(value => value.FieldId);
    }

    /// <summary>Notes that a field gets other values; writing them is the caller's.</summary>
    /// <param name="before">In order, as <paramref name="after"/>.</param>
    /// <param name="problem">Why it cannot have them.</param>
    /// <returns>False when it has them already, or cannot.</returns>
    public static bool Note(LeadChange change, CustomField field, IReadOnlyList<CustomFieldValue> before, IReadOnlyList<CustomFieldValue> after, out string? problem)
    {
        problem = null;
        if (CustomFieldValues.Same(before, after))
            return false;
        if (CustomFieldValues.Chosen(field, after).FirstOrDefault(option => option.Archived && before.All(value => value.Number != option.Id)) is { } gone)
        {
            problem = $"\"{gone.Name}\" is not offered any more. Choose another option.";
            return false;
        }

        change.Note(TimelineKind.FieldChanged, field.Name, Words(field, before, change), Words(field, after, change));
        change.SearchTextChanged = true;
        return true;
    }

    private static void Set(LeadChange change, CustomField field, IReadOnlyList<CustomFieldValue> before, IReadOnlyList<CustomFieldValue> after, FieldErrors errors)
    {
        if (!Note(change, field, before, after, out var problem))
        {
            if (problem is not null)
                errors.Add(CustomFieldValues.JsonPlace(field.Key), problem);
            return;
        }

        for (var at = 0; at < after.Count; at++)
        {
            var value = at < before.Count ? before[at] : new CustomFieldValue { LeadId = change.Lead.Id, FieldId = field.Id, Position = at };
            (value.Number, value.Key, value.Text) = (after[at].Number, after[at].Key, after[at].Text);
            if (at >= before.Count)
                change.Context.CustomFieldValues.Add(value);
        }

        change.Context.CustomFieldValues.RemoveRange(before.Skip(after.Count));
    }

    private static string? Words(CustomField field, IReadOnlyList<CustomFieldValue> values, LeadChange change)
    {
        var text = CustomFieldValues.Print(field, values);
        return text.Length is 0 ? null : field.Type is CustomFieldType.Money ? $"{text} {change.Company.Currency}" : text;
    }

    public static string NoSuchField(CompanyRules company) => company.Fields.Count is 0 ? Choice([]) : $"There is no such field. {Choice([.. company.Fields.Select(field => field.Key)])}";

    /// <param name="keys">Of the fields there are.</param>
    public static string Choice(IReadOnlyList<string> keys) =>
        keys.Count is 0 ? "There are no custom fields yet. An admin adds them in the settings." : $"Use one of: {string.Join(", ", keys)}.";
}
