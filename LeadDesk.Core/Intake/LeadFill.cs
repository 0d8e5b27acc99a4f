using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Setup;

namespace LeadDesk.Intake;

/// <summary>What comes in for the company's own fields, tags and the deal's value. A lead that is here already keeps what it has.</summary>
/// <param name="Values">Of any fields, each checked and with its field's id.</param>
/// <param name="TagIds">Of the company's tags.</param>
/// <param name="Worth">The deal's value in hundredths of the company's currency.</param>
public sealed record LeadFill(IReadOnlyList<CustomFieldValue> Values, IReadOnlyList<long> TagIds, long? Worth)
{
    private static readonly LeadFill Nothing = new([], [], null);

    /// <summary>What the sender says outright, and for other fields what the metadata has under their key or name. What a field cannot hold stays in the metadata alone.</summary>
    internal static LeadFill Of(CompanyRules company, IncomingLead incoming)
    {
        var given = incoming.Fill ?? Nothing;
        if (company.Fields.Count is 0 || incoming.Metadata.Count is 0)
            return given;
        var read = FromMetadata(company, incoming).SelectMany(filled => filled.Values).ToList();
        return read.Count is 0 ? given : given with { Values = [.. given.Values, .. read] };
    }

    /// <summary>The company's own fields that the metadata fill, and by which of it.</summary>
    internal static IReadOnlyList<(string Key, CustomField Field, IReadOnlyList<CustomFieldValue> Values)> FromMetadata(CompanyRules company, IncomingLead incoming)
    {
        var filled = new List<(string Key, CustomField Field, IReadOnlyList<CustomFieldValue> Values)>();
        var taken = (incoming.Fill ?? Nothing).Values.Select(value => value.FieldId).ToHashSet();
        foreach (var (key, text) in incoming.Metadata)
        {
            if (FieldOf(company, key) is { } field && !taken.Contains(field.Id) && CustomFieldValues.Read(field, text, company) is { Succeeded: true, Value: { Count: > 0 } values } && IsOffered(field, values))
            {
                taken.Add(field.Id);
                filled.Add((key, field, values));
            }
        }

        return filled;
    }

    internal void Apply(Lead lead, bool isNew, CompanyRules company, IntakeRows rows)
    {
        lead.Value ??= Worth ?? DealValue.PriceOf(company, lead.Interest);
        foreach (var value in Values)
        {
            // Several choices are not mixed with those the lead may have.
            if (isNew || !Values.Any(other => other.FieldId == value.FieldId && other.Position > 0))
                rows.FieldValues.Add(new CustomFieldValue { CompanyId = lead.CompanyId, LeadId = lead.Id, FieldId = value.FieldId, Position = value.Position, Number = value.Number, Key = value.Key, Text = value.Text });
        }

        foreach (var tag in TagIds)
            rows.Tags.Add(new LeadTag { CompanyId = lead.CompanyId, LeadId = lead.Id, TagId = tag });
    }

    private static CustomField? FieldOf(CompanyRules company, string key) => company.Field(key.Trim()) ?? company.Field(FieldKeys.FromName(key, []));

    private static bool IsOffered(CustomField field, IReadOnlyList<CustomFieldValue> values) => CustomFieldValues.Chosen(field, values).All(option => !option.Archived);
}
