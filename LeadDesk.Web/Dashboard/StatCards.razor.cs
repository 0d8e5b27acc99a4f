using System.Globalization;
using LeadDesk.Reports;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Dashboard;

public sealed partial class StatCards
{
    /// <summary>Name of the stage of won leads; null in a pipeline without one.</summary>
    [Parameter] public string? WonStage { get; set; }

    private string Overdue => Value.Overdue >= DashboardQueries.MostOverdue ? $"{Number(DashboardQueries.MostOverdue - 1)}+" : Number(Value.Overdue);

    private (string Figure, string? Unit) Response => Value.MedianResponse is { } median ? Duration.Of(median, T) : ("–", null);

    private string ResponseChange => (Value.MedianResponse, Value.MedianResponseBefore) switch
    {
        (_, { } before) => T["{0} the week before", Duration.Words(before, T)],
        ({ }, null) => T["over the last 7 days"],
        _ => T["no responses in 7 days"],
    };

    private bool? ResponseIsBetter => Value is { MedianResponse: { } now, MedianResponseBefore: { } before } && now != before ? now < before : null;

    private string WonHref => WonStage is null ? "/leads" : $"/leads?stage={Uri.EscapeDataString(WonStage)}";

    private string ConversionChange => Value.ConversionLastMonth is { } before
        ? T["{0} won, {1} % last month", Number(Value.WonThisMonth), Percent(before)]
        : T["{0} won of {1} arrived", Number(Value.WonThisMonth), Number(Value.ArrivedThisMonth)];

    private bool? ConversionIsBetter => Value is { ConversionThisMonth: { } now, ConversionLastMonth: { } before } && Math.Abs(now - before) >= 0.001 ? now > before : null;

    private static string Number(long value) => value.ToString("N0", CultureInfo.CurrentCulture);

    private static string Percent(double? share) => share is { } value ? (value * 100).ToString("0.#", CultureInfo.CurrentCulture) : "–";
}
