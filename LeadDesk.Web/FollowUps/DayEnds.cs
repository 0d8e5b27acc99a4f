using LeadDesk.Web.Ui;

namespace LeadDesk.Web.FollowUps;

/// <summary>Where the reader's day and week end, in UTC. Weeks end with Sunday.</summary>
internal sealed record DayEnds(DateTime Now, DateTime Today, DateTime Week)
{
    public static DayEnds Of(DateTime now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTimeFromUtc(now, zone).Date;
        var daysLeft = 1 + ((7 - (int)today.DayOfWeek) % 7);
        return new DayEnds(now, ReaderZone.ToUtc(today.AddDays(1), zone), ReaderZone.ToUtc(today.AddDays(daysLeft), zone));
    }
}
