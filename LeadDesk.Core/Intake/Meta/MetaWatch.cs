using System.Globalization;
using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>Looks daily after what would stop leads unseen: a token that runs out, a subscription that is gone, a form that falls silent.</summary>
internal sealed class MetaWatch(Database database, GraphClient graph, MetaAccounts accounts, MetaOptions options, MetaTroubles troubles, NoticeService notices, TimeProvider clock)
{
    private static readonly TimeSpan TokenWarning = TimeSpan.FromDays(10);

    /// <summary>Leads of a form by which its rhythm is told; fewer tell none.</summary>
    private const int RhythmLeads = 40;

    private const int FewestForRhythm = 8;

    private static readonly TimeSpan ShortestSilence = TimeSpan.FromDays(1);

    /// <summary>After this the advertisements are simply over.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(30);

    public async Task LookAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        await LookAtTokenAsync(account, cancellationToken);
        await LookAtSubscriptionAsync(account, cancellationToken);
        foreach (var form in await accounts.FormsAsync(account, cancellationToken))
            await LookAtRhythmAsync(account, form, cancellationToken);
    }

    /// <summary>Whether pushes of the page's leads come to an app; null when Meta does not tell.</summary>
    public async Task<bool?> IsSubscribedAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        var apps = await graph.SubscriptionsAsync(account.Access, account.Connection.PageId, cancellationToken);
        return apps.Succeeded
            ? apps.Value.Items.Any(app => GraphJson.Items(GraphJson.Find(app, "subscribed_fields"u8)).Any(field => FieldOf(field) is "leadgen"))
            : null;
    }

    private static string? FieldOf(JsonElement field) => GraphJson.Text(field, "name"u8) ?? GraphJson.TextOf(field);

    private async Task LookAtTokenAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        if (await graph.TokenAsync(account.Access, cancellationToken) is not { Succeeded: true, Value: { } token })
            return;
        if (!token.Valid)
        {
            await troubles.StopAsync(account.Connection, "Meta no longer takes this access token. No leads are lost: paste a new access token, and everything since then is fetched.", cancellationToken);
            return;
        }

        await database.WriteAsync(
            account.CompanyId,
            context => context.MetaConnections.Where(row => row.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.TokenExpiresAt, token.ExpiresAt), cancellationToken),
            cancellationToken);
        var ends = token.ExpiresAt is { } at && at < Now() + TokenWarning ? at : (DateTime?)null;
        await TellAsync(
            account,
            MetaNotices.TokenExpires,
            MetaTroubles.SubjectOf(account),
            ends is { } end ? string.Create(CultureInfo.InvariantCulture, $"the access token ends on {end:yyyy-MM-dd HH:mm} UTC. Paste a new one before, so that leads go on coming.") : null,
            cancellationToken);
    }

    private async Task LookAtSubscriptionAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        // Who only polls misses nothing.
        var wantsPushes = account.Connection is { LastPushAt: not null } or { VerifyToken: not null } || options.VerifyToken is not null;
        if (!wantsPushes || await IsSubscribedAsync(account, cancellationToken) is not { } subscribed)
            return;
        await TellAsync(
            account,
            MetaNotices.Subscription,
            MetaTroubles.SubjectOf(account),
            subscribed ? null : "Meta no longer pushes this page's leads. They still come by polling, a few minutes later. Subscribe the page again.",
            cancellationToken);
    }

    /// <summary>Silence much longer than any in the form's last weeks.</summary>
    private async Task LookAtRhythmAsync(MetaAccount account, MetaForm form, CancellationToken cancellationToken)
    {
        List<DateTime> times;
        await using (var context = database.Open(account.CompanyId))
        {
            times = await context.InboundEvents
                .Where(row => row.Source == InboundSources.Meta && row.Origin == form.FormId && row.OccurredAt != null && row.LeadId != null)
                .OrderByDescending(row => row.OccurredAt).Select(row => row.OccurredAt!.Value).Take(RhythmLeads).ToListAsync(cancellationToken);
        }

        var silence = times.Count > 0 ? Now() - times[0] : TimeSpan.Zero;
        var unusual = times.Count >= FewestForRhythm && !MetaForms.IsGone(form) && silence < LongestSilence && silence > UsualSilence(times);
        await TellAsync(
            account,
            MetaNotices.Quiet,
            form.FormId,
            unusual
                ? string.Create(CultureInfo.InvariantCulture, $"form {form.Name ?? form.FormId} has brought no lead since {times[0]:yyyy-MM-dd HH:mm} UTC, longer than usual. Look whether its advertisements run and its form opens.")
                : null,
            cancellationToken);
    }

    private static TimeSpan UsualSilence(List<DateTime> newestFirst)
    {
        var longest = newestFirst.Zip(newestFirst.Skip(1), (later, earlier) => later - earlier).Max();
        return longest * 2 > ShortestSilence ? longest * 2 : ShortestSilence;
    }

    /// <param name="text">Null: it is not, or no longer so.</param>
    private Task TellAsync(MetaAccount account, string kind, string subject, string? text, CancellationToken cancellationToken) => text is null
        ? notices.CloseAsync(account.CompanyId, kind, subject, cancellationToken)
        : notices.OpenAsync(account.CompanyId, kind, subject, $"{MetaTroubles.NameOf(account.Connection)}: {text}", MetaNotices.Link, cancellationToken);

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
