namespace LeadDesk.Live;

public enum LeadEventKind { Created, Updated, Deleted }

public sealed record LeadEvent(long CompanyId, long LeadId, LeadEventKind Kind, long? OwnerId, long? FormerOwnerId);

public sealed class LiveFeed
{
    public void Publish(IReadOnlyList<LeadEvent> events) => _ = events;
}
