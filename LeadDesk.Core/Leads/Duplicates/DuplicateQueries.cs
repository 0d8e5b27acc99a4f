using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>A lead as lists of duplicates show it.</summary>
public sealed record DuplicateLead(long Id, string? Name, string? Phone, string? Email, string? Organisation, string? City, long? OwnerId, DateTime CreatedAt)
{
    public string DisplayName => LeadNames.Display(Name, Email, Phone, Id);
}

/// <param name="Score">0 to 100.</param>
/// <param name="Reasons">What speaks for it and against, the strongest first; empty where the intake noticed them and no scan has compared them.</param>
/// <param name="Summary">In English, in a few words.</param>
public sealed record DuplicatePair(long LeadId, long OtherLeadId, int Score, IReadOnlyList<DuplicateReason> Reasons, string Summary);

/// <summary>Leads that are alike, directly or through each other.</summary>
/// <param name="Leads">The oldest first; at most 20.</param>
/// <param name="Pairs">The surest first.</param>
public sealed record DuplicateGroup(int Score, IReadOnlyList<DuplicateLead> Leads, IReadOnlyList<DuplicatePair> Pairs);

/// <param name="Total">How many groups there are.</param>
/// <param name="MorePairs">There are more pairs than one list takes; the least sure ones come when these are done.</param>
public sealed record DuplicateGroups(IReadOnlyList<DuplicateGroup> Groups, int Total, bool MorePairs, string? NextCursor);

/// <summary>What scans and the intake found, as groups and for one lead.</summary>
public sealed class DuplicateQueries(Database database, CompanyDirectory companies)
{
    public const int MostGroups = 500;

    /// <summary>Of one list. The groups of so many pairs are made in well under a second.</summary>
    private const int MostPairs = 20_000;

    private const int MostOfLead = 10;

    /// <summary>The last scan; null before the first.</summary>
    public async Task<DuplicateScan?> ScanAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return user.Can(Permission.MergeLeads) ? await context.DuplicateScans.OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken) : null;
    }

    /// <summary>The surest first.</summary>
    /// <param name="least">Pairs below this score are left out, 0 to 100.</param>
    /// <param name="cursor">The page before's.</param>
    /// <param name="limit">1 to 500.</param>
    public async Task<Outcome<DuplicateGroups>> GroupsAsync(CurrentUser user, int least, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.MergeLeads))
            return LeadRefusals.MayNotMerge;
        if (limit is < 1 or > MostGroups)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {MostGroups}.");
        if (least is < 0 or > 100)
            return Refusal.Invalid("min_score", "The score must be between 0 and 100.");
        var after = Cursor.Decode(cursor);
        if (!string.IsNullOrEmpty(cursor) && after is not { Sort: "duplicates" })
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");
        await using var context = database.Open(user.CompanyId);
        var visible = LeadQueries.Visible(context, user);
        var pairs = await context.PossibleDuplicates.Where(row => row.State == DuplicateState.Open && row.Score >= least)
            .Where(row => visible.Any(lead => lead.Id == row.LeadId) && visible.Any(lead => lead.Id == row.OtherLeadId))
            .OrderByDescending(row => row.Score).Select(row => new PairRow(row.LeadId, row.OtherLeadId, row.Score)).Take(MostPairs + 1).ToListAsync(cancellationToken);
        var more = pairs.Count > MostPairs;
        var groups = DuplicateGrouping.Of(more ? pairs[..MostPairs] : pairs);
        var start = (int)(after?.Id ?? 0);
        var page = groups.Skip(start).Take(limit).ToList();
        var next = start + limit < groups.Count ? new Cursor("duplicates", null, start + limit).Encode() : null;
        return new DuplicateGroups(await DescribeAsync(context, user.CompanyId, page, cancellationToken), groups.Count, more, next);
    }

    /// <summary>Who may be the same person as a lead, the surest first; nobody that the user may not see.</summary>
    public async Task<IReadOnlyList<(DuplicateLead Lead, DuplicatePair Pair)>> OfLeadAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var visible = LeadQueries.Visible(context, user);
        if (!await visible.AnyAsync(row => row.Id == leadId, cancellationToken))
            return [];
        // Two indexed looks instead of one "or", which would read all pairs.
        var known = await context.PossibleDuplicates.Where(row => row.LeadId == leadId).Concat(context.PossibleDuplicates.Where(row => row.OtherLeadId == leadId)).ToListAsync(cancellationToken);
        var decided = known.Where(row => row.State is DuplicateState.Dismissed).Select(row => row.LeadId == leadId ? row.OtherLeadId : row.LeadId).ToHashSet();
        var open = known.Where(row => row.State is DuplicateState.Open).ToDictionary(row => row.LeadId == leadId ? row.OtherLeadId : row.LeadId);
        var company = await companies.GetAsync(user.CompanyId, cancellationToken);
        var found = (await LeadCheck.OfLeadAsync(context, company, leadId, cancellationToken)).Where(match => !decided.Contains(match.Lead.Id)).ToDictionary(match => match.Lead.Id);
        var ids = open.Keys.Union(found.Keys).ToList();
        var leads = await LeadQueries.Visible(context, ComparedLeads.ByIds(context, user.CompanyId, [leadId, .. ids]), user).Select(Shown).ToDictionaryAsync(row => row.Id, cancellationToken);
        var mine = leads[leadId];
        return [.. ids.Where(leads.ContainsKey).Select(id => (leads[id], PairOf(mine, leads[id], open.GetValueOrDefault(id), found.GetValueOrDefault(id)))).OrderByDescending(row => row.Item2.Score).Take(MostOfLead)];
    }

    private static System.Linq.Expressions.Expression<Func<Lead, DuplicateLead>> Shown { get; } =
        lead => new DuplicateLead(lead.Id, lead.Name, lead.Phone, lead.Email, lead.Organisation, lead.City, lead.OwnerId, lead.CreatedAt);

    /// <summary>What was compared just now tells more than what the intake noted; a scan's score knows how rare the values are.</summary>
    private static DuplicatePair PairOf(DuplicateLead mine, DuplicateLead other, PossibleDuplicate? stored, LeadCheckMatch? match)
    {
        if (stored?.Explanation is not null || match is null)
            return new DuplicatePair(mine.Id, other.Id, stored!.Score, DuplicateExplanation.Read(stored.Explanation, mine.DisplayName, other.DisplayName), stored.Reason);
        return new DuplicatePair(mine.Id, other.Id, Math.Max(match.Score.Score, stored?.Score ?? 0), DuplicateExplanation.Of(match.Score, mine.DisplayName, other.DisplayName), DuplicateExplanation.Summary(match.Score));
    }

    private static async Task<IReadOnlyList<DuplicateGroup>> DescribeAsync(AppDbContext context, long companyId, List<IReadOnlyList<PairRow>> groups, CancellationToken cancellationToken)
    {
        var ids = groups.SelectMany(group => group.SelectMany(pair => new[] { pair.LeadId, pair.OtherLeadId })).Distinct().ToList();
        var leads = await ComparedLeads.ByIds(context, companyId, ids).Select(Shown).ToDictionaryAsync(row => row.Id, cancellationToken);
        var stored = await context.PossibleDuplicates.Where(row => EF.Parameter(ids).Contains(row.LeadId) && EF.Parameter(ids).Contains(row.OtherLeadId)).ToDictionaryAsync(row => (row.LeadId, row.OtherLeadId), cancellationToken);
        return [.. groups.Select(group =>
        {
            var members = group.SelectMany(pair => new[] { pair.LeadId, pair.OtherLeadId }).Distinct().Where(leads.ContainsKey).Select(id => leads[id]).OrderBy(lead => lead.CreatedAt).ThenBy(lead => lead.Id).ToList();
            return new DuplicateGroup(group[0].Score, members, [.. group.Where(pair => leads.ContainsKey(pair.LeadId) && leads.ContainsKey(pair.OtherLeadId) && stored.ContainsKey((pair.LeadId, pair.OtherLeadId)))
                .Select(pair => Describe(stored[(pair.LeadId, pair.OtherLeadId)], leads[pair.LeadId], leads[pair.OtherLeadId]))]);
        }).Where(group => group.Leads.Count > 1)];
    }

    private static DuplicatePair Describe(PossibleDuplicate pair, DuplicateLead lead, DuplicateLead other) =>
        new(lead.Id, other.Id, pair.Score, DuplicateExplanation.Read(pair.Explanation, lead.DisplayName, other.DisplayName), pair.Reason);
}
