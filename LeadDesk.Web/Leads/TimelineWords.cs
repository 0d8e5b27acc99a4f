using System.Globalization;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Leads;

/// <summary>The timeline in sentences.</summary>
internal static class TimelineWords
{
    public static string Sentence(IStringLocalizer<Texts> texts, TimelineItem item)
    {
        var who = item.ActorName ?? "LeadDesk";
        return item.Kind switch
        {
            TimelineKind.Received => texts["Came in by {0}", Channel(texts, item)],
            TimelineKind.Resubmitted => item.Text is null && item.Message is null ? texts["Came in again by {0}", Channel(texts, item)] : texts["Wrote again by {0}", Channel(texts, item)],
            TimelineKind.Message when item.Message is { Outgoing: true } => texts["We wrote by {0}", Channel(texts, item)],
            TimelineKind.Message => texts["Wrote by {0}", Channel(texts, item)],
            TimelineKind.Scored => item.Before is null ? texts["Scored {0}", item.After ?? ""] : texts["Score went from {0} to {1}", item.Before, item.After ?? ""],
            TimelineKind.Assigned => Assigned(texts, item),
            TimelineKind.StageChanged => texts["{0} moved it from {1} to {2}", who, item.Before ?? "", item.After ?? ""],
            TimelineKind.Note => texts["{0} wrote a note", who],
            TimelineKind.FieldChanged => FieldChanged(texts, item, who),
            TimelineKind.Deleted => texts["{0} deleted the lead", who],
            TimelineKind.Restored => texts["{0} took the lead back from the trash", who],
            TimelineKind.Merged => item.Text is null ? texts["{0} merged this lead into {1}", who, item.After ?? ""] : texts["{0} merged {1} into this lead", who, item.Text],
            TimelineKind.PossibleDuplicate => texts["May be the same person as another lead"],
            TimelineKind.ModelAnalysed => texts["Read again by {0}", item.Text ?? ""],
            TimelineKind.ReachedOut => ReachedOut(texts, item, who),
            TimelineKind.Called => Called(texts, item, who),
            TimelineKind.FollowUpSet or TimelineKind.FollowUpDone => FollowUp(texts, item, who),
            TimelineKind.HelperAdded => texts["{0} asked {1} to help", who, item.After ?? ""],
            TimelineKind.HelperRemoved => texts["{1} does not help any more, by {0}", who, item.Before ?? ""],
            TimelineKind.Tagged when item.Before is { } former => texts["{0} changed the tag {1} to {2}", who, former, item.After ?? ""],
            TimelineKind.Tagged => texts["{0} added the tag {1}", who, item.After ?? item.Text ?? ""],
            TimelineKind.Untagged => texts["{0} removed the tag {1}", who, item.Before ?? item.Text ?? ""],
            TimelineKind.Shared => Shared(texts, item, who),
            TimelineKind.FileAdded => item.Before is null ? texts["{0} added the file {1}", who, item.After ?? ""] : texts["{0} renamed the file {1} to {2}", who, item.Before, item.After ?? ""],
            TimelineKind.FileRemoved => texts["{0} deleted the file {1}", who, item.Before ?? ""],
            TimelineKind.Imported => item.Before is null && item.After is null ? texts["Came in with an import"] : texts["An import changed it"],
            TimelineKind.Undone => texts["{0} took a change back", who],
            TimelineKind.ScoreSet => item.Text is null ? texts["{0} gave the score back to the rules: from {1} to {2}", who, item.Before ?? "", item.After ?? ""] : texts["{0} set the score by hand from {1} to {2}", who, item.Before ?? "", item.After ?? ""],
            _ => item.Kind.ToString(),
        };
    }

    /// <summary>What somebody wrote, shown below the sentence as it was written.</summary>
    public static string? QuoteOf(TimelineItem item) =>
        item.Kind is TimelineKind.Received or TimelineKind.Resubmitted or TimelineKind.Message or TimelineKind.Note or TimelineKind.Called ? item.Text : null;

    /// <summary>Why it happened.</summary>
    public static string? ReasonOf(TimelineItem item) =>
        item.Kind is TimelineKind.Assigned or TimelineKind.Deleted or TimelineKind.Restored or TimelineKind.PossibleDuplicate or TimelineKind.StageChanged
            or TimelineKind.ScoreSet or TimelineKind.FollowUpSet or TimelineKind.FollowUpDone or TimelineKind.Imported or TimelineKind.Undone
            ? item.Text
            : null;

    /// <summary>A time it is about, and what that was before; shown on the reader's clock.</summary>
    public static (DateTime? Before, DateTime? At)? MomentOf(TimelineItem item) => item.Kind switch
    {
        TimelineKind.FollowUpSet when item.Details is { } details => (details.DueBefore, details.DueAt),
        TimelineKind.Shared when item.Details?.ExpiresAt is { } end => (null, end),
        _ => null,
    };

    /// <summary>Another lead the entry is about.</summary>
    public static long? LinkOf(TimelineItem item) =>
        item.Kind is TimelineKind.PossibleDuplicate && long.TryParse(item.After, NumberStyles.None, CultureInfo.InvariantCulture, out var other) ? other : null;

    public static string IconOf(TimelineItem item) => item.Kind switch
    {
        TimelineKind.Received => "inbox",
        TimelineKind.Resubmitted or TimelineKind.Message => "message",
        TimelineKind.Scored => "gauge",
        TimelineKind.Assigned => "user",
        TimelineKind.StageChanged => "flag",
        TimelineKind.Note => "note",
        TimelineKind.FieldChanged => "edit",
        TimelineKind.Deleted => "trash",
        TimelineKind.Restored => "undo",
        TimelineKind.Merged or TimelineKind.PossibleDuplicate => "link",
        TimelineKind.ModelAnalysed => "bolt",
        TimelineKind.Called => "phone",
        TimelineKind.FollowUpSet => "calendar",
        TimelineKind.FollowUpDone => "check",
        TimelineKind.HelperAdded or TimelineKind.HelperRemoved => "users",
        TimelineKind.Tagged or TimelineKind.Untagged => "tag",
        TimelineKind.Shared => "external",
        TimelineKind.FileAdded or TimelineKind.FileRemoved => "form",
        TimelineKind.Imported => "download",
        TimelineKind.Undone => "undo",
        TimelineKind.ScoreSet => "gauge",
        _ => item.After switch
        {
            nameof(ContactWay.WhatsApp) => "whatsapp",
            nameof(ContactWay.Email) => "mail",
            _ => "phone",
        },
    };

    private static string Channel(IStringLocalizer<Texts> texts, TimelineItem item) => ChannelIcon.NameOf(item.After ?? "", texts);

    private static string Assigned(IStringLocalizer<Texts> texts, TimelineItem item) => (item.Before, item.After) switch
    {
        (null, null) => texts["Left without an owner"],
        ({ } before, null) => texts["Taken from {0}; nobody owns it now", before],
        (null, { } after) => texts["Assigned to {0}", after],
        var (before, after) => texts["Handed from {0} to {1}", before, after],
    };

    private static string FieldChanged(IStringLocalizer<Texts> texts, TimelineItem item, string who)
    {
        var field = Enum.GetValues<LeadField>().Where(field => string.Equals(item.Text?.Replace("_", "", StringComparison.Ordinal), field.ToString(), StringComparison.OrdinalIgnoreCase)).Select(texts.Of).FirstOrDefault(item.Text ?? "");
        return (item.Before, item.After) switch
        {
            (null, _) => texts["{0} set {1} to {2}", who, field, item.After ?? ""],
            (_, null) => texts["{0} removed {1} {2}", who, field, item.Before],
            _ => texts["{0} changed {1} from {2} to {3}", who, field, item.Before, item.After],
        };
    }

    private static string ReachedOut(IStringLocalizer<Texts> texts, TimelineItem item, string who) => item.After switch
    {
        nameof(ContactWay.WhatsApp) => texts["{0} opened WhatsApp", who],
        nameof(ContactWay.Email) => texts["{0} wrote an e-mail", who],
        _ => texts["{0} called", who],
    };

    private static string Called(IStringLocalizer<Texts> texts, TimelineItem item, string who)
    {
        var outcome = item.Details?.Outcome switch
        {
            CallOutcome.NoAnswer => texts["{0} called: no answer", who],
            CallOutcome.Busy => texts["{0} called: busy", who],
            CallOutcome.Voicemail => texts["{0} called: voicemail", who],
            CallOutcome.WrongNumber => texts["{0} called: wrong number", who],
            CallOutcome.CallbackAsked => texts["{0} called: asked to be called again", who],
            _ => texts["{0} called and spoke", who],
        };
        return item.Details?.Seconds is { } seconds ? $"{outcome} ({CallLength.Words(seconds)})" : outcome;
    }

    private static string FollowUp(IStringLocalizer<Texts> texts, TimelineItem item, string who)
    {
        var task = Enum.TryParse<FollowUpKind>(item.Details?.Task, out var kind) ? texts.Of(kind) : texts["Task"].Value;
        if (item.Kind is TimelineKind.FollowUpDone)
            return texts["{0} has done: {1}", who, task];
        return (item.Before, item.After) switch
        {
            (null, _) => texts["{0} set a follow-up for {1}: {2}", who, item.Details?.Person ?? "", task],
            (_, null) => texts["{0} deleted a follow-up: {1}", who, task],
            _ => texts["{0} changed a follow-up of {1}: {2}", who, item.Details?.Person ?? "", task],
        };
    }

    private static string Shared(IStringLocalizer<Texts> texts, TimelineItem item, string who) => item switch
    {
        { After: null } => texts["{0} took a shared address back", who],
        { Details.WithContact: true } => texts["{0} shared it with contact data, until", who],
        _ => texts["{0} shared it without contact data, until", who],
    };
}
