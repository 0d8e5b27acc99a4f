using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Leads;
using LeadDesk.Web.Ui;

namespace LeadDesk.Tests.Ui;

/// <summary>Times and lengths as people enter them.</summary>
public sealed class QuickTimesTests
{
    [Theory]
    [InlineData("2026-03-01")] // Sunday
    [InlineData("2026-03-02")] // Monday
    [InlineData("2026-03-07")] // Saturday
    public void Next_week_is_the_next_Monday_at_nine(string today)
    {
        var now = DateTime.Parse(today, System.Globalization.CultureInfo.InvariantCulture).AddHours(15);

        var chosen = QuickTimes.NextWeek(now);

        (chosen.DayOfWeek, chosen.Hour).ShouldBe((DayOfWeek.Monday, 9));
        (chosen.Date - now.Date).Days.ShouldBeInRange(1, 7);
    }

    [Fact]
    public void In_an_hour_is_never_sooner_and_ends_on_five_minutes()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            var now = new DateTime(2026, 3, 2, 23, minute, 30);
            var chosen = QuickTimes.InAnHour(now);
            (chosen.Minute % 5).ShouldBe(0);
            (chosen - now).TotalMinutes.ShouldBeInRange(59, 65);
        }
    }

    [Fact]
    public void An_hour_that_summer_time_leaves_out_is_the_next_one()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        ReaderZone.ToUtc(new DateTime(2026, 3, 29, 2, 30, 0), berlin).ShouldBe(new DateTime(2026, 3, 29, 1, 30, 0));
        ReaderZone.ToUtc(new DateTime(2026, 3, 28, 9, 0, 0), berlin).ShouldBe(new DateTime(2026, 3, 28, 8, 0, 0));
    }

    [Theory]
    [InlineData("4:30", 270)]
    [InlineData("1:05:00", 3900)]
    [InlineData("12", 720)]
    [InlineData("0:00", 0)]
    [InlineData("", null)]
    public void A_length_is_read_as_people_write_it(string text, int? seconds)
    {
        CallLength.TryRead(text, out var read).ShouldBeTrue();
        read.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("4:75")]
    [InlineData("-1")]
    [InlineData("1:2:3:4")]
    [InlineData("four")]
    public void What_is_no_length_is_refused(string text) => CallLength.TryRead(text, out _).ShouldBeFalse();
}
