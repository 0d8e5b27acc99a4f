using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk;

/// <summary>Tags by name, as people and programs write them.</summary>
internal static class BulkTags
{
    /// <returns>The request with the tag's id; a new word has become one of the company's tags when it is to be given.</returns>
    public static async Task<Outcome<BulkRequest>> FindAsync(Database database, CompanyDirectory companies, CurrentUser user, BulkRequest request, CancellationToken cancellationToken)
    {
        if (request.TagName is null || request.Action is not (BulkAction.Tag or BulkAction.Untag))
            return request;
        var errors = new FieldErrors();
        if (LeadTagging.ReadName(request.TagName, "value", errors) is not { } name)
            return errors.Refusal!;
        var key = SearchText.Fold(name);
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        if (company.Tags.FirstOrDefault(tag => tag.NameKey == key) is { } known)
            return request with { TagId = known.Id, TagName = null };
        if (request.Action is BulkAction.Untag)
            return request with { TagId = 0, TagName = null };
        if (company.Tags.Count >= LeadTagging.MostOfCompany)
            return Refusal.Invalid("value", $"The company has {LeadTagging.MostOfCompany:N0} tags already. Use one of them, or have an admin merge some.");
        var id = await database.WriteAsync(user.CompanyId, async context =>
        {
            await context.Database.ExecuteSqlAsync($"INSERT INTO tags (company_id, name, name_key) VALUES ({user.CompanyId}, {name}, {key}) ON CONFLICT DO NOTHING", cancellationToken);
            return await context.Tags.Where(tag => tag.NameKey == key).Select(tag => tag.Id).SingleAsync(cancellationToken);
        }, cancellationToken);
        companies.Forget(user.CompanyId);
        return request with { TagId = id, TagName = null };
    }
}
