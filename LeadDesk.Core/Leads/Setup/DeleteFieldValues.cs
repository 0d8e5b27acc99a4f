using System.Globalization;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>Takes the values of a deleted custom field away, in pages so that other writers hardly wait.</summary>
internal sealed class DeleteFieldValues(Database database) : IJobHandler
{
    internal const string JobKind = "fields.delete_values";
    private const int PageSize = 5000;

    public static string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("A field belongs to a company.");
        var fieldId = long.Parse(run.Payload!, CultureInfo.InvariantCulture);
        while (await PageAsync(companyId, fieldId, cancellationToken) > 0)
        {
        }
    }

    private Task<int> PageAsync(long companyId, long fieldId, CancellationToken cancellationToken) => database.WriteAsync(companyId, async context =>
    {
        // A field that is there again would be another one: ids are not used twice.
        var leads = await context.CustomFieldValues.Where(value => value.FieldId == fieldId).OrderBy(value => value.Number).ThenBy(value => value.Key).ThenBy(value => value.LeadId)
            .Select(value => value.LeadId).Take(PageSize).ToListAsync(cancellationToken);
        return leads.Count is 0 ? 0 : await context.CustomFieldValues.Where(value => value.FieldId == fieldId && EF.Parameter(leads).Contains(value.LeadId)).ExecuteDeleteAsync(cancellationToken);
    }, cancellationToken);
}
