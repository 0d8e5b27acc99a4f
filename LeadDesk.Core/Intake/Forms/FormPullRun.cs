using System.Globalization;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Forms;

/// <summary>
/// Fetches what is new at one site and stores it as if it had been posted to the form. The watermark moves when all of a form is
/// stored; what was stored before a crash is known by its id and not stored again.
/// </summary>
internal sealed class FormPullRun(Database database, InboundDoor door, FormPullClient client, NoticeService notices, ISecretBox box, TimeProvider clock) : IJobHandler
{
    public const string NoticeKind = "forms.pull";
    private const int PageSize = 100;
    private const int MostPages = 1000;

    /// <summary>Gravity Forms lists entries in UTC but reads the time to start from in the site's own zone, which nobody tells.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(15);

    public static string Kind => "forms.pull";

    public static string UniqueKey(long pullId) => string.Create(CultureInfo.InvariantCulture, $"pull:{pullId}");

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        if (run.CompanyId is not { } companyId || !long.TryParse(run.Payload, CultureInfo.InvariantCulture, out var id))
            return;
        FormPull? pull;
        FormSource? source;
        await using (var context = database.Open(companyId))
        {
            pull = await context.FormPulls.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            source = pull is null ? null : await context.FormSources.SingleOrDefaultAsync(row => row.Id == pull.FormSourceId, cancellationToken);
        }

        if (pull is null || source is null)
            return;
        string? problem = null;
        foreach (var formId in source.Active ? JsonList.Read<string>(pull.FormIds) : [])
            problem = await PullAsync(pull, source, formId, cancellationToken) ?? problem;
        await EndAsync(pull, source, problem, cancellationToken);
    }

    /// <returns>What went wrong, for people; null when all of the form is stored.</returns>
    private async Task<string?> PullAsync(FormPull pull, FormSource source, string formId, CancellationToken cancellationToken)
    {
        var credentials = pull.Credentials is null ? null : box.Open(pull.Credentials);
        if (pull.Credentials is not null && credentials is null)
            return "The stored key cannot be read any more. Set it again.";
        var site = new FormPullAddress(pull.Url, formId);
        var since = Watermark(pull, formId) - Overlap;
        var form = site.Form is { } formAddress && await client.GetAsync(formAddress, credentials, cancellationToken) is { Succeeded: true, Value: { } body } ? FormPullReader.Form(body) : null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        DateTime? newest = null;
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await client.GetAsync(site.Page(page, PageSize, since), credentials, cancellationToken);
            if (!answer.Succeeded)
                return answer.Refusal.Message;
            var read = FormPullReader.Read(answer.Value, formId, form);
            if (!read.Succeeded)
                return read.Refusal.Message;
            // A site that does not turn pages gives the same one again.
            var submissions = read.Value.Where(submission => seen.Add(submission.Id)).ToList();
            if (submissions.Count is 0)
                break;
            var stored = await StoreAsync(source, submissions, cancellationToken);
            newest = submissions.Select(submission => submission.OccurredAt).Append(newest).Max();
            if (!site.HasPages || (stored is 0 && FormPullReader.IsNewestFirst(read.Value)))
                break;
        }

        await MoveWatermarkAsync(pull, formId, newest, cancellationToken);
        return null;
    }

    /// <returns>How many were not here yet.</returns>
    private async Task<int> StoreAsync(FormSource source, List<PulledSubmission> submissions, CancellationToken cancellationToken)
    {
        var byKey = submissions.ToDictionary(submission => FormUnits.RepeatKey(source.Id, submission.Id), StringComparer.Ordinal);
        await using (var context = database.Open(source.CompanyId))
        {
            var here = await context.InboundEvents.Where(row => row.Source == InboundSources.Form && byKey.Keys.Contains(row.RepeatKey!)).Select(row => row.RepeatKey!).ToListAsync(cancellationToken);
            foreach (var key in here)
                byKey.Remove(key);
        }

        if (byKey.Count > 0)
        {
            await door.StoreAsync(source.CompanyId, [.. byKey.Select(pair => new InboundUnit(InboundSources.Form, pair.Key, pair.Value.Raw)
            {
                Origin = FormUnits.Origin(source.Id),
                ExternalId = pair.Value.Id,
                ContentType = "application/json",
                OccurredAt = pair.Value.OccurredAt,
            })]);
        }

        return byKey.Count;
    }

    private static DateTime? Watermark(FormPull pull, string formId) =>
        pull.Watermarks is { } stored && JsonSerializer.Deserialize<Dictionary<string, DateTime>>(stored) is { } marks && marks.TryGetValue(formId, out var mark) ? mark.ToUniversalTime() : null;

    private Task<int> MoveWatermarkAsync(FormPull pull, string formId, DateTime? newest, CancellationToken cancellationToken) => newest is not { } mark ? Task.FromResult(0) : database.WriteAsync(
        pull.CompanyId,
        async context =>
        {
            if (await context.FormPulls.SingleOrDefaultAsync(row => row.Id == pull.Id, cancellationToken) is not { } row)
                return 0;
            var marks = row.Watermarks is null ? [] : JsonSerializer.Deserialize<Dictionary<string, DateTime>>(row.Watermarks) ?? [];
            if (!marks.TryGetValue(formId, out var before) || before < mark)
                marks[formId] = mark;
            row.Watermarks = JsonSerializer.Serialize(marks);
            return 1;
        },
        cancellationToken);

    private async Task EndAsync(FormPull pull, FormSource source, string? problem, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await database.WriteAsync(
            pull.CompanyId,
            context => context.FormPulls.Where(row => row.Id == pull.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LastRunAt, (DateTime?)now).SetProperty(row => row.LastError, problem).SetProperty(row => row.NextRunAt, now.AddSeconds(pull.IntervalSeconds)),
                cancellationToken),
            cancellationToken);
        var subject = FormUnits.Origin(source.Id);
        if (problem is null)
            await notices.CloseAsync(pull.CompanyId, NoticeKind, subject, cancellationToken);
        else
            await notices.OpenAsync(pull.CompanyId, NoticeKind, subject, $"Submissions of “{source.Name}” cannot be fetched. {problem}", $"/settings/forms/{source.Id}", cancellationToken);
    }
}

/// <summary>The addresses of one form at a site: Gravity Forms' REST API, or a template that the customer gave.</summary>
internal sealed record FormPullAddress(string Url, string FormId)
{
    public const string FormPlace = "{form_id}";
    public const string PagePlace = "{page}";

    private bool IsTemplate => Url.Contains(FormPlace, StringComparison.Ordinal) || Url.Contains(PagePlace, StringComparison.Ordinal);

    /// <summary>A template without a place for the page has one page.</summary>
    public bool HasPages => !IsTemplate || Url.Contains(PagePlace, StringComparison.Ordinal);

    /// <summary>Where the form's questions are; null when nobody knows.</summary>
    public Uri? Form => IsTemplate ? null : new Uri($"{Url.TrimEnd('/')}/wp-json/gf/v2/forms/{Uri.EscapeDataString(FormId)}");

    /// <param name="since">UTC; only Gravity Forms knows how to begin later than at the beginning.</param>
    public Uri Page(int page, int size, DateTime? since)
    {
        if (IsTemplate)
            return new Uri(Url.Replace(FormPlace, Uri.EscapeDataString(FormId), StringComparison.Ordinal).Replace(PagePlace, page.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var query = string.Create(CultureInfo.InvariantCulture, $"paging[page_size]={size}&paging[current_page]={page}&sorting[key]=id&sorting[direction]=ASC&sorting[is_numeric]=true");
        if (since is { } start)
            query += "&search=" + Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $$"""{"start_date":"{{start:yyyy-MM-dd HH:mm:ss}}"}"""));
        return new Uri($"{Form}/entries?{query}");
    }
}

/// <summary>Asks for the runs of all sites that are due. A site's job has a key of its own, so it never runs twice at a time.</summary>
internal sealed class FormPullsDue(Database database, JobSignal jobs, TimeProvider clock) : IJobHandler
{
    private const int AtOnce = 500;
    private static readonly string[] AnyCompany = [AppDbContext.CompanyFilter];

    public static string Kind => "forms.due";

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<FormPull> due;
        await using (var context = database.Open(CompanyScope.Installation))
            due = await context.FormPulls.IgnoreQueryFilters(AnyCompany).Where(row => row.NextRunAt <= now).OrderBy(row => row.NextRunAt).Take(AtOnce).ToListAsync(cancellationToken);
        if (due.Count is 0)
            return;
        await database.WriteAsync(
            CompanyScope.Installation,
            async context =>
            {
                foreach (var pull in due)
                    await JobQueue.AddAsync(context, FormPullRun.Kind, pull.CompanyId, pull.Id.ToString(CultureInfo.InvariantCulture), now, FormPullRun.UniqueKey(pull.Id), now, cancellationToken);
                return due.Count;
            },
            cancellationToken);
        jobs.Wake();
    }
}
