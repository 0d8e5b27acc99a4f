using LeadDesk.Access;
using LeadDesk.Common;

namespace LeadDesk.Leads.Bulk;

/// <summary>Which leads a request is about.</summary>
internal static class BulkSelection
{
    private const int ReadTogether = 100_000;

    /// <returns>Ascending, each once. Refused when there are more than <see cref="BulkRequest.Most"/>.</returns>
    public static async Task<Outcome<List<long>>> IdsAsync(LeadQueries leads, CurrentUser user, BulkRequest request, CancellationToken cancellationToken)
    {
        List<long> ids;
        if (request.Ids is { } given)
        {
            ids = [.. given.Distinct()];
        }
        else
        {
            var except = request.Except.ToHashSet();
            ids = [];
            for (var last = 0L; ;)
            {
                var more = await leads.IdsAsync(user, request.Filter!, last, ReadTogether, cancellationToken);
                ids.AddRange(more.Where(id => !except.Contains(id)));
                if (ids.Count > BulkRequest.Most)
                    return BulkCheck.TooMany;
                if (more.Count < ReadTogether)
                    return ids;
                last = more[^1];
            }
        }

        ids.Sort();
        return ids;
    }
}
