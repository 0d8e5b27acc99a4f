using LeadDesk.Access;
using LeadDesk.Data;

namespace LeadDesk.Web.Access;

/// <summary>Writes down when API keys were last used, away from the requests.</summary>
internal sealed partial class ApiKeyUseWriter(ApiKeyDirectory keys, TimeProvider time, ILogger<ApiKeyUseWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last half minute's uses are not worth holding up the stop.
        }
    }

    private async Task WriteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await keys.WriteUsesAsync(stoppingToken);
        }
        catch (Exception exception) when (Database.IsUnavailable(exception))
        {
            LogLater(exception.GetBaseException().Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The use of API keys is written down later: {Cause}")]
    private partial void LogLater(string cause);
}
