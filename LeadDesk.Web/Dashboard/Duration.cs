using System.Globalization;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Dashboard;

/// <summary>A length of time in the unit a person would use.</summary>
internal static class Duration
{
    public static (string Figure, string Unit) Of(TimeSpan time, IStringLocalizer<Texts> texts) => time switch
    {
        { TotalSeconds: < 90 } => (Figure(time.TotalSeconds, "0"), texts["s"]),
        { TotalMinutes: < 90 } => (Figure(time.TotalMinutes, "0"), texts["min"]),
        { TotalHours: < 48 } => (Figure(time.TotalHours, "0.#"), texts["h"]),
        _ => (Figure(time.TotalDays, "0.#"), texts["days"]),
    };

    public static string Words(TimeSpan time, IStringLocalizer<Texts> texts)
    {
        var (figure, unit) = Of(time, texts);
        return $"{figure} {unit}";
    }

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.CurrentCulture);
}
