using System.Globalization;
using LeadDesk.Leads.Bulk;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Bulk;

/// <summary>Changes of many leads in words.</summary>
internal static class BulkWords
{
    public static string Of(this IStringLocalizer<Texts> texts, BulkAction action) => action switch
    {
        BulkAction.Status => texts["Change of stage"],
        BulkAction.Assign => texts["Assignment"],
        BulkAction.Tag => texts["Tagging"],
        BulkAction.Untag => texts["Taking a tag away"],
        BulkAction.Field => texts["Change of a field"],
        BulkAction.FollowUp => texts["Follow-ups"],
        BulkAction.Helper => texts["Helper"],
        BulkAction.Delete => texts["Deletion"],
        _ => texts["Restoring"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, BulkState state) => state switch
    {
        BulkState.Waiting => texts["Waiting"],
        BulkState.Running => texts["Running"],
        BulkState.Done => texts["Done"],
        BulkState.Cancelled => texts["Cancelled"],
        BulkState.Failed => texts["Failed"],
        BulkState.Undoing => texts["Being undone"],
        _ => texts["Undone"],
    };

    /// <summary>Count, rate and time left, such as <c>12,000 of 100,000 · 9,500 per second · 10 s left</c>.</summary>
    public static string Pace(this IStringLocalizer<Texts> texts, BulkView view, DateTime now)
    {
        var (done, all) = view.Progress;
        var words = texts["{0} of {1}", done.ToString("N0", CultureInfo.CurrentCulture), all.ToString("N0", CultureInfo.CurrentCulture)].Value;
        if (view.RateAt(now) is not { } rate || view.LeftAt(now) is not { } left)
            return words;
        var time = left.TotalMinutes >= 2 ? texts["{0} min left", Math.Ceiling(left.TotalMinutes).ToString("N0", CultureInfo.CurrentCulture)] : texts["{0} s left", Math.Ceiling(left.TotalSeconds).ToString("N0", CultureInfo.CurrentCulture)];
        return $"{words} · {texts["{0} per second", rate.ToString("N0", CultureInfo.CurrentCulture)].Value} · {time.Value}";
    }
}
