namespace LeadDesk.Intake.Import.Rows;

/// <summary>Who and where the person of a row is, and which campaign brought him. Pure.</summary>
internal static class RowFacts
{
    private const int LongestParticular = 500;

    /// <summary>What the lead has a place for, under the names of <see cref="IncomingLead.Metadata"/>.</summary>
    public static Dictionary<string, string> Read(RowCells source, List<string> cells, bool isMeta)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        Put(known, "company", source.First(cells, ImportTarget.Company, LongestParticular));
        Put(known, "job_title", source.First(cells, ImportTarget.JobTitle, LongestParticular));
        Put(known, "city", source.First(cells, ImportTarget.City, LongestParticular));
        Put(known, "country", source.First(cells, ImportTarget.Country, LongestParticular));
        Put(known, "interest", source.First(cells, ImportTarget.Interest, LongestParticular));
        Put(known, "campaign", source.First(cells, ImportTarget.Campaign, LongestParticular));
        var origin = source.First(cells, ImportTarget.Source, LongestParticular);
        Put(known, "source", isMeta ? Platform(origin) : origin);
        if (source.Joined(cells, ImportTarget.FullAddress, ", ") is { } full)
        {
            var (address, city, country) = FullAddresses.Split(full);
            source.Rest.Add(("address", address));
            Put(known, "city", known.ContainsKey("city") ? null : city);
            Put(known, "country", known.ContainsKey("country") ? null : country);
        }

        if (source.Joined(cells, ImportTarget.Address, ", ") is { } street)
            source.Rest.Add(("address", street));
        return known;
    }

    /// <summary>As the sync names it.</summary>
    private static string? Platform(string? platform) => platform?.ToLowerInvariant() switch
    {
        "ig" => "Instagram",
        "fb" => "Facebook",
        _ => platform,
    };

    private static void Put(Dictionary<string, string> known, string name, string? text)
    {
        if (text is not null)
            known[name] = text;
    }
}
