using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Live;

namespace LeadDesk.Leads;

/// <summary>
/// One change of one lead while it happens: the lead as the context tracks it, and what goes with it into the same
/// transaction (timeline, counters, search). Counters are kept true by counting the lead out as it was and in as it is.
/// </summary>
internal sealed class LeadChange
{
    private readonly Dictionary<CounterKey, long> deltas = [];

    public LeadChange(AppDbContext context, Lead lead, CompanyRules company, CurrentUser? user, DateTime now)
    {
        (Context, Lead, Company, User, Now) = (context, lead, company, user, now);
        OwnerBefore = lead.OwnerId;
        CounterKeys.Add(deltas, lead, company.Zone, -1);
    }

    public AppDbContext Context { get; }

    public Lead Lead { get; }

    public CompanyRules Company { get; }

    /// <summary>Null when LeadDesk itself changes the lead.</summary>
    public CurrentUser? User { get; }

    public DateTime Now { get; }

    /// <summary>The text that search looks in has changed.</summary>
    public bool SearchTextChanged { get; set; }

    /// <summary>Something of the company's own lists changed with it, such as a new tag.</summary>
    public bool CompanyChanged { get; set; }

    /// <summary>Where a change of many leads gathers its timeline, to write it together; null where the context tracks it.</summary>
    public List<TimelineEntry>? Gathered { get; init; }

    /// <summary>Custom field values by lead, where they were read together; null where each lead's are read when they are needed.</summary>
    public ILookup<long, CustomFieldValue>? CustomValues { get; init; }

    /// <summary>What the lead's change means for the counters, once it is <see cref="Finish">finished</see>.</summary>
    public IReadOnlyDictionary<CounterKey, long> Deltas => deltas;

    /// <summary>Whose bell has something new once this is committed.</summary>
    public HashSet<long> Told { get; } = [];

    private long? OwnerBefore { get; }

    public TimelineEntry Note(TimelineKind kind, string? text = null, string? before = null, string? after = null, string? details = null)
    {
        var entry = new TimelineEntry
        {
            CompanyId = Lead.CompanyId,
            LeadId = Lead.Id,
            At = Now,
            Kind = kind,
            ActorId = User?.UserId,
            Text = text,
            Before = before,
            After = after,
            Details = details,
        };
        if (Gathered is { } gathered)
            gathered.Add(entry);
        else
            Context.TimelineEntries.Add(entry);
        return entry;
    }

    /// <summary>A person of ours did something for the lead: the response clock stops.</summary>
    public void Respond() => Lead.FirstResponseAt ??= Now;

    /// <summary>The lead is as it will be: its version, its place among the latest, its counters.</summary>
    public void Finish()
    {
        Lead.LastActivityAt = Now;
        Recount();
    }

    /// <summary>As <see cref="Finish"/>, for what is no activity.</summary>
    public void Recount()
    {
        Lead.Version++;
        CounterKeys.Add(deltas, Lead, Company.Zone, +1);
    }

    /// <summary>Writes everything; the caller commits.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        Finish();
        await Context.SaveChangesAsync(cancellationToken);
        await CounterStore.ApplyAsync(Context, Lead.CompanyId, deltas, cancellationToken);
        if (SearchTextChanged)
            await LeadSearchQueue.AddAsync(Context, Lead.Id, cancellationToken);
    }

    public LeadEvent Event() =>
        new(Lead.CompanyId, Lead.Id, Lead.DeletedAt is null ? LeadEventKind.Updated : LeadEventKind.Deleted, Lead.OwnerId, OwnerBefore);
}
