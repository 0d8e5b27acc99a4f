using LeadDesk.Companies;

namespace LeadDesk.Notifications;

public enum UserNoticeKind
{
    /// <summary>Somebody named the person in a note.</summary>
    Mention = 1,

    /// <summary>A lead was handed to the person.</summary>
    Assigned = 2,

    /// <summary>The person was asked to help with a lead.</summary>
    Helper = 3,

    /// <summary>Work the person started has ended: an import, a bulk change, a scan.</summary>
    WorkDone = 4,
}

/// <summary>Something one person should know, in the bell until it is read.</summary>
public sealed class UserNotice : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>Who is told.</summary>
    public long UserId { get; set; }

    public UserNoticeKind Kind { get; set; }

    public DateTime At { get; set; }

    /// <summary>Null when LeadDesk itself tells.</summary>
    public long? ActorId { get; set; }

    public long? LeadId { get; set; }

    /// <summary>What was written, or what happened.</summary>
    public string? Text { get; set; }

    public string? Link { get; set; }

    public DateTime? ReadAt { get; set; }
}
