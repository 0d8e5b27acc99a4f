using System.Buffers.Text;
using System.Security.Cryptography;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Mapping;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Forms;

/// <param name="Key">The last part of its address.</param>
/// <param name="HasSecret">The secret itself is never shown again.</param>
public sealed record FormSourceView(
    long Id, string Name, string Key, string? Region, FieldMapping Mapping, string? Redirect, IReadOnlyList<string> AllowedOrigins, bool HasSecret, bool HasAccessToken,
    IReadOnlyList<long> OwnerIds, bool Active, DateTime CreatedAt, int Version);

/// <summary>What to change of a form. Null stays as it is; an empty text or list clears.</summary>
public sealed record FormSourceChange
{
    public string? Name { get; init; }

    public string? Region { get; init; }

    public FieldMapping? Mapping { get; init; }

    public string? Redirect { get; init; }

    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    public string? Secret { get; init; }

    public string? AccessToken { get; init; }

    public IReadOnlyList<long>? OwnerIds { get; init; }

    public bool? Active { get; init; }

    /// <summary>As read; a change of an older version is refused. Null: whatever it is.</summary>
    public int? Version { get; init; }
}

/// <summary>The addresses that take form submissions, managed by admins.</summary>
public sealed class FormSourceService(Database database, FormSourceDirectory directory, UserDirectory users, ISecretBox box, TimeProvider clock)
{
    public const int LongestName = 100;
    public const int MostOfACompany = 500;
    private const int KeyBytes = 20;

    /// <returns>Errors by field: name, region, mapping, redirect, allowed_origins, secret, access_token, owner_ids.</returns>
    public async Task<Outcome<FormSourceView>> CreateAsync(CurrentUser actor, FormSourceChange wanted, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        if (await MappingTargets.CheckAsync(database, actor.CompanyId, wanted.Mapping, cancellationToken) is { } unknown)
            return unknown;
        var source = new FormSource
        {
            Key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)),
            Name = "",
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        if (await ApplyAsync(actor, source, wanted with { Name = wanted.Name ?? "" }) is { } invalid)
            return invalid;
        return await database.WriteAsync<Outcome<FormSourceView>>(actor.CompanyId, async context =>
        {
            if (await context.FormSources.CountAsync(cancellationToken) >= MostOfACompany)
                return Refusal.Conflict($"A company has at most {MostOfACompany} forms. Delete one that is not needed any more.");
            context.FormSources.Add(source);
            await context.SaveChangesAsync(cancellationToken);
            Audit.Note(context, actor.CompanyId, actor.UserId, source.CreatedAt, "form.created", source.Name);
            return FormSourceQueries.View(source);
        }, cancellationToken);
    }

    /// <returns>As <see cref="CreateAsync"/>; stale when somebody changed it meanwhile.</returns>
    public async Task<Outcome<FormSourceView>> ChangeAsync(CurrentUser actor, long id, FormSourceChange wanted, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        if (await MappingTargets.CheckAsync(database, actor.CompanyId, wanted.Mapping, cancellationToken) is { } unknown)
            return unknown;
        var changed = await database.WriteAsync<Outcome<FormSourceView>>(actor.CompanyId, async context =>
        {
            if (await context.FormSources.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } source)
                return Refusal.Missing("form");
            if (wanted.Version is { } version && version != source.Version)
                return new Refusal(RefusalKind.Stale, "Somebody else has changed this form. Load it again, then repeat your change.");
            if (await ApplyAsync(actor, source, wanted) is { } invalid)
            {
                // Nothing of it is to be saved.
                context.ChangeTracker.Clear();
                return invalid;
            }

            source.Version++;
            Audit.Note(context, actor.CompanyId, actor.UserId, clock.GetUtcNow().UtcDateTime, "form.changed", source.Name, Changed(wanted));
            return FormSourceQueries.View(source);
        }, cancellationToken);
        if (changed.Succeeded)
            directory.Forget(changed.Value.Key);
        return changed;
    }

    /// <summary>Its address stops working; what came in by it stays.</summary>
    public async Task<Outcome<bool>> DeleteAsync(CurrentUser actor, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        string? key = null;
        var deleted = await database.WriteAsync<Outcome<bool>>(actor.CompanyId, async context =>
        {
            if (await context.FormSources.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } source)
                return Refusal.Missing("form");
            key = source.Key;
            context.FormSources.Remove(source);
            await context.FormPulls.Where(pull => pull.FormSourceId == id).ExecuteDeleteAsync(cancellationToken);
            Audit.Note(context, actor.CompanyId, actor.UserId, clock.GetUtcNow().UtcDateTime, "form.deleted", source.Name);
            return true;
        }, cancellationToken);
        if (key is not null)
            directory.Forget(key);
        return deleted;
    }

    private async Task<Refusal?> ApplyAsync(CurrentUser actor, FormSource source, FormSourceChange wanted)
    {
        var errors = new FieldErrors();
        if (wanted.Name is not null)
            source.Name = errors.Text("name", "The form's name", wanted.Name, LongestName);
        if (wanted.Region is { } region)
        {
            source.Region = region.Trim().Length is 0 ? null : region.Trim().ToUpperInvariant();
            errors.Add("region", source.Region is null || PhoneNumber.IsRegion(source.Region) ? null : "Choose a region by its two letters, such as GB.");
        }

        if (wanted.Mapping is { } mapping)
            source.Mapping = mapping.IsEmpty ? null : FieldMappingJson.Write(mapping);
        if (wanted.Redirect is { } redirect)
            source.Redirect = FormAddresses.Redirect(redirect, errors);
        if (wanted.AllowedOrigins is { } origins)
            source.AllowedOrigins = JsonList.Write(FormAddresses.Origins(origins, errors));
        if (wanted.Secret is { } secret)
            source.Secret = Closed("secret", secret, errors);
        if (wanted.AccessToken is { } token)
            source.AccessToken = Closed("access_token", token, errors);
        if (wanted.OwnerIds is { } owners)
        {
            var known = await users.OfAsync(actor.CompanyId);
            errors.Add("owner_ids", owners.Count <= 100 && owners.All(id => known.Find(id) is { Active: true, Role: not Role.Integration }) ? null : "Choose people of this company who are active.");
            source.OwnerIds = JsonList.Write([.. owners.Distinct()]);
        }

        source.Active = wanted.Active ?? source.Active;
        return errors.Refusal;
    }

    private string? Closed(string field, string written, FieldErrors errors)
    {
        const int LongestSecret = 2000;
        var secret = written.Trim();
        errors.Add(field, secret.Length <= LongestSecret && !secret.Any(char.IsControl) ? null : $"Give at most {LongestSecret} characters on one line.");
        return secret.Length is 0 ? null : box.Close(secret);
    }

    /// <summary>Which settings, never their values: secrets are among them.</summary>
    private static string Changed(FormSourceChange wanted)
    {
        (string Name, bool Given)[] all =
        [
            ("name", wanted.Name is not null), ("region", wanted.Region is not null), ("mapping", wanted.Mapping is not null), ("redirect", wanted.Redirect is not null),
            ("allowed origins", wanted.AllowedOrigins is not null), ("secret", wanted.Secret is not null), ("access token", wanted.AccessToken is not null),
            ("owners", wanted.OwnerIds is not null), (wanted.Active is true ? "switched on" : "switched off", wanted.Active is not null),
        ];
        return string.Join(", ", all.Where(one => one.Given).Select(one => one.Name));
    }
}

/// <summary>Checks addresses that admins type.</summary>
internal static class FormAddresses
{
    private const int Longest = 2000;
    private const int MostOrigins = 50;

    public static string? Redirect(string written, FieldErrors errors)
    {
        var address = written.Trim();
        if (address.Length is 0)
            return null;
        var good = address.Length <= Longest && Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsWeb(uri) && uri.UserInfo.Length is 0;
        errors.Add("redirect", good ? null : "Give a whole web address, such as https://example.com/thanks.");
        return good ? new Uri(address).AbsoluteUri : null;
    }

    /// <summary><c>https://example.com</c>, however it was written.</summary>
    public static IReadOnlyList<string> Origins(IReadOnlyList<string> written, FieldErrors errors)
    {
        var origins = new List<string>();
        foreach (var text in written.Select(text => text.Trim()).Where(text => text.Length > 0))
        {
            if (text.Length <= Longest && Uri.TryCreate(text, UriKind.Absolute, out var uri) && IsWeb(uri) && uri.Host.Length > 0)
                origins.Add(uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant());
            else
                errors.Add("allowed_origins", $"Give origins such as https://www.example.com; \"{(text.Length <= 60 ? text : text[..60])}\" is none.");
        }

        if (origins.Count > MostOrigins)
            errors.Add("allowed_origins", $"Give at most {MostOrigins} origins.");
        return [.. origins.Distinct(StringComparer.Ordinal)];
    }

    public static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
