using System.Globalization;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake.Mapping;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Email;

/// <param name="Key">The last part of its address; whoever knows it may send.</param>
/// <param name="Region">ISO 3166 alpha-2; null means the company's.</param>
/// <param name="IsSigned">Whether mails without Mailgun's signature are refused. The key itself is never shown again.</param>
/// <param name="OwnerIds">Who gets its leads in turn; empty means the company's rules.</param>
/// <param name="LastMailAt">When the newest mail was sent; null while it waits for its first.</param>
public sealed record MailboxView(
    long Id, string Key, string Name, string? Region, FieldMapping Mapping, bool IsSigned, IReadOnlyList<long> OwnerIds, bool Active, DateTime CreatedAt, DateTime? LastMailAt);

/// <summary>What is null stays as it is; an empty text takes it away.</summary>
public sealed record MailboxEdit
{
    public string? Name { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public string? Region { get; init; }

    public FieldMapping? Mapping { get; init; }

    /// <summary>Mailgun's HTTP webhook signing key.</summary>
    public string? SigningKey { get; init; }

    public IReadOnlyList<long>? OwnerIds { get; init; }

    public bool? Active { get; init; }
}

/// <summary>The addresses that take mails, managed by admins.</summary>
public sealed class MailboxService(Database database, MailboxDirectory directory, UserDirectory users, ISecretBox secrets, TimeProvider time)
{
    public const int LongestName = 100;
    public const int LongestSigningKey = 200;
    public const int Most = 200;

    /// <summary>By name; a company has at most <see cref="Most"/>.</summary>
    public async Task<Outcome<IReadOnlyList<MailboxView>>> ListAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(user.CompanyId);
        var rows = await context.Mailboxes.OrderBy(row => row.Name).ThenBy(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        var views = new List<MailboxView>(rows.Count);
        foreach (var row in rows)
            views.Add(View(row, await LastMailAsync(context, row.Id, cancellationToken)));
        return views;
    }

    public async Task<Outcome<MailboxView>> GetAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(user.CompanyId);
        return await context.Mailboxes.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row
            ? View(row, await LastMailAsync(context, id, cancellationToken))
            : Missing;
    }

    /// <returns>Errors by field: name, region, signing_key, owner_ids.</returns>
    public async Task<Outcome<MailboxView>> CreateAsync(CurrentUser user, MailboxEdit edit, CancellationToken cancellationToken)
    {
        var row = new Mailbox { Key = Tokens.NewSecret(), Name = "", CompanyId = user.CompanyId, CreatedAt = time.GetUtcNow().UtcDateTime };
        if (await RefusalAsync(user, edit with { Name = edit.Name ?? "" }, cancellationToken) is { } refusal)
            return refusal;
        Apply(row, edit);
        return await database.WriteAsync<Outcome<MailboxView>>(user.CompanyId, async context =>
        {
            if (await context.Mailboxes.CountAsync(cancellationToken) >= Most)
                return Refusal.Conflict($"A company has at most {Most} mailboxes. Delete one that is not needed any more.");
            row.Id = 0;
            context.Mailboxes.Add(row);
            await context.SaveChangesAsync(cancellationToken);
            Audit.Note(context, user.CompanyId, user.UserId, row.CreatedAt, "mailbox.created", row.Name);
            return View(row, null);
        }, cancellationToken);
    }

    /// <returns>The mailbox as it is then. Errors by field as of <see cref="CreateAsync"/>.</returns>
    public async Task<Outcome<MailboxView>> ChangeAsync(CurrentUser user, long id, MailboxEdit edit, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(user, edit, cancellationToken) is { } refusal)
            return refusal;
        var outcome = await database.WriteAsync<Outcome<MailboxView>>(user.CompanyId, async context =>
        {
            if (await context.Mailboxes.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
                return Missing;
            Apply(row, edit);
            row.Version++;
            Audit.Note(context, user.CompanyId, user.UserId, time.GetUtcNow().UtcDateTime, "mailbox.changed", row.Name, Changed(edit));
            return View(row, await LastMailAsync(context, id, cancellationToken));
        }, cancellationToken);
        if (outcome.Succeeded)
            directory.Forget(outcome.Value.Key);
        return outcome;
    }

    /// <summary>Its address takes nothing any more; its mails and leads stay.</summary>
    public async Task<Refusal?> DeleteAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        var key = await database.WriteAsync(user.CompanyId, async context =>
        {
            if (await context.Mailboxes.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
                return null;
            context.Mailboxes.Remove(row);
            Audit.Note(context, user.CompanyId, user.UserId, time.GetUtcNow().UtcDateTime, "mailbox.deleted", row.Name);
            return row.Key;
        }, cancellationToken);
        if (key is null)
            return Missing;
        directory.Forget(key);
        return null;
    }

    private static Refusal Missing => Refusal.Missing("mailbox");

    private async Task<Refusal?> RefusalAsync(CurrentUser user, MailboxEdit edit, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageSources) is { } refusal)
            return refusal;
        var errors = new FieldErrors();
        if (edit.Name is not null)
            errors.Text("name", "The mailbox's name", edit.Name, LongestName);
        if (edit.Region is { Length: > 0 } region && Regions.Read(region) is null)
            errors.Add("region", "Choose a region by its two letters, such as GB.");
        if (edit.SigningKey is { Length: > 0 } key)
            errors.Text("signing_key", "The signing key", key, LongestSigningKey);
        if (edit.OwnerIds is { Count: > 0 } owners)
        {
            var company = await users.OfAsync(user.CompanyId);
            if (owners.FirstOrDefault(id => company.Find(id) is not { Active: true }) is not 0 and var unknown)
                errors.Add("owner_ids", string.Create(CultureInfo.InvariantCulture, $"There is no active user {unknown}."));
        }

        return errors.Refusal ?? await MappingTargets.CheckAsync(database, user.CompanyId, edit.Mapping, cancellationToken);
    }

    private void Apply(Mailbox row, MailboxEdit edit)
    {
        row.Name = edit.Name?.Trim() ?? row.Name;
        row.Region = edit.Region is null ? row.Region : Regions.Read(edit.Region);
        row.Mapping = edit.Mapping is null ? row.Mapping : FieldMappingJson.Write(edit.Mapping);
        row.SigningKey = edit.SigningKey switch { null => row.SigningKey, "" => null, var key => secrets.Close(key.Trim()) };
        row.OwnerIds = edit.OwnerIds switch { null => row.OwnerIds, [] => null, var ids => JsonSerializer.Serialize(ids.Distinct()) };
        row.Active = edit.Active ?? row.Active;
    }

    /// <summary>Which fields were given; never their texts, for one of them is a secret.</summary>
    private static string Changed(MailboxEdit edit)
    {
        (string Name, object? Given)[] fields =
            [("name", edit.Name), ("region", edit.Region), ("mapping", edit.Mapping), ("signing key", edit.SigningKey), ("owners", edit.OwnerIds), ("active", edit.Active)];
        return string.Join(", ", fields.Where(field => field.Given is not null).Select(field => field.Name));
    }

    private static Task<DateTime?> LastMailAsync(AppDbContext context, long id, CancellationToken cancellationToken)
    {
        var origin = id.ToString(CultureInfo.InvariantCulture);
        return context.InboundEvents.Where(row => row.Source == InboundSources.Email && row.Origin == origin).MaxAsync(row => row.OccurredAt, cancellationToken);
    }

    private static MailboxView View(Mailbox row, DateTime? lastMailAt) => new(
        row.Id, row.Key, row.Name, row.Region, FieldMappingJson.Read(row.Mapping), row.SigningKey is not null, JsonList.Read<long>(row.OwnerIds), row.Active, row.CreatedAt, lastMailAt);
}
