using LeadDesk.Leads;
using LeadDesk.Scoring;
using LeadDesk.Web.Access;
using LeadDesk.Web.Shell;

namespace LeadDesk.Web.Leads;

/// <summary>Finds leads by name, phone, e-mail or what they wrote.</summary>
internal sealed class LeadPalette(LeadQueries queries, CurrentUserAccessor me) : IPaletteSource
{
    private const int Most = 8;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellation)
    {
        if (await me.FindAsync() is not { } user)
            return [];
        var found = await queries.ListAsync(user, new LeadFilter { Search = text }, null, Most, cancellation);
        return found.Succeeded ? [.. found.Value.Items.Select(Item)] : [];
    }

    private static PaletteItem Item(LeadRow row) =>
        new(row.DisplayName, $"/leads/{row.Id}", "user", $"{row.Phone ?? row.Email ?? row.Organisation} {row.Grade.ToWord()} {row.Score}".Trim());
}
