using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Exports;
using LeadDesk.Leads;

namespace LeadDesk.Web.Exports;

/// <summary>What <see cref="ExportDialog"/> sends.</summary>
internal static class LeadExportForm
{
    public const string Path = "/leads/export";

    /// <param name="filter">From the address: which leads, and in what order.</param>
    public static Outcome<ExportRequest> Read(IFormCollection form, LeadFilter filter)
    {
        var read = new LeadExportQuery { Format = form["format"], Columns = form["columns"], Bom = form["bom"], Separator = form["separator"] }.Read(filter);
        if (read.Refusal is { } refusal)
            return refusal;
        if (Ids(form["ids"]) is not { } ids || Ids(form["except"]) is not { } except)
            return Refusal.Invalid("ids", "These are not numbers of leads. Open the list again and select them anew.");
        return read.Value! with { Ids = ids.Length is 0 ? null : ids, Except = except };
    }

    /// <returns>Null when there is something else among them.</returns>
    private static long[]? Ids(string? written)
    {
        var ids = new List<long>();
        foreach (var part in (written ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return null;
            ids.Add(id);
        }

        return [.. ids];
    }
}
