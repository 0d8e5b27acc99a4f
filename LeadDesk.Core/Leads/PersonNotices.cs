using LeadDesk.Notifications;

namespace LeadDesk.Leads;

/// <summary>What a person is told of a lead: written in the transaction of its cause, shown in the bell.</summary>
internal static class PersonNotices
{
    /// <summary>Longer texts are told by their beginning.</summary>
    private const int LongestText = 300;

    public static void Assigned(LeadChange change, long userId) => Tell(change, userId, UserNoticeKind.Assigned, null);

    public static void AskedToHelp(LeadChange change, long userId) => Tell(change, userId, UserNoticeKind.Helper, null);

    public static void Mentioned(LeadChange change, long userId, string note) => Tell(change, userId, UserNoticeKind.Mention, note);

    /// <summary>Nobody is told of what he does himself.</summary>
    private static void Tell(LeadChange change, long userId, UserNoticeKind kind, string? text)
    {
        if (userId == change.User?.UserId)
            return;
        change.Context.UserNotices.Add(new UserNotice
        {
            CompanyId = change.Lead.CompanyId,
            UserId = userId,
            Kind = kind,
            At = change.Now,
            ActorId = change.User?.UserId,
            LeadId = change.Lead.Id,
            Text = text is { Length: > LongestText } ? LeadText.Snippet(text) : text,
        });
        change.Told.Add(userId);
    }
}
