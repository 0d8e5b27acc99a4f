using LeadDesk.Data;

namespace LeadDesk.Access;

internal static class Audit
{
    /// <param name="actorId">Null when LeadDesk itself acts, or a person who is not signed in.</param>
    /// <param name="action">A dotted word such as <c>user.role_changed</c>.</param>
    public static void Note(AppDbContext context, long companyId, long? actorId, DateTime now, string action, string subject, string? details = null) =>
        context.AuditEntries.Add(new AuditEntry { CompanyId = companyId, ActorId = actorId, At = now, Action = action, Subject = subject, Details = details });
}
