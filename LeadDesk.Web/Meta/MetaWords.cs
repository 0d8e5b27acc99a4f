using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Intake.Meta;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Meta;

/// <summary>How connections and their runs read.</summary>
internal static class MetaWords
{
    public static RenderFragment State(MetaConnectionView connection, IStringLocalizer<Texts> texts) => connection.State switch
    {
        MetaConnectionState.Paused => Badge("lost", texts["Paused"]),
        MetaConnectionState.NeedsReconnect => Badge("hot", texts["Needs you"]),
        _ when connection.LastError is not null => Badge("warm", texts["Trying again"]),
        _ => Badge("won", texts["Active"]),
    };

    public static string Trigger(string trigger, IStringLocalizer<Texts> texts) => trigger switch
    {
        "schedule" => texts["By the clock"],
        "manual" => texts["By hand"],
        "backfill" => texts["First run"],
        "gap" => texts["Gap check"],
        _ => trigger,
    };

    public static RenderFragment Moment(DateTime? at, IStringLocalizer<Texts> texts) => builder =>
    {
        if (at is { } moment)
            builder.AddContent(0, RelativeTime.Of(moment));
        else
            builder.AddMarkupContent(1, $"<span class=\"muted\">{System.Net.WebUtility.HtmlEncode(texts["Never"])}</span>");
    };

    /// <summary><c>0.4 s</c>, <c>3:05 min</c>.</summary>
    public static string Length(TimeSpan time) =>
        time.TotalSeconds < 60 ? $"{time.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture)} s" : $"{(int)time.TotalMinutes}:{time.Seconds:00} min";

    /// <summary>Says how it went: the refusal, or <paramref name="success"/>.</summary>
    public static void ShowOutcome<T>(this ToastService toasts, Outcome<T> outcome, IStringLocalizer<Texts> texts, string success)
    {
        if (outcome.Refusal is { } refusal)
            toasts.Show(texts[refusal.Message], ToastTone.Error);
        else
            toasts.Show(success);
    }

    private static RenderFragment Badge(string tone, string word) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", $"badge {tone}");
        builder.AddContent(2, word);
        builder.CloseElement();
    };
}
