using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>Changing the options of a choice field, and the values that name them.</summary>
internal static class FieldOptions
{
    /// <summary>Options in the wanted order; those left out stay at the end, archived. Ids are never used again.</summary>
    public static List<CustomFieldOption> Change(IReadOnlyList<CustomFieldOption> present, IReadOnlyList<OptionChange> wanted, FieldErrors errors)
    {
        var next = present.Select(option => option.Id).DefaultIfEmpty().Max() + 1;
        var options = new List<CustomFieldOption>(wanted.Count);
        foreach (var change in wanted)
        {
            if (change.Id is { } id && present.All(option => option.Id != id))
                errors.Add("options", "One of these options does not exist any more. Load the field again.");
            options.Add(new CustomFieldOption(change.Id ?? next++, ReadName(change.Name, errors), change.Archived));
        }

        var offered = options.Where(option => !option.Archived).ToList();
        if (offered.Select(option => SearchText.Fold(option.Name)).Distinct(StringComparer.Ordinal).Count() < offered.Count)
            errors.Add("options", "Two options have the same name. Rename one of them.");
        if (options.Count > CustomFieldOptions.Most)
            errors.Add("options", $"A field can have {CustomFieldOptions.Most} options.");
        options.AddRange(present.Where(option => options.TrueForAll(kept => kept.Id != option.Id)).Select(option => option with { Archived = true }).ToList());
        return options;
    }

    /// <returns>How many leads had the option.</returns>
    public static async Task<int> MoveAsync(AppDbContext context, long fieldId, int from, int into, CancellationToken cancellationToken)
    {
        var values = context.CustomFieldValues.Where(value => value.FieldId == fieldId && value.Number == from);
        var company = context.CompanyId;
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO search_queue (lead_id) SELECT DISTINCT lead_id FROM lead_field_values WHERE company_id = {company} AND field_id = {fieldId} AND number = {from} ON CONFLICT (lead_id) DO NOTHING", cancellationToken);
        var doubled = await values.Where(value => context.CustomFieldValues.Any(other => other.LeadId == value.LeadId && other.FieldId == fieldId && other.Number == into)).ExecuteDeleteAsync(cancellationToken);
        return doubled + await values.ExecuteUpdateAsync(value => value.SetProperty(row => row.Number, into), cancellationToken);
    }

    private static string ReadName(string written, FieldErrors errors)
    {
        var name = errors.Text("options", "An option's name", written, CustomFieldOptions.LongestName);
        if (name.IndexOfAny(CustomFieldOptions.Separators) >= 0)
            errors.Add("options", "An option's name cannot hold a semicolon or a bar: they separate several choices.");
        return name;
    }
}
