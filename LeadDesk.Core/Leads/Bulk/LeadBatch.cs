using System.Buffers;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Bulk;

/// <summary>
/// Leads that are changed together in one transaction: read by one query, changed one by one in memory by the rules of a single
/// change, written by one statement for each table.
/// </summary>
internal sealed class LeadBatch(AppDbContext context, CompanyRules company, CurrentUser user, DateTime now)
{
    /// <summary>More changes than this are told as one reload.</summary>
    private const int MostEvents = 200;

    private readonly List<TimelineEntry> timeline = [];
    private readonly List<Lead> changed = [];
    private readonly HashSet<string> properties = [nameof(Lead.Version)];
    private readonly Dictionary<CounterKey, long> deltas = [];
    private readonly List<long> searched = [];
    private readonly List<LeadEvent> events = [];
    private readonly ArrayBufferWriter<byte> buffer = new(1024);

    public AppDbContext Context => context;

    public CompanyRules Company => company;

    public CurrentUser User => user;

    public DateTime Now => now;

    /// <summary>Custom field values by lead, once they were read for all of them together.</summary>
    public ILookup<long, CustomFieldValue>? CustomValues { get; private set; }

    /// <summary>What the live feed tells after the commit.</summary>
    public IReadOnlyList<LeadEvent> Events => events.Count <= MostEvents ? events : [LeadEvent.Reload(company.CompanyId)];

    /// <summary>The company's leads with these ids, those in the trash too; locked until the transaction ends. Untracked.</summary>
    public async Task<Dictionary<long, Lead>> LoadAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        IQueryable<Lead> leads;
        if (context.Database.IsNpgsql())
        {
            var (companyId, wanted) = (company.CompanyId, ids.ToArray());
            leads = context.Leads.FromSql($"SELECT * FROM leads WHERE company_id = {companyId} AND id = ANY ({wanted}) ORDER BY id FOR UPDATE").IgnoreQueryFilters();
        }
        else
        {
            leads = context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => EF.Parameter(ids).Contains(lead.Id));
        }

        var found = new Dictionary<long, Lead>(ids.Count);
        await foreach (var lead in leads.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            found[lead.Id] = lead;
        return found;
    }

    /// <summary>Reads some custom fields of all leads, for rules that ask for them.</summary>
    public async Task ReadValuesAsync(IReadOnlyList<long> ids, IReadOnlyList<long> fieldIds, CancellationToken cancellationToken)
    {
        if (fieldIds.Count is 0)
            return;
        var values = await context.CustomFieldValues.AsNoTracking().Where(value => fieldIds.Contains(value.FieldId) && EF.Parameter(ids).Contains(value.LeadId)).ToListAsync(cancellationToken);
        CustomValues = values.ToLookup(value => value.LeadId);
    }

    /// <returns>Those of the leads that this user sees.</returns>
    public async Task<Func<Lead, bool>> VisibleAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (user.SeesAllLeads)
            return _ => true;
        var helped = await context.LeadHelpers.Where(helper => helper.UserId == user.UserId && EF.Parameter(ids).Contains(helper.LeadId)).Select(helper => helper.LeadId).ToHashSetAsync(cancellationToken);
        return lead => lead.OwnerId == user.UserId || helped.Contains(lead.Id);
    }

    /// <summary>Changes one lead. Nothing of it is kept when <paramref name="apply"/> says why not.</summary>
    /// <returns>What was done, or null and the reason why nothing was.</returns>
    public async Task<(string? Trace, string? Reason)> ChangeAsync(Lead lead, bool isActivity, Func<LeadChange, BulkTrace, ValueTask<string?>> apply)
    {
        var (noted, before, trace) = (timeline.Count, LeadColumns.Of(lead), new BulkTrace());
        var formerOwner = lead.OwnerId;
        var change = new LeadChange(context, lead, company, user, now) { Gathered = timeline, CustomValues = CustomValues };
        if (await apply(change, trace) is { } reason)
        {
            timeline.RemoveRange(noted, timeline.Count - noted);
            return (null, reason);
        }

        if (isActivity)
            change.Finish();
        else
            change.Recount();
        trace.Compare(before, lead);
        foreach (var (column, _, _) in trace.Columns)
            properties.Add(column.Property);
        foreach (var (key, delta) in change.Deltas)
            deltas[key] = deltas.GetValueOrDefault(key) + delta;
        changed.Add(lead);
        if (change.SearchTextChanged)
            searched.Add(lead.Id);
        if (events.Count <= MostEvents)
            events.Add(new LeadEvent(lead.CompanyId, lead.Id, lead.DeletedAt is null ? LeadEventKind.Updated : LeadEventKind.Deleted, lead.OwnerId, formerOwner));
        return (trace.ToJson(buffer), null);
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await ManyRows.UpdateAsync(context, changed, [.. properties.Order(StringComparer.Ordinal)], cancellationToken);
        await ManyRows.InsertAsync(context, timeline, generatedKey: true, unlessThere: false, cancellationToken);
        await CounterStore.ApplyAsync(context, company.CompanyId, deltas, cancellationToken);
        searched.Sort();
        await LeadSearchQueue.AddManyAsync(context, searched, cancellationToken);
    }
}
