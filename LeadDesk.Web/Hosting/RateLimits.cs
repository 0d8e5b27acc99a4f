using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;
using LeadDesk.Web.Access;

namespace LeadDesk.Web.Hosting;

/// <summary>
/// How much one caller may ask. A caller's counter goes when its window is over, so that memory follows the callers of the
/// last window and not all that ever came.
/// </summary>
internal static class RateLimits
{
    /// <summary>Sign-in, set-up, invitations, shared leads and the API's description: per address and minute.</summary>
    private const int AnonymousPerMinute = 60;

    /// <summary>Calls with a missing or wrong key: per address and minute.</summary>
    private const int WrongKeysPerMinute = 300;

    private const int LongestFormKey = 100;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly PathString[] AnonymousForms = ["/login", "/setup", "/invite"];

    private enum Kind
    {
        Unlimited,
        Webhook,
        Api,
        Bulk,
        Anonymous,
    }

    public static void AddRateLimits(this IServiceCollection services, LimitOptions limits)
    {
        services.AddSingleton<WrongKeyLimit>();
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Caller>(context => Partition(context, limits));
            limiter.OnRejected = (rejected, _) => new ValueTask(Refuse(rejected.HttpContext, rejected.Lease));
        });
    }

    private static Task Refuse(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Minute;
        var problem = Problems.OfStatus(StatusCodes.Status429TooManyRequests) with { RetryAfter = wait };
        if (context.IsFromProgram())
            return problem.ExecuteAsync(context);
        // People get the shell's page for the status.
        problem.SetHeaders(context.Response);
        return Task.CompletedTask;
    }

    private static RateLimitPartition<Caller> Partition(HttpContext context, LimitOptions limits)
    {
        var caller = CallerOf(context);
        return caller.Kind switch
        {
            Kind.Webhook => Window(caller, limits.WebhookPerMinute, Minute),
            Kind.Api => Window(caller, limits.ApiPerHour, TimeSpan.FromHours(1)),
            Kind.Bulk => Window(caller, limits.BulkPerHour, TimeSpan.FromHours(1)),
            Kind.Anonymous => Window(caller, AnonymousPerMinute, Minute),
            _ => RateLimitPartition.GetNoLimiter(caller),
        };
    }

    private static RateLimitPartition<Caller> Window(Caller caller, int permits, TimeSpan window) =>
        RateLimitPartition.GetFixedWindowLimiter(caller, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window });

    private static Caller CallerOf(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            // Without a caller the request ends in a 401, which WrongKeyLimit counts.
            if (context.GetCurrentUser() is not { } user)
                return default;
            var isPost = HttpMethods.IsPost(context.Request.Method);
            var kind = isPost && path.Equals(RequestKinds.Webhook, StringComparison.OrdinalIgnoreCase) ? Kind.Webhook
                : isPost && path.Equals(RequestKinds.Bulk, StringComparison.OrdinalIgnoreCase) ? Kind.Bulk
                : Kind.Api;
            return new Caller(kind, user.ApiKeyId ?? -user.UserId, null);
        }

        if (path.StartsWithSegments("/webhooks/email", StringComparison.OrdinalIgnoreCase))
            return new Caller(Kind.Webhook, 0, Network(context.Connection.RemoteIpAddress));
        if (path.StartsWithSegments(RequestKinds.FormPosts, StringComparison.OrdinalIgnoreCase, out var key))
            return new Caller(Kind.Webhook, 0, key.Value is { Length: <= LongestFormKey } known ? known : "");
        var isForm = HttpMethods.IsPost(context.Request.Method) && AnonymousForms.Any(form => path.StartsWithSegments(form, StringComparison.OrdinalIgnoreCase));
        return isForm || path.StartsWithSegments("/share", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
            ? new Caller(Kind.Anonymous, 0, Network(context.Connection.RemoteIpAddress))
            : default;
    }

    /// <summary>One household has a whole /64 of IPv6 addresses at its disposal.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }

    /// <param name="Id">The key's id, or the user's id below zero.</param>
    /// <param name="Network">Of anonymous callers; of a form's submissions its key, because they come from every visitor's address.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Caller(Kind Kind, long Id, string? Network);

    /// <summary>Slows down whoever tries keys. Callers with a good key never get here.</summary>
    internal sealed class WrongKeyLimit : IDisposable
    {
        private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetFixedWindowLimiter(
                Network(context.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = WrongKeysPerMinute, Window = Minute }));

        /// <summary>Answers 401, or 429 when this address has sent too many.</summary>
        /// <param name="problem">The answer instead of the one about API keys.</param>
        public async Task RefuseAsync(HttpContext context, ProblemResult? problem = null)
        {
            using var lease = limiter.AttemptAcquire(context);
            await (lease.IsAcquired ? (problem ?? Problems.OfStatus(StatusCodes.Status401Unauthorized)).ExecuteAsync(context) : Refuse(context, lease));
        }

        public void Dispose() => limiter.Dispose();
    }
}
