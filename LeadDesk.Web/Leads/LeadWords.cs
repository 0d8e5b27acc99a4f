using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Leads;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Leads;

/// <summary>The words of leads in the reader's language.</summary>
internal static class LeadWords
{
    public static string Of(this IStringLocalizer<Texts> texts, Intent intent) => intent switch
    {
        Intent.Buy => texts["Wants to buy"],
        Intent.Question => texts["Question"],
        Intent.Support => texts["Support"],
        Intent.Complaint => texts["Complaint"],
        Intent.Partnership => texts["Partnership"],
        Intent.Job => texts["Job"],
        Intent.Spam => texts["Spam"],
        _ => texts["Other"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, Urgency urgency) => urgency switch
    {
        Urgency.High => texts["High"],
        Urgency.Medium => texts["Medium"],
        _ => texts["Low"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, Sentiment sentiment) => sentiment switch
    {
        Sentiment.Positive => texts["Positive"],
        Sentiment.Negative => texts["Negative"],
        _ => texts["Neutral"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, LeadOutcome outcome) => outcome switch
    {
        LeadOutcome.Won => texts["Won"],
        LeadOutcome.Lost => texts["Lost"],
        _ => texts["Open"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, ResponseState state) => state switch
    {
        ResponseState.Overdue => texts["Overdue"],
        ResponseState.Answered => texts["Answered"],
        _ => texts["Waiting"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, LeadField field) => field switch
    {
        LeadField.Name => texts["Name"],
        LeadField.Organisation => texts["Organisation"],
        LeadField.JobTitle => texts["Job title"],
        LeadField.Phone => texts["Phone"],
        LeadField.Email => texts["E-mail"],
        LeadField.City => texts["City"],
        LeadField.Country => texts["Country"],
        LeadField.Interest => texts["Interest"],
        LeadField.Campaign => texts["Campaign"],
        LeadField.Value => texts["Deal value"],
        _ => texts["Source"],
    };

    /// <summary>A factor of the score by its word; see <see cref="Scoring.ScoreReason"/>.</summary>
    public static string Factor(this IStringLocalizer<Texts> texts, string factor) => factor switch
    {
        "intent" => texts["Intent"],
        "urgency" => texts["Urgency"],
        "contact" => texts["Contact"],
        "channel" => texts["Channel"],
        "data" => texts["Data quality"],
        "message" => texts["Message"],
        "completeness" => texts["Completeness"],
        "freshness" => texts["Freshness"],
        "service" => texts["Service"],
        "engagement" => texts["Engagement"],
        "age" => texts["Age"],
        "limit" => texts["Limit"],
        _ => factor,
    };

    /// <param name="category">One of <see cref="MessageCategory"/>; its text is the word with a capital.</param>
    public static string Category(this IStringLocalizer<Texts> texts, string category) =>
        category.Length is 0 ? "" : texts[char.ToUpperInvariant(category[0]) + category[1..]];

    /// <summary>What was odd about a lead, one sentence each.</summary>
    public static IEnumerable<string> Of(this IStringLocalizer<Texts> texts, LeadMarks marks)
    {
        if (marks.HasFlag(LeadMarks.Test))
            yield return texts["A test of the source, not a person: nobody gets it and nothing counts it."];
        if (marks.HasFlag(LeadMarks.NoContact))
            yield return texts["Gave neither a phone number nor an e-mail address."];
        if (marks.HasFlag(LeadMarks.OptedOut))
            yield return texts["Asked not to be contacted."];
        if (marks.HasFlag(LeadMarks.PhoneUnreadable))
            yield return texts["Phone could not be read: kept as written."];
        if (marks.HasFlag(LeadMarks.EmailUnreadable))
            yield return texts["E-mail could not be read: kept as written."];
        if (marks.HasFlag(LeadMarks.NameMissing))
            yield return texts["No name was given."];
        if (marks.HasFlag(LeadMarks.ChannelUnknown))
            yield return texts["The channel is not one LeadDesk knows: kept as sent."];
        if (marks.HasFlag(LeadMarks.InstructionLike))
            yield return texts["The message contains orders to software. They had no effect on the score."];
    }

    public static string Of(this IStringLocalizer<Texts> texts, ContactWay way) => way switch
    {
        ContactWay.Call => texts["Call"],
        ContactWay.WhatsApp => "WhatsApp",
        _ => texts["E-mail"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => texts["Answered the call"],
        CallOutcome.NoAnswer => texts["No answer"],
        CallOutcome.Busy => texts["Busy"],
        CallOutcome.Voicemail => texts["Voicemail"],
        CallOutcome.WrongNumber => texts["Wrong number"],
        _ => texts["Asked to be called again"],
    };

    public static string Of(this IStringLocalizer<Texts> texts, TimelineFilter filter) => filter switch
    {
        TimelineFilter.Messages => texts["Messages"],
        TimelineFilter.Notes => texts["Notes"],
        TimelineFilter.Calls => texts["Calls"],
        TimelineFilter.FollowUps => texts["Follow-ups"],
        TimelineFilter.Files => texts["Files"],
        TimelineFilter.Changes => texts["Changes"],
        _ => texts["All"],
    };

    /// <param name="code">ISO 639-1.</param>
    public static string Language(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code, predefinedOnly: true).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    public static string OwnerName(this CompanyUsers people, long? ownerId) => ownerId is { } id ? people.Find(id)?.Name ?? "" : "";
}
