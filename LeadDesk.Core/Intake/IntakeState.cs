using LeadDesk.Jobs;
using LeadDesk.Leads;

namespace LeadDesk.Intake;

internal readonly record struct ContactKey(long CompanyId, ContactKind Kind, string Value);

internal readonly record struct NearKey(long CompanyId, string Value);

internal readonly record struct RepeatKey(long CompanyId, string Source, string Value);

internal readonly record struct CallerKey(long CompanyId, string Caller, string Key);

/// <summary>What storage knows about the addresses of a batch. The planner keeps it up to date while it works through the batch.</summary>
internal sealed class IntakeState
{
    public Dictionary<ContactKey, long> Contacts { get; } = [];

    public Dictionary<NearKey, List<long>> NearLeads { get; } = [];

    /// <summary>Lead by message that was here before.</summary>
    public Dictionary<RepeatKey, long> Repeats { get; } = [];

    public Dictionary<CallerKey, IdempotencyRecord> Answered { get; } = [];

    public Dictionary<long, Lead> Leads { get; } = [];

    /// <summary>Pairs that are known as possible duplicates already.</summary>
    public HashSet<(long LeadId, long OtherLeadId)> Linked { get; } = [];

    /// <summary>By company: who got a lead last.</summary>
    public Dictionary<long, long?> LastAssigned { get; } = [];

    /// <summary>Ids for new rows, given out in order.</summary>
    public required Queue<long> LeadIds { get; init; }

    public required Queue<long> EventIds { get; init; }

    public required Queue<long> MessageIds { get; init; }
}

/// <summary>The rows of one shared commit.</summary>
internal sealed class IntakeRows
{
    public List<Lead> NewLeads { get; } = [];

    public HashSet<Lead> ChangedLeads { get; } = [];

    public List<InboundEvent> Events { get; } = [];

    public List<LeadContact> Contacts { get; } = [];

    public List<LeadNearKey> NearKeys { get; } = [];

    public List<PossibleDuplicate> Duplicates { get; } = [];

    public List<LeadMessage> Messages { get; } = [];

    public List<LeadAnalysis> Analyses { get; } = [];

    public List<TimelineEntry> Timeline { get; } = [];

    public List<IdempotencyRecord> Answered { get; } = [];

    public List<Job> Jobs { get; } = [];

    /// <summary>Leads whose search text is new.</summary>
    public HashSet<long> SearchQueue { get; } = [];

    /// <summary>Companies whose turn in the round-robin moved on.</summary>
    public Dictionary<long, long> LastAssigned { get; } = [];

    public Dictionary<long, Dictionary<CounterKey, int>> Counters { get; } = [];

    public bool Any => Events.Count > 0 || Answered.Count > 0;

    public void Note(Lead lead, DateTime at, TimelineKind kind, string? text = null, string? before = null, string? after = null) =>
        Timeline.Add(new TimelineEntry { CompanyId = lead.CompanyId, LeadId = lead.Id, At = at, Kind = kind, Text = text, Before = before, After = after });
}
