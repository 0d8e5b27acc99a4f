using LeadDesk.Access;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

/// <summary>A list as exports read it.</summary>
internal static class WalkedLeads
{
    public static async Task<List<long>> IdsAsync(LeadQueries queries, CurrentUser user, LeadFilter filter, int size)
    {
        var (all, stop) = (new List<long>(), TestContext.Current.CancellationToken);
        await using var walk = await queries.WalkAsync(user, filter, null, [], stop);
        for (var more = true; more;)
        {
            more = await walk.ReadAsync(
                size,
                async (_, leads) =>
                {
                    var ids = await leads.Select(lead => lead.Id).ToListAsync(stop);
                    all.AddRange(ids);
                    return new LeadsRead(ids.Count, ids.LastOrDefault(), Full: false);
                },
                _ => Task.CompletedTask,
                stop);
        }

        return all;
    }
}
