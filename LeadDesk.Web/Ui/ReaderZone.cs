using Microsoft.JSInterop;

namespace LeadDesk.Web.Ui;

/// <summary>The reader's time zone as the browser has it, for times that are entered. Ask it in the circuit only.</summary>
public sealed class ReaderZone(IJSRuntime js)
{
    private TimeZoneInfo? zone;

    public async ValueTask<TimeZoneInfo> GetAsync()
    {
        if (zone is not null)
            return zone;
        var name = await js.InvokeAsync<string?>("leaddesk.zone");
        return zone = name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
    }

    /// <summary>What a clock of the zone shows, in UTC; an hour that the change to summer time leaves out is the next one.</summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }
}
