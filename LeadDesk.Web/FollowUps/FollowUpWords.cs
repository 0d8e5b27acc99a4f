using LeadDesk.FollowUps;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.FollowUps;

/// <summary>The words of follow-ups in the reader's language.</summary>
internal static class FollowUpWords
{
    public static string Of(this IStringLocalizer<Texts> texts, FollowUpKind kind) => kind switch
    {
        FollowUpKind.Call => texts["Call"],
        FollowUpKind.Email => texts["E-mail"],
        FollowUpKind.Message => texts["Message"],
        FollowUpKind.Meeting => texts["Meeting"],
        _ => texts["Task"],
    };

    public static string IconOf(FollowUpKind kind) => kind switch
    {
        FollowUpKind.Call => "phone",
        FollowUpKind.Email => "mail",
        FollowUpKind.Message => "message",
        FollowUpKind.Meeting => "users",
        _ => "check",
    };
}
