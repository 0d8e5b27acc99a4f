using LeadDesk.Companies;
using LeadDesk.Leads.Filtering;

namespace LeadDesk.Leads;

/// <summary>What lists are sorted by, as addresses and programs write it: <c>created</c>, <c>follow_up</c>, <c>cf.budget</c>.</summary>
public static class LeadSortWords
{
    private static readonly Dictionary<string, LeadSort> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["created"] = LeadSort.Created,
        ["score"] = LeadSort.Score,
        ["name"] = LeadSort.Name,
        ["activity"] = LeadSort.Activity,
        ["response"] = LeadSort.Response,
        ["follow_up"] = LeadSort.FollowUp,
        ["value"] = LeadSort.Value,
        ["stage"] = LeadSort.Stage,
        ["owner"] = LeadSort.Owner,
        ["grade"] = LeadSort.Grade,
        ["channel"] = LeadSort.Channel,
        ["email"] = LeadSort.Email,
        ["phone"] = LeadSort.Phone,
        ["organisation"] = LeadSort.Organisation,
        ["job_title"] = LeadSort.JobTitle,
        ["city"] = LeadSort.City,
        ["country"] = LeadSort.Country,
        ["interest"] = LeadSort.Interest,
        ["campaign"] = LeadSort.Campaign,
        ["source"] = LeadSort.Source,
        ["intent"] = LeadSort.Intent,
        ["urgency"] = LeadSort.Urgency,
    };

    /// <summary>As JSON and filters name the same.</summary>
    private static readonly Dictionary<string, LeadSort> OtherWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["status"] = LeadSort.Stage,
        ["quality"] = LeadSort.Grade,
        ["last_activity"] = LeadSort.Activity,
        ["created_at"] = LeadSort.Created,
    };

    /// <summary>Those of every lead, for sentences.</summary>
    public static IReadOnlyCollection<string> All => Words.Keys;

    /// <returns>Null when there is no such word, or no such custom field any more.</returns>
    public static (LeadSort Sort, long? FieldId)? Read(string word, CompanyRules company)
    {
        if (Words.TryGetValue(word, out var sort) || OtherWords.TryGetValue(word, out sort))
            return (sort, null);
        return word.StartsWith(LeadFilterFields.CustomPrefix, StringComparison.OrdinalIgnoreCase) && LeadFilterFields.FindCustom(word, company) is { } field ? (LeadSort.Custom, field.Id) : null;
    }

    public static string Print(LeadSort sort, long? fieldId, CompanyRules company) => sort is LeadSort.Custom
        ? $"{LeadFilterFields.CustomPrefix}{company.Fields.FirstOrDefault(field => field.Id == fieldId)?.Key ?? $"{fieldId}"}"
        : Print(sort);

    /// <param name="sort">Any but a custom field's.</param>
    public static string Print(LeadSort sort) => Words.First(word => word.Value == sort).Key;

    /// <summary>Names, words and deadlines are read from the first on, everything else from the greatest or newest.</summary>
    public static bool RisesAtFirst(LeadSort sort) =>
        sort is not (LeadSort.Created or LeadSort.Score or LeadSort.Activity or LeadSort.Value or LeadSort.Grade or LeadSort.Intent or LeadSort.Urgency);
}
