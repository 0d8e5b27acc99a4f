using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Fields;

/// <summary>Custom fields, tags and value of a lead that is about to come in.</summary>
/// <param name="TagIds">Of the company's tags; new words became tags.</param>
public sealed record ReadFill(IReadOnlyList<CustomFieldValue> Values, IReadOnlyList<long> TagIds, long? Worth);

/// <summary>Checks what a program says of a new lead before anything is stored.</summary>
public sealed class LeadFillReader(Database database, CompanyDirectory companies)
{
    /// <returns>Errors by field: <c>custom.budget</c>, <c>tags</c>, <c>value</c>.</returns>
    public async Task<Outcome<ReadFill>> ReadAsync(CurrentUser user, LeadEdit edit, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        var errors = new FieldErrors();
        var values = new List<CustomFieldValue>();
        foreach (var (key, written) in edit.Custom)
            values.AddRange(Values(company, key, written, edit.Format, errors));
        var worth = DealValue.Read(edit.Values.GetValueOrDefault(LeadField.Value), company, edit.Format);
        if (worth.Refusal is { } wrong)
            errors.Add("value", wrong.Message);
        var names = edit.Tags?.Select(word => LeadTagging.ReadName(word, "tags", errors)).OfType<string>().ToList() ?? [];
        if (names.Count > LeadTagging.MostOnLead)
            errors.Add("tags", $"A lead can have {LeadTagging.MostOnLead} tags.");
        if (errors.Refusal is { } invalid)
            return invalid;
        return new ReadFill(values, names.Count is 0 ? [] : await TagsAsync(company, names, cancellationToken), worth.Value);
    }

    private static IReadOnlyList<CustomFieldValue> Values(CompanyRules company, string key, string? written, FieldFormat format, FieldErrors errors)
    {
        if (company.Field(key) is not { } field)
        {
            errors.Add(CustomFieldValues.JsonPlace(key), LeadCustomFields.NoSuchField(company));
            return [];
        }

        var read = CustomFieldValues.Read(field, written, company, format);
        if (!read.Succeeded)
            errors.Add(CustomFieldValues.JsonPlace(field.Key), read.Refusal.Message);
        else if (CustomFieldValues.Chosen(field, read.Value).FirstOrDefault(option => option.Archived) is { } gone)
            errors.Add(CustomFieldValues.JsonPlace(field.Key), $"\"{gone.Name}\" is not offered any more. Choose another option.");
        return read.Value ?? [];
    }

    private async Task<IReadOnlyList<long>> TagsAsync(CompanyRules company, List<string> names, CancellationToken cancellationToken)
    {
        var keys = names.ConvertAll(SearchText.Fold);
        var known = company.Tags.Where(tag => keys.Contains(tag.NameKey)).ToList();
        if (known.Count == keys.Distinct(StringComparer.Ordinal).Count())
            return known.ConvertAll(tag => tag.Id);
        var ids = await database.WriteAsync(company.CompanyId, async context =>
        {
            foreach (var name in names)
                await LeadTagging.AddAsync(context, company.CompanyId, name, cancellationToken);
            return await context.Tags.Where(tag => EF.Parameter(keys).Contains(tag.NameKey)).Select(tag => tag.Id).ToListAsync(cancellationToken);
        }, cancellationToken);
        companies.Forget(company.CompanyId);
        return ids;
    }
}
