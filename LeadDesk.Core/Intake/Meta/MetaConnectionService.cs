using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Mapping;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>Connections to Facebook pages, managed by admins.</summary>
public sealed class MetaConnectionService
{
    public const int MostOfACompany = 200;

    private static readonly string[] AllNotices =
        [MetaNotices.Reconnect, MetaNotices.Blocked, MetaNotices.Down, MetaNotices.Page, MetaNotices.TokenExpires, MetaNotices.Subscription, MetaNotices.Conversions];

    private readonly Database database;
    private readonly UserDirectory users;
    private readonly ISecretBox secrets;
    private readonly JobSignal signal;
    private readonly TimeProvider clock;
    private readonly MetaTroubles troubles;
    private readonly ChannelDirectory channels;

    internal MetaConnectionService(Database database, UserDirectory users, ISecretBox secrets, JobSignal signal, TimeProvider clock, MetaTroubles troubles, ChannelDirectory channels) =>
        (this.database, this.users, this.secrets, this.signal, this.clock, this.troubles, this.channels) = (database, users, secrets, signal, clock, troubles, channels);

    /// <summary>Its first run begins at once and fetches ninety days.</summary>
    /// <returns>Errors by field; see <see cref="MetaConnectionEditing"/>.</returns>
    public async Task<Outcome<MetaConnectionView>> CreateAsync(CurrentUser actor, MetaConnectionChange wanted, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        if (await MappingTargets.CheckAsync(database, actor.CompanyId, wanted.Mapping, cancellationToken) is { } unknown)
            return unknown;
        var now = Now();
        var connection = new MetaConnection
        {
            PageId = "",
            AccessToken = "",
            AccessTokenEnd = "",
            CreatedAt = now,
            NextRunAt = now,
            State = wanted.Active is false ? MetaConnectionState.Paused : MetaConnectionState.Active,
        };
        if (MetaConnectionEditing.Apply(connection, wanted with { PageId = wanted.PageId ?? "", AccessToken = wanted.AccessToken ?? "" }, await users.OfAsync(actor.CompanyId), secrets) is { } invalid)
            return invalid;
        var created = await database.WriteAsync<Outcome<MetaConnectionView>>(actor.CompanyId, async context =>
        {
            if (await context.MetaConnections.CountAsync(cancellationToken) >= MostOfACompany)
                return Refusal.Conflict($"A company has at most {MostOfACompany} connections. Delete one that is not needed any more.");
            await StartConversionsAsync(context, connection, null, cancellationToken);
            context.MetaConnections.Add(connection);
            await context.SaveChangesAsync(cancellationToken);
            if (connection.State is MetaConnectionState.Active)
                await MetaJobs.AddAsync(context, MetaSync.Kind, connection, MetaJobs.Backfill, now, cancellationToken);
            Audit.Note(context, actor.CompanyId, actor.UserId, now, "meta_connection.created", connection.PageId);
            return MetaConnectionView.Of(connection);
        }, cancellationToken);
        channels.Forget();
        signal.Wake();
        return created;
    }

    /// <returns>As <see cref="CreateAsync"/>; stale when somebody changed it meanwhile.</returns>
    public async Task<Outcome<MetaConnectionView>> ChangeAsync(CurrentUser actor, long id, MetaConnectionChange wanted, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        if (await MappingTargets.CheckAsync(database, actor.CompanyId, wanted.Mapping, cancellationToken) is { } unknown)
            return unknown;
        var now = Now();
        var people = await users.OfAsync(actor.CompanyId);
        var (runsAnew, formIds) = (false, new List<string>());
        var changed = await database.WriteAsync<Outcome<MetaConnectionView>>(actor.CompanyId, async context =>
        {
            if (await context.MetaConnections.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } connection)
                return MetaConnectionQueries.Missing;
            if (wanted.Version is { } version && version != connection.Version)
                return Stale();
            var before = (connection.State, connection.PageId, connection.FormIds, connection.ConversionsDatasetId);
            if (MetaConnectionEditing.Apply(connection, wanted, people, secrets) is { } invalid)
            {
                // Nothing of it is to be saved.
                context.ChangeTracker.Clear();
                return invalid;
            }

            SetState(connection, wanted);
            if (connection.PageId != before.PageId)
            {
                connection.PageName = null;
                await context.MetaForms.Where(form => form.ConnectionId == id).ExecuteDeleteAsync(cancellationToken);
            }

            await StartConversionsAsync(context, connection, before.ConversionsDatasetId, cancellationToken);
            runsAnew = connection.State is MetaConnectionState.Active
                && (before.State is not MetaConnectionState.Active || wanted.AccessToken is not null || (connection.PageId, connection.FormIds) != (before.PageId, before.FormIds));
            if (runsAnew)
            {
                (connection.NextRunAt, connection.LastError) = (now, null);
                await MetaJobs.AddAsync(context, MetaSync.Kind, connection, MetaJobs.Manual, now, cancellationToken);
            }

            if (wanted.Mapping is not null)
                formIds = await context.MetaForms.Where(form => form.ConnectionId == id).Select(form => form.FormId).ToListAsync(cancellationToken);
            connection.Version++;
            Audit.Note(context, actor.CompanyId, actor.UserId, now, "meta_connection.changed", connection.PageId, Words(wanted));
            return MetaConnectionView.Of(connection);
        }, cancellationToken);
        if (changed.Succeeded)
            await AfterChangeAsync(actor.CompanyId, id, runsAnew, formIds, cancellationToken);
        return changed;
    }

    /// <summary>No more leads come by it; those that came stay.</summary>
    /// <param name="version">As read; null: whatever it is.</param>
    public async Task<Outcome<bool>> DeleteAsync(CurrentUser actor, long id, int? version, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        List<string> formIds = [];
        var deleted = await database.WriteAsync<Outcome<bool>>(actor.CompanyId, async context =>
        {
            if (await context.MetaConnections.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } connection)
                return MetaConnectionQueries.Missing;
            if (version is { } expected && expected != connection.Version)
                return Stale();
            formIds = await context.MetaForms.Where(row => row.ConnectionId == id).Select(row => row.FormId).ToListAsync(cancellationToken);
            await context.MetaForms.Where(row => row.ConnectionId == id).ExecuteDeleteAsync(cancellationToken);
            await context.MetaRuns.Where(row => row.ConnectionId == id).ExecuteDeleteAsync(cancellationToken);
            await context.MetaGapDays.Where(row => row.ConnectionId == id).ExecuteDeleteAsync(cancellationToken);
            await context.MetaConversions.Where(row => row.ConnectionId == id).ExecuteDeleteAsync(cancellationToken);
            context.MetaConnections.Remove(connection);
            Audit.Note(context, actor.CompanyId, actor.UserId, Now(), "meta_connection.deleted", connection.PageId);
            return true;
        }, cancellationToken);
        if (deleted.Succeeded)
        {
            channels.Forget();
            await troubles.CloseAsync(actor.CompanyId, Subject(id), AllNotices, cancellationToken);
            foreach (var formId in formIds)
                await troubles.CloseAsync(actor.CompanyId, formId, [MetaNotices.FormChanged, MetaNotices.FormArchived, MetaNotices.Quiet], cancellationToken);
        }

        return deleted;
    }

    /// <summary>Has a run begin at once.</summary>
    public Task<Outcome<MetaRunStart>> SyncAsync(CurrentUser actor, long id, CancellationToken cancellationToken) => StartAsync(actor, id, MetaSync.Kind, cancellationToken);

    /// <summary>Has the gap check begin at once, over all ninety days.</summary>
    public Task<Outcome<MetaRunStart>> CheckGapsAsync(CurrentUser actor, long id, CancellationToken cancellationToken) => StartAsync(actor, id, MetaGapCheck.Kind, cancellationToken);

    private async Task<Outcome<MetaRunStart>> StartAsync(CurrentUser actor, long id, string kind, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        var now = Now();
        var started = await database.WriteAsync<Outcome<MetaRunStart>>(actor.CompanyId, async context =>
        {
            var connection = await context.MetaConnections.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            if (connection is null)
                return MetaConnectionQueries.Missing;
            if (connection.State is MetaConnectionState.Paused)
                return Refusal.Conflict("This connection is switched off. Switch it on first.");
            if (connection.State is MetaConnectionState.NeedsReconnect)
                return Refusal.Conflict($"This connection stands still. {connection.LastError}");
            var queued = await MetaJobs.AddAsync(context, kind, connection, MetaJobs.Manual, now, cancellationToken);
            var running = await context.MetaRuns.AsNoTracking().Where(row => row.ConnectionId == id && row.EndedAt == null && (row.Trigger == MetaJobs.Gap) == (kind == MetaGapCheck.Kind))
                .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
            return new MetaRunStart(queued, running);
        }, cancellationToken);
        signal.Wake();
        return started;
    }

    private static void SetState(MetaConnection connection, MetaConnectionChange wanted)
    {
        if (wanted.Active is false)
            connection.State = MetaConnectionState.Paused;
        else if (wanted.Active is true || (wanted.AccessToken is not null && connection.State is MetaConnectionState.NeedsReconnect))
            connection.State = MetaConnectionState.Active;
    }

    /// <summary>When it is switched on: stages from now on are told, not those of years ago.</summary>
    private static async Task StartConversionsAsync(AppDbContext context, MetaConnection connection, string? before, CancellationToken cancellationToken)
    {
        if (connection.ConversionsDatasetId is not null && before is null)
            connection.ConversionsUpTo = await context.TimelineEntries.MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0;
    }

    private async Task AfterChangeAsync(long companyId, long id, bool runsAnew, List<string> mappedForms, CancellationToken cancellationToken)
    {
        channels.Forget();
        if (runsAnew)
        {
            await troubles.CloseAsync(companyId, Subject(id), [MetaNotices.Reconnect, MetaNotices.TokenExpires], cancellationToken);
            signal.Wake();
        }

        // Who saved the mapping has looked at the form.
        foreach (var formId in mappedForms)
            await troubles.CloseAsync(companyId, formId, [MetaNotices.FormChanged], cancellationToken);
    }

    private static string Words(MetaConnectionChange wanted) => string.Join(", ", new (string Word, bool IsSet)[]
    {
        ("page", wanted.PageId is not null),
        ("forms", wanted.FormIds is not null),
        ("access token", wanted.AccessToken is not null),
        ("app secret", wanted.AppSecret is not null),
        ("verify token", wanted.VerifyToken is not null),
        ("interval", wanted.IntervalSeconds is not null),
        ("region", wanted.Region is not null),
        ("owners", wanted.Owners is not null),
        ("mapping", wanted.Mapping is not null),
        (wanted.Active is false ? "switched off" : "switched on", wanted.Active is not null),
        ("data set", wanted.ConversionsDatasetId is not null),
    }.Where(part => part.IsSet).Select(part => part.Word));

    private static Refusal Stale() => new(RefusalKind.Stale, "Somebody else has changed this connection. Load it again, then repeat your change.");

    private static string Subject(long id) => id.ToString(CultureInfo.InvariantCulture);

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
