using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Reads leads for comparing: only the columns that tell who somebody is.</summary>
internal static class ComparedLeads
{
    public static readonly Expression<Func<Lead, ComparedLead>> Columns = lead => new ComparedLead
    {
        Id = lead.Id,
        Name = lead.Name,
        Phone = lead.Phone,
        Email = lead.Email,
        EmailValid = lead.EmailValid,
        Organisation = lead.Organisation,
        City = lead.City,
        Metadata = lead.Metadata,
    };

    /// <summary>All leads of the company in the order of their ids, trials and the trash left out.</summary>
    public static async IAsyncEnumerable<ComparedLead> AllAsync(AppDbContext context, CompanyRules company, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var leads = context.Leads.Where(lead => (lead.Marks & LeadMarks.Test) == LeadMarks.None).OrderBy(lead => lead.Id).Select(Columns).AsAsyncEnumerable();
        if (FieldsOf(company) is not { Count: > 0 } fields)
        {
            await foreach (var lead in leads.WithCancellation(cancellationToken))
                yield return lead;
            yield break;
        }

        // Two walks in the same order instead of a join: most leads have no such value.
        const int chunk = 1000;
        var waiting = new List<ComparedLead>(chunk);
        await foreach (var lead in leads.WithCancellation(cancellationToken))
        {
            waiting.Add(lead);
            if (waiting.Count < chunk)
                continue;
            foreach (var complete in await WithFieldsAsync(context, fields, waiting, cancellationToken))
                yield return complete;
            waiting.Clear();
        }

        foreach (var complete in await WithFieldsAsync(context, fields, waiting, cancellationToken))
            yield return complete;
    }

    /// <summary>
    /// Some leads of one company, found by their ids alone. SQLite, which keeps no figures of its tables, takes the company's index for the
    /// better one as soon as the ids are more than a few, and would read a million leads; an expression is no index's.
    /// </summary>
    public static IQueryable<Lead> ByIds(AppDbContext context, long companyId, IReadOnlyCollection<long> ids) =>
        context.Leads.IgnoreQueryFilters().Where(lead => ids.Contains(lead.Id) && lead.CompanyId + 0 == companyId && lead.DeletedAt == null);

    public static async Task<IReadOnlyList<ComparedLead>> OfAsync(AppDbContext context, CompanyRules company, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var leads = await ByIds(context, company.CompanyId, ids).Select(Columns).ToListAsync(cancellationToken);
        return await WithFieldsAsync(context, FieldsOf(company), leads, cancellationToken);
    }

    /// <summary>Custom fields that tell who somebody is, by their names.</summary>
    public static Dictionary<long, (CustomField Field, FactKind Kind)> FieldsOf(CompanyRules company) =>
        company.Fields.Select(field => (Field: field, Kind: FactNames.Find(field.Name) ?? FactNames.Find(field.Key) ?? KindOf(field.Type)))
            .Where(row => row.Kind is not null).ToDictionary(row => row.Field.Id, row => (row.Field, row.Kind!.Value));

    private static FactKind? KindOf(CustomFieldType type) => type switch { CustomFieldType.Phone => FactKind.Phone, CustomFieldType.Email => FactKind.Email, _ => null };

    private static async Task<IReadOnlyList<ComparedLead>> WithFieldsAsync(
        AppDbContext context, Dictionary<long, (CustomField Field, FactKind Kind)> fields, List<ComparedLead> leads, CancellationToken cancellationToken)
    {
        if (fields.Count is 0 || leads.Count is 0)
            return leads;
        var (ids, fieldIds) = (leads.Select(lead => lead.Id).ToList(), fields.Keys.ToList());
        var values = (await context.CustomFieldValues.Where(row => EF.Parameter(ids).Contains(row.LeadId) && EF.Parameter(fieldIds).Contains(row.FieldId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.LeadId);
        return [.. leads.Select(lead => values.Contains(lead.Id) ? lead with { Fields = [.. values[lead.Id].Select(value => (fields[value.FieldId].Kind, Printed(fields[value.FieldId].Field, value)))] } : lead)];
    }

    /// <summary>A number in an id's field is no amount: 0.5 of it means nothing, so it is printed without its decimals.</summary>
    public static string Printed(CustomField field, CustomFieldValue value) =>
        field.Type is CustomFieldType.Number ? ((value.Number ?? 0) / CustomFieldValues.Scale).ToString("0.####", CultureInfo.InvariantCulture) : CustomFieldValues.Print(field, [value]);
}
