using Microsoft.Playwright;

namespace LeadDesk.Tests.Support;

/// <summary>The four ways every page is looked at: wide and narrow, light and dark.</summary>
public enum Screen
{
    Desk,
    DeskDark,
    Phone,
    PhoneDark,
}

public static class Screens
{
    public static TheoryData<Screen> All { get; } = [.. Enum.GetValues<Screen>()];

    /// <summary>Each width and each theme once: for journeys through pages that are looked at on all screens elsewhere.</summary>
    public static TheoryData<Screen> EachOnce { get; } = [Screen.Desk, Screen.PhoneDark];

    internal static BrowserNewContextOptions Options(this Screen screen) => new()
    {
        ViewportSize = screen is Screen.Phone or Screen.PhoneDark
            ? new ViewportSize { Width = 390, Height = 844 }
            : new ViewportSize { Width = 1440, Height = 900 },
        ColorScheme = screen is Screen.DeskDark or Screen.PhoneDark ? ColorScheme.Dark : ColorScheme.Light,
        HasTouch = screen is Screen.Phone or Screen.PhoneDark,
        ReducedMotion = ReducedMotion.Reduce,
        Locale = "en-GB",
        TimezoneId = "UTC",
    };
}
