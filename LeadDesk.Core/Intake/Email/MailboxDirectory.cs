using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Email;

/// <summary>What a mailbox's address needs to know before it takes a mail.</summary>
/// <param name="SigningKey">Encrypted; null when no signature is asked for.</param>
public sealed record MailboxAddress(long Id, long CompanyId, string? SigningKey)
{
    /// <summary>See <see cref="InboundEvent.Origin"/>.</summary>
    public string Origin => Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>
/// Whose address this is, answered from memory. A change here shows at once, one made on another node within
/// <see cref="FreshFor"/>; unknown keys are remembered as long.
/// </summary>
public sealed class MailboxDirectory
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private const int LongestKey = 64;
    private const int MostRemembered = 10_000;
    private static readonly string[] AnyCompany = [AppDbContext.CompanyFilter];

    private readonly Database database;
    private readonly ShortLivedCache<string, MailboxAddress?> known;

    public MailboxDirectory(Database database, TimeProvider time)
    {
        this.database = database;
        known = new ShortLivedCache<string, MailboxAddress?>(FreshFor, MostRemembered, time, LoadAsync);
    }

    /// <returns>Null for an unknown key, and for a mailbox that is switched off.</returns>
    public ValueTask<MailboxAddress?> FindAsync(string key) => key.Length is 0 or > LongestKey ? default : known.GetAsync(key);

    internal void Forget(string key) => known.Forget(key);

    private async Task<MailboxAddress?> LoadAsync(string key)
    {
        await using var context = database.Open(CompanyScope.Installation);
        return await context.Mailboxes.IgnoreQueryFilters(AnyCompany).Where(row => row.Key == key && row.Active)
            .Select(row => new MailboxAddress(row.Id, row.CompanyId, row.SigningKey)).SingleOrDefaultAsync();
    }
}
