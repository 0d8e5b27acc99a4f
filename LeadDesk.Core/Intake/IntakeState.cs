using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using LeadDesk.Leads;

namespace LeadDesk.Intake;

internal readonly record struct ContactKey(long CompanyId, ContactKind Kind, string Value);

internal readonly record struct NearKey(long CompanyId, string Value);

internal readonly record struct RepeatKey(long CompanyId, string Source, string Value);

internal readonly record struct CallerKey(long CompanyId, string Caller, string Key);

/// <summary>An event that is stored already.</summary>
internal sealed record KnownEvent(long Id, InboundState State, long? LeadId)
{
    /// <summary>The lead it became; null while it has to be worked on.</summary>
    public long? DoneLeadId => State is InboundState.Processed ? LeadId : null;
}

/// <summary>An event that was stored before, closed by the lead it became.</summary>
internal sealed record ClosedEvent(long Id, long LeadId, IntakeItem Item, DateTime ProcessedAt, string Steps);

/// <summary>What storage knows about the addresses of a batch. The planner keeps it up to date while it works through the batch.</summary>
internal sealed class IntakeState
{
    /// <summary>For batches without leads.</summary>
    public static IntakeState Nothing => new() { LeadIds = [], EventIds = [], MessageIds = [] };

    public Dictionary<ContactKey, long> Contacts { get; } = [];

    public Dictionary<NearKey, List<long>> NearLeads { get; } = [];

    /// <summary>Events that are stored already: done ones, and those a push left to be worked on.</summary>
    public Dictionary<RepeatKey, KnownEvent> Repeats { get; } = [];

    public Dictionary<CallerKey, IdempotencyRecord> Answered { get; } = [];

    public Dictionary<long, Lead> Leads { get; } = [];

    /// <summary>Pairs that are known as possible duplicates already.</summary>
    public HashSet<(long LeadId, long OtherLeadId)> Linked { get; } = [];

    /// <summary>By company: who got a lead last.</summary>
    public Dictionary<long, long?> LastAssigned { get; } = [];

    /// <summary>Custom fields of the leads above, by lead and field; only where an import sets some.</summary>
    public Dictionary<(long LeadId, long FieldId), List<CustomFieldValue>> FieldValues { get; } = [];

    /// <summary>Tags of the leads above; only where an import sets some.</summary>
    public Dictionary<long, HashSet<long>> Tags { get; } = [];

    /// <summary>The leads that the batch's addresses and repeats belong to.</summary>
    public IEnumerable<long> KnownLeads() =>
        Contacts.Values.Concat(Repeats.Values.Select(known => known.DoneLeadId).OfType<long>()).Distinct();

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

    /// <summary>Events stored before that this commit finishes.</summary>
    public List<ClosedEvent> ClosedEvents { get; } = [];

    /// <summary>Bodies that are only stored, to be worked on after the sender has its answer. Those that are here already stay as they are.</summary>
    public List<InboundEvent> RawEvents { get; } = [];

    public List<LeadContact> Contacts { get; } = [];

    public List<LeadNearKey> NearKeys { get; } = [];

    public List<PossibleDuplicate> Duplicates { get; } = [];

    public List<LeadMessage> Messages { get; } = [];

    public List<LeadAnalysis> Analyses { get; } = [];

    public List<LeadConsent> Consents { get; } = [];

    /// <summary>Those of leads that have one already stay as they are.</summary>
    public List<CustomFieldValue> FieldValues { get; } = [];

    public List<LeadTag> Tags { get; } = [];

    public List<LeadFile> Files { get; } = [];

    public List<TimelineEntry> Timeline { get; } = [];

    public List<IdempotencyRecord> Answered { get; } = [];

    public List<Job> Jobs { get; } = [];

    /// <summary>Custom fields whose values are replaced by <see cref="FieldValues"/>.</summary>
    public List<(long LeadId, long FieldId)> ClearedFields { get; } = [];

    public List<ImportRow> ImportRows { get; } = [];

    public List<ImportProgress> Imports { get; } = [];

    /// <summary>Leads whose search text is new.</summary>
    public HashSet<long> SearchQueue { get; } = [];

    /// <summary>Companies whose turn in the round-robin moved on.</summary>
    public Dictionary<long, long> LastAssigned { get; } = [];

    public Dictionary<long, Dictionary<CounterKey, long>> Counters { get; } = [];

    public void Note(Lead lead, DateTime at, TimelineKind kind, string? text = null, string? before = null, string? after = null, long? messageId = null) =>
        Timeline.Add(new TimelineEntry { CompanyId = lead.CompanyId, LeadId = lead.Id, At = at, Kind = kind, Text = text, Before = before, After = after, MessageId = messageId });
}
