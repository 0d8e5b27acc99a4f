using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Mapping;

/// <summary>Whether the fields of its own that a mapping names are the company's.</summary>
internal static class MappingTargets
{
    /// <returns>Errors by field: <c>mapping.fields.rooms</c>; null when all are there.</returns>
    public static async Task<Refusal?> CheckAsync(Database database, long companyId, FieldMapping? mapping, CancellationToken cancellationToken)
    {
        if (mapping is null or { CustomFields.Count: 0 })
            return null;
        await using var context = database.Open(companyId);
        var keys = await context.CustomFields.Where(field => field.ArchivedAt == null).OrderBy(field => field.Position).Select(field => field.Key).ToListAsync(cancellationToken);
        var errors = new FieldErrors();
        foreach (var (name, target) in mapping.CustomFields.Where(field => !keys.Contains(field.Value)))
            errors.Add($"mapping.fields.{name}", $"There is no custom field \"{target}\". {LeadCustomFields.Choice(keys)}");
        return errors.Refusal;
    }
}
