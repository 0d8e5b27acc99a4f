using LeadDesk.Analysis;
using LeadDesk.Common;

namespace LeadDesk.Leads;

/// <summary>Which facts of a lead have a <see cref="LeadFacet"/>. The numbers are stored.</summary>
internal enum LeadFacetKind
{
    Organisation = 1,
    JobTitle = 2,
    City = 3,
    Country = 4,
    Interest = 5,
    Campaign = 6,
    Source = 7,
    Intent = 8,
    Urgency = 9,
}

/// <summary>The facets a lead should have.</summary>
internal static class LeadFacets
{
    public static LeadFacetKind? OfField(string word) => word switch
    {
        "organisation" => LeadFacetKind.Organisation,
        "job_title" => LeadFacetKind.JobTitle,
        "city" => LeadFacetKind.City,
        "country" => LeadFacetKind.Country,
        "interest" => LeadFacetKind.Interest,
        "campaign" => LeadFacetKind.Campaign,
        "source" => LeadFacetKind.Source,
        "intent" => LeadFacetKind.Intent,
        "urgency" => LeadFacetKind.Urgency,
        _ => null,
    };

    public static string KeyOf(string text) => SearchText.SortKey(text);

    public static string KeyOf(Intent intent) => $"{(int)intent}";

    public static string KeyOf(Urgency urgency) => $"{(int)urgency}";

    public static IEnumerable<(LeadFacetKind Facet, string Key)> Of(LeadSearchSource lead)
    {
        (LeadFacetKind Facet, string? Text)[] texts =
        [
            (LeadFacetKind.Organisation, lead.Organisation), (LeadFacetKind.JobTitle, lead.JobTitle), (LeadFacetKind.City, lead.City), (LeadFacetKind.Country, lead.Country),
            (LeadFacetKind.Interest, lead.Interest), (LeadFacetKind.Campaign, lead.Campaign), (LeadFacetKind.Source, lead.Source),
        ];
        foreach (var (facet, text) in texts)
        {
            if (!string.IsNullOrWhiteSpace(text))
                yield return (facet, KeyOf(text));
        }

        yield return (LeadFacetKind.Intent, KeyOf(lead.Intent));
        yield return (LeadFacetKind.Urgency, KeyOf(lead.Urgency));
    }
}
