using LeadDesk.Notifications;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Notifications;

/// <summary>What people are told, in sentences.</summary>
internal static class NoticeWords
{
    public static string Of(this IStringLocalizer<Texts> texts, UserNoticeView notice)
    {
        var (who, lead) = (notice.ActorName ?? "LeadDesk", notice.LeadName ?? texts["a lead that is not yours any more"].Value);
        return notice.Kind switch
        {
            UserNoticeKind.Mention => texts["{0} named you on {1}", who, lead],
            UserNoticeKind.Assigned => texts["{0} gave you {1}", who, lead],
            UserNoticeKind.Helper => texts["{0} asked you to help with {1}", who, lead],
            _ => notice.Text ?? texts["Work that you started has ended"],
        };
    }

    /// <summary>What was written beside it.</summary>
    public static string? QuoteOf(UserNoticeView notice) => notice.Kind is UserNoticeKind.WorkDone ? null : notice.Text;

    public static string IconOf(UserNoticeKind kind) => kind switch
    {
        UserNoticeKind.Mention => "message",
        UserNoticeKind.Assigned => "user",
        UserNoticeKind.Helper => "users",
        _ => "check",
    };
}
