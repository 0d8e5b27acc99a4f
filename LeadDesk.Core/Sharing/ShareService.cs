using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Sharing;

/// <param name="Token">Belongs into the address; shown this once.</param>
public sealed record NewShare(long Id, string Token, DateTime ExpiresAt, bool WithContact);

/// <param name="CreatedBy">The person's name.</param>
public sealed record ShareView(long Id, string CreatedBy, DateTime CreatedAt, DateTime ExpiresAt, bool WithContact, int Views, DateTime? LastViewedAt);

/// <summary>Addresses by which anybody who has them may read one lead for a while.</summary>
public sealed class ShareService(Database database, LeadService leads, TimeProvider clock)
{
    private const int MostOpen = 20;

    /// <summary>For how many days an address can be made.</summary>
    public static IReadOnlyList<int> Days { get; } = [1, 7, 30];

    private static readonly Refusal WrongDays = Refusal.Invalid("days", "A shared address lasts 1, 7 or 30 days.");
    private static readonly Refusal TooMany = Refusal.Conflict($"This lead has {MostOpen} shared addresses already. Take one back first.");

    public async Task<Outcome<NewShare>> CreateAsync(CurrentUser user, long leadId, int days, bool withContact, CancellationToken cancellationToken)
    {
        if (!Days.Contains(days))
            return WrongDays;
        var token = Tokens.NewSecret();
        LeadShare? made = null;
        var changed = await leads.ChangeAsync(user, leadId, null, async change =>
        {
            if (await Open(change.Context, leadId, change.Now).CountAsync(cancellationToken) >= MostOpen)
                return TooMany;
            made = new LeadShare
            {
                CompanyId = user.CompanyId,
                LeadId = leadId,
                TokenHash = Tokens.Hash(token),
                CreatedById = user.UserId,
                CreatedAt = change.Now,
                ExpiresAt = change.Now.AddDays(days),
                WithContact = withContact,
            };
            change.Context.LeadShares.Add(made);
            change.Note(TimelineKind.Shared, after: When(made), details: new TimelineDetails { ExpiresAt = made.ExpiresAt, WithContact = withContact }.ToJson());
            return null;
        }, cancellationToken);
        return changed.Succeeded ? new NewShare(made!.Id, token, made.ExpiresAt, withContact) : changed.Refusal;
    }

    /// <returns>Those that still work, newest first; nothing when the lead is not this user's to see.</returns>
    public async Task<IReadOnlyList<ShareView>> ListAsync(CurrentUser user, long leadId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        if (!await LeadQueries.Visible(context, user).AnyAsync(lead => lead.Id == leadId, cancellationToken))
            return [];
        return await Open(context, leadId, clock.GetUtcNow().UtcDateTime).OrderByDescending(share => share.Id)
            .Select(share => new ShareView(
                share.Id, context.Users.Where(person => person.Id == share.CreatedById).Select(person => person.Name).FirstOrDefault() ?? "",
                share.CreatedAt, share.ExpiresAt, share.WithContact, share.Views, share.LastViewedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The address stops working at once.</summary>
    public Task<Outcome<Lead>> RevokeAsync(CurrentUser user, long leadId, long shareId, CancellationToken cancellationToken) =>
        leads.ChangeAsync(user, leadId, null, async change =>
        {
            var share = await Open(change.Context, leadId, change.Now).FirstOrDefaultAsync(row => row.Id == shareId, cancellationToken);
            if (share is null)
                return Refusal.Missing("shared address");
            share.RevokedAt = change.Now;
            change.Note(TimelineKind.Shared, before: When(share));
            return null;
        }, cancellationToken);

    private static string When(LeadShare share) => share.ExpiresAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IQueryable<LeadShare> Open(AppDbContext context, long leadId, DateTime now) =>
        context.LeadShares.Where(share => share.LeadId == leadId && share.RevokedAt == null && share.ExpiresAt > now);
}
