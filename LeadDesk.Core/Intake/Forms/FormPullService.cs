using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Forms;

/// <param name="LastError">For people; null when the last run was fine.</param>
public sealed record FormPullView(string Url, bool HasCredentials, IReadOnlyList<string> FormIds, int IntervalSeconds, DateTime NextRunAt, DateTime? LastRunAt, string? LastError);

/// <param name="Url">A WordPress site with Gravity Forms, or a template such as <c>https://example.com/wp-json/x/submissions?form_id={form_id}&amp;page={page}</c>.</param>
/// <param name="Credentials"><c>key:secret</c>, or a token. Null keeps the stored one; empty removes it.</param>
/// <param name="IntervalSeconds">60 to 86,400.</param>
public sealed record FormPullSettings(string Url, string? Credentials, IReadOnlyList<string> FormIds, int IntervalSeconds);

/// <summary>What is fetched from a site for a form, managed by admins.</summary>
public sealed class FormPullService(Database database, ISecretBox box, JobSignal jobs, TimeProvider clock)
{
    public const int ShortestInterval = 60;
    public const int LongestInterval = 86_400;
    private const int LongestUrl = 1000;
    private const int MostForms = 100;

    /// <returns>Null in the outcome when nothing is fetched for the form.</returns>
    public async Task<Outcome<FormPullView?>> GetAsync(CurrentUser actor, long sourceId, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        await using var context = database.Open(actor.CompanyId);
        return await context.FormPulls.SingleOrDefaultAsync(row => row.FormSourceId == sourceId, cancellationToken) is { } pull ? View(pull) : (FormPullView?)null;
    }

    /// <returns>Errors by field: url, credentials, form_ids, interval_seconds.</returns>
    public async Task<Outcome<FormPullView>> SaveAsync(CurrentUser actor, long sourceId, FormPullSettings wanted, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        var errors = new FieldErrors();
        var (url, formIds) = Check(wanted, errors);
        if (errors.Refusal is { } invalid)
            return invalid;
        var now = clock.GetUtcNow().UtcDateTime;
        var credentials = wanted.Credentials?.Trim() is { Length: > 0 } given ? box.Close(given) : null;
        var saved = await database.WriteAsync<Outcome<FormPullView>>(actor.CompanyId, async context =>
        {
            if (await context.FormSources.SingleOrDefaultAsync(row => row.Id == sourceId, cancellationToken) is not { } source)
                return Refusal.Missing("form");
            var pull = await context.FormPulls.SingleOrDefaultAsync(row => row.FormSourceId == sourceId, cancellationToken);
            if (pull is null)
                context.FormPulls.Add(pull = new FormPull { FormSourceId = sourceId, Url = url, FormIds = formIds });
            // Another site numbers its submissions anew.
            if (pull.Url != url)
                pull.Watermarks = null;
            (pull.Url, pull.FormIds, pull.IntervalSeconds, pull.NextRunAt, pull.LastError) = (url, formIds, wanted.IntervalSeconds, now, null);
            if (wanted.Credentials is not null)
                pull.Credentials = credentials;
            Audit.Note(context, actor.CompanyId, actor.UserId, now, "form.pull_changed", source.Name, url);
            return View(pull);
        }, cancellationToken);
        return saved;
    }

    public async Task<Outcome<bool>> RemoveAsync(CurrentUser actor, long sourceId, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        return await database.WriteAsync<Outcome<bool>>(actor.CompanyId, async context =>
        {
            if (await context.FormPulls.SingleOrDefaultAsync(row => row.FormSourceId == sourceId, cancellationToken) is not { } pull)
                return Refusal.Missing("form to fetch");
            context.FormPulls.Remove(pull);
            Audit.Note(context, actor.CompanyId, actor.UserId, clock.GetUtcNow().UtcDateTime, "form.pull_removed", pull.Url);
            return true;
        }, cancellationToken);
    }

    /// <summary>Fetches as soon as a runner is free; a run that is under way is not doubled.</summary>
    public async Task<Outcome<bool>> FetchNowAsync(CurrentUser actor, long sourceId, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow().UtcDateTime;
        var asked = await database.WriteAsync<Outcome<bool>>(actor.CompanyId, async context =>
        {
            if (await context.FormPulls.SingleOrDefaultAsync(row => row.FormSourceId == sourceId, cancellationToken) is not { } pull)
                return Refusal.Missing("form to fetch");
            return await JobQueue.AddAsync(context, FormPullRun.Kind, actor.CompanyId, pull.Id.ToString(CultureInfo.InvariantCulture), now, FormPullRun.UniqueKey(pull.Id), now, cancellationToken);
        }, cancellationToken);
        jobs.Wake();
        return asked;
    }

    private static (string Url, string FormIds) Check(FormPullSettings wanted, FieldErrors errors)
    {
        var url = wanted.Url.Trim();
        var isWeb = url.Length <= LongestUrl && Uri.TryCreate(url, UriKind.Absolute, out var uri) && FormAddresses.IsWeb(uri) && uri.UserInfo.Length is 0 && uri.Host.Length > 0;
        errors.Add("url", isWeb ? null : "Give the site's whole web address, such as https://example.com.");
        string[] formIds = [.. wanted.FormIds.Select(id => id.Trim()).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        errors.Add("form_ids", formIds.Length is > 0 and <= MostForms && formIds.All(id => id.Length <= 50 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            ? null
            : "Give the ids of the forms as the plug-in shows them, such as 5, 7.");
        errors.Add("interval_seconds", wanted.IntervalSeconds is >= ShortestInterval and <= LongestInterval ? null : "The interval is from 1 minute to a day.");
        errors.Add("credentials", wanted.Credentials is null or { Length: <= 2000 } && wanted.Credentials?.Any(char.IsControl) is not true ? null : "Give the key on one line: key:secret, or a token.");
        return (url, JsonList.Write<string>(formIds) ?? "[]");
    }

    private static FormPullView View(FormPull pull) => new(
        pull.Url, pull.Credentials is not null, JsonList.Read<string>(pull.FormIds), pull.IntervalSeconds, pull.NextRunAt, pull.LastRunAt, pull.LastError);
}
