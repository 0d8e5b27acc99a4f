using LeadDesk.Access;
using LeadDesk.Common;

namespace LeadDesk.Leads.Bulk;

/// <summary>Which leads a request is about.</summary>
internal static class BulkSelection
{
    /// <returns>Ascending, each once. Refused when there are more than <see cref="BulkRequest.Most"/>, or none.</returns>
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
            string? cursor = null;
            do
            {
                var page = await leads.ListAsync(user, request.Filter!, cursor, Page<LeadRow>.MaximumLimit, cancellationToken);
                if (!page.Succeeded)
                    return page.Refusal;
                ids.AddRange(page.Value.Items.Select(row => row.Id).Where(id => !except.Contains(id)));
                cursor = page.Value.NextCursor;
                if (ids.Count > BulkRequest.Most)
                    return BulkCheck.TooMany;
            }
            while (cursor is not null);
        }

        ids.Sort();
        return ids;
    }
}
