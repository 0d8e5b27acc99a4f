using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>What an admin writes on a channel's page.</summary>
/// <param name="AccessToken">Null keeps the present one; blank takes it away.</param>
/// <param name="AppSecret">As <paramref name="AccessToken"/>.</param>
public sealed record ChannelEdit(string? AccountId, string? AccessToken, string? AppSecret, string? Region, IReadOnlyList<long> Owners);

/// <summary>Setting up WhatsApp, Instagram and Messenger. Admins only.</summary>
public sealed class ChannelConnectionService(Database database, ISecretBox secrets, ChannelDirectory directory, UserDirectory users, TimeProvider clock)
{
    public const int LongestAccountId = 60;
    public const int LongestSecret = 1000;

    /// <summary>Begins with a channel: makes the token that is pasted at Meta. Beginning twice changes nothing.</summary>
    public Task<Outcome<bool>> BeginAsync(CurrentUser user, string channel, CancellationToken cancellationToken) =>
        ChangeAsync(user, channel, async context =>
        {
            if (await context.ChannelConnections.AnyAsync(row => row.Channel == channel, cancellationToken))
                return true;
            context.ChannelConnections.Add(new ChannelConnection { Channel = channel, VerifyToken = secrets.Close(Tokens.NewSecret()), CreatedAt = Now });
            Note(context, user, "channel.begun", channel);
            return true;
        }, cancellationToken);

    /// <param name="version">The connection's as it was read; else refused as stale.</param>
    /// <returns>Errors by field: account_id, access_token, app_secret, region, owners.</returns>
    public async Task<Outcome<bool>> SaveAsync(CurrentUser user, string channel, ChannelEdit edit, int version, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        if (await CheckAsync(user, edit) is { } invalid)
            return invalid;
        var account = Blank(edit.AccountId);
        if (account is not null && await IsTakenAsync(user.CompanyId, channel, account, cancellationToken))
            return Refusal.Invalid("account_id", "Another company of this installation has set up this account. One account belongs to one company.");
        return await ChangeAsync(user, channel, async context =>
        {
            if (await context.ChannelConnections.FirstOrDefaultAsync(row => row.Channel == channel, cancellationToken) is not { } row)
                return Refusal.Missing("channel");
            if (row.Version != version)
                return new Refusal(RefusalKind.Stale, "Somebody else changed this channel meanwhile. Look at it again before saving.");
            Apply(row, edit, account);
            Note(context, user, "channel.changed", channel);
            return true;
        }, cancellationToken);
    }

    /// <summary>A new token for Meta's handshake; the old one stops answering.</summary>
    public Task<Outcome<bool>> RenewVerifyTokenAsync(CurrentUser user, string channel, CancellationToken cancellationToken) =>
        ChangeAsync(user, channel, async context =>
        {
            if (await context.ChannelConnections.FirstOrDefaultAsync(row => row.Channel == channel, cancellationToken) is not { } row)
                return Refusal.Missing("channel");
            (row.VerifyToken, row.VerifiedAt) = (secrets.Close(Tokens.NewSecret()), null);
            row.Version++;
            Note(context, user, "channel.token_renewed", channel);
            return true;
        }, cancellationToken);

    /// <summary>Forgets the connection with its secrets; leads and conversations stay.</summary>
    public Task<Outcome<bool>> RemoveAsync(CurrentUser user, string channel, CancellationToken cancellationToken) =>
        ChangeAsync(user, channel, async context =>
        {
            if (await context.ChannelConnections.FirstOrDefaultAsync(row => row.Channel == channel, cancellationToken) is not { } row)
                return Refusal.Missing("channel");
            context.ChannelConnections.Remove(row);
            Note(context, user, "channel.removed", channel);
            return true;
        }, cancellationToken);

    /// <summary>Meta asked for the verify token and got its answer.</summary>
    public async Task RememberVerifiedAsync(long connectionId, CancellationToken cancellationToken)
    {
        DateTime? now = Now;
        await database.WriteAsync(
            CompanyScope.Installation,
            context => context.ChannelConnections.IgnoreQueryFilters().Where(row => row.Id == connectionId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.VerifiedAt, now), cancellationToken),
            cancellationToken);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Apply(ChannelConnection row, ChannelEdit edit, string? account)
    {
        // Another account has to prove itself anew.
        if (row.AccountId != account)
            row.FirstEventAt = null;
        row.AccountId = account;
        row.Region = Blank(edit.Region)?.ToUpperInvariant();
        row.OwnerIds = edit.Owners.Count is 0 ? null : JsonSerializer.Serialize(edit.Owners.Distinct());
        if (edit.AccessToken is { } token)
        {
            var trimmed = Blank(token);
            (row.AccessToken, row.AccessTokenEnd) = trimmed is null ? (null, null) : (secrets.Close(trimmed), trimmed[^Math.Min(4, trimmed.Length)..]);
        }

        if (edit.AppSecret is { } secret)
            row.AppSecret = Blank(secret) is { } written ? secrets.Close(written) : null;
        row.Version++;
    }

    private async Task<Refusal?> CheckAsync(CurrentUser user, ChannelEdit edit)
    {
        var errors = new FieldErrors();
        if (Blank(edit.AccountId) is { } account && (account.Length > LongestAccountId || !account.All(char.IsAsciiLetterOrDigit)))
            errors.Add("account_id", "This is the number that Meta shows for the account, such as 106540352242922.");
        errors.Add("access_token", SecretProblem(edit.AccessToken));
        errors.Add("app_secret", SecretProblem(edit.AppSecret));
        if (Blank(edit.Region) is { } region && !PhoneNumber.IsRegion(region.ToUpperInvariant()))
            errors.Add("region", "The region must be a two-letter country code of ISO 3166, such as PK or DE.");
        var people = await users.OfAsync(user.CompanyId);
        if (edit.Owners.Any(id => people.Find(id) is not { Active: true, Role: not Role.Integration }))
            errors.Add("owners", "One of these people is not active any more. Choose again.");
        return errors.Refusal;
    }

    private static string? SecretProblem(string? secret) =>
        secret is not null && (secret.Length > LongestSecret || secret.Trim().Any(character => character is <= ' ' or > '~'))
            ? "Copy it again from Meta: it is one word of letters and digits."
            : null;

    private async Task<bool> IsTakenAsync(long companyId, string channel, string account, CancellationToken cancellationToken)
    {
        await using var context = database.Open(CompanyScope.Installation);
        return await context.ChannelConnections.IgnoreQueryFilters().AnyAsync(row => row.Channel == channel && row.AccountId == account && row.CompanyId != companyId, cancellationToken);
    }

    private async Task<Outcome<bool>> ChangeAsync(CurrentUser user, string channel, Func<AppDbContext, Task<Outcome<bool>>> change, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        if (!ConversationIntake.Sources.Contains(channel))
            return Refusal.Missing("channel");
        var outcome = await database.WriteAsync(user.CompanyId, change, cancellationToken);
        directory.Forget();
        return outcome;
    }

    private void Note(AppDbContext context, CurrentUser user, string action, string channel) => Audit.Note(context, user.CompanyId, user.UserId, Now, action, channel);
}
