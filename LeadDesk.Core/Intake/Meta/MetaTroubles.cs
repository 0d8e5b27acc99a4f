using System.Globalization;
using LeadDesk.Data;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>The words of <see cref="Notice.Kind"/> about Meta.</summary>
public static class MetaNotices
{
    /// <summary>Only a person can help: token or permission.</summary>
    public const string Reconnect = "meta.reconnect";

    public const string Blocked = "meta.blocked";

    /// <summary>Meta fails for a while already.</summary>
    public const string Down = "meta.down";

    /// <summary>The page is not there, or not for this token.</summary>
    public const string Page = "meta.page";

    public const string TokenExpires = "meta.token_expires";

    public const string Subscription = "meta.subscription";

    public const string FormChanged = "meta.form_changed";

    public const string FormArchived = "meta.form_archived";

    /// <summary>No lead for unusually long.</summary>
    public const string Quiet = "meta.quiet";

    /// <summary>Stages cannot be sent to the data set.</summary>
    public const string Conversions = "meta.conversions";

    public const string Link = "/settings/meta";
}

/// <summary>Acts on what Graph answers to a connection: goes on, waits, or stops and tells the admins once.</summary>
internal sealed class MetaTroubles(Database database, NoticeService notices, TimeProvider clock)
{
    /// <summary>One failure after the other; short trouble is told to nobody.</summary>
    private const int FailuresUntilTold = 3;

    private static readonly TimeSpan[] RetryAfter = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5)];

    private static readonly string[] OverWhenItWorks = [MetaNotices.Reconnect, MetaNotices.Blocked, MetaNotices.Down, MetaNotices.Page];

    public static string SubjectOf(MetaAccount account) => account.Id.ToString(CultureInfo.InvariantCulture);

    /// <param name="failures">How often in a row, this time included.</param>
    /// <returns>When the next call may be made; null when only a person can help.</returns>
    public async Task<DateTime?> ActAsync(MetaAccount account, GraphError error, int failures, CancellationToken cancellationToken)
    {
        var now = Now();
        if (error.Kind is GraphErrorKind.Reconnect or GraphErrorKind.Permission)
        {
            await StopAsync(account.Connection, error.Words, cancellationToken);
            return null;
        }

        var (wait, notice) = error.Kind switch
        {
            GraphErrorKind.Limit => (error.Wait!.Value, null),
            GraphErrorKind.Blocked => (error.Wait!.Value, MetaNotices.Blocked),
            GraphErrorKind.BadObject => (TimeSpan.FromSeconds(Math.Max(account.Connection.IntervalSeconds, 900)), MetaNotices.Page),
            _ => (Longer(error.Wait, RetryAfter[Math.Clamp(failures, 1, RetryAfter.Length) - 1]), failures >= FailuresUntilTold ? MetaNotices.Down : null),
        };
        var next = now + wait;
        var words = error.Kind is GraphErrorKind.Limit or GraphErrorKind.Blocked ? string.Create(CultureInfo.InvariantCulture, $"{error.Words} Next try: {next:yyyy-MM-dd HH:mm} UTC.") : error.Words;
        await database.WriteAsync(
            account.CompanyId,
            context => context.MetaConnections.Where(row => row.Id == account.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastError, words).SetProperty(row => row.NextRunAt, next), cancellationToken),
            cancellationToken);
        if (notice is not null)
            await notices.OpenAsync(account.CompanyId, notice, SubjectOf(account), $"{NameOf(account.Connection)}: {error.Words}", MetaNotices.Link, cancellationToken);
        return next;
    }

    /// <summary>No call until a person helps. A token that was changed meanwhile is not blamed for the old one.</summary>
    public async Task StopAsync(MetaConnection connection, string words, CancellationToken cancellationToken)
    {
        var stopped = await database.WriteAsync(
            connection.CompanyId,
            context => context.MetaConnections.Where(row => row.Id == connection.Id && row.AccessToken == connection.AccessToken)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MetaConnectionState.NeedsReconnect).SetProperty(row => row.LastError, words), cancellationToken),
            cancellationToken);
        if (stopped > 0)
        {
            await notices.OpenAsync(
                connection.CompanyId, MetaNotices.Reconnect, connection.Id.ToString(CultureInfo.InvariantCulture), $"{NameOf(connection)}: {words}", MetaNotices.Link, cancellationToken);
        }
    }

    /// <summary>It works again: whatever was told about it is over.</summary>
    public Task RecoveredAsync(MetaAccount account, CancellationToken cancellationToken) => CloseAsync(account.CompanyId, SubjectOf(account), OverWhenItWorks, cancellationToken);

    public async Task CloseAsync(long companyId, string subject, IEnumerable<string> kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
            await notices.CloseAsync(companyId, kind, subject, cancellationToken);
    }

    public static string NameOf(MetaConnection connection) => connection.PageName ?? $"Facebook page {connection.PageId}";

    private static TimeSpan Longer(TimeSpan? one, TimeSpan other) => one > other ? one.Value : other;

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
