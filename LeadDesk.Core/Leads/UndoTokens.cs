using LeadDesk.Access;
using LeadDesk.Data;

namespace LeadDesk.Leads;

/// <summary>Tokens by which changes are taken back. Only their hashes are stored.</summary>
internal static class UndoTokens
{
    /// <summary>How long a change can be taken back by its token.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Issues a token in the caller's transaction.</summary>
    public static string Issue(AppDbContext context, UndoKind kind, long subjectId, CurrentUser user, DateTime now)
    {
        var token = Tokens.NewSecret();
        context.UndoEntries.Add(new UndoEntry { TokenHash = Tokens.Hash(token), CompanyId = user.CompanyId, Kind = kind, SubjectId = subjectId, UserId = user.UserId, CreatedAt = now, ExpiresAt = now + Lifetime });
        return token;
    }
}
