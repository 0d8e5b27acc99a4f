using System.Globalization;
using LeadDesk.Leads;
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
            _ => item.Kind.ToString(),
        };
    }

    /// <summary>What somebody wrote, shown below the sentence as it was written.</summary>
    public static string? QuoteOf(TimelineItem item) =>
        item.Kind is TimelineKind.Received or TimelineKind.Resubmitted or TimelineKind.Message or TimelineKind.Note ? item.Text : null;

    /// <summary>Why it happened.</summary>
    public static string? ReasonOf(TimelineItem item) =>
        item.Kind is TimelineKind.Assigned or TimelineKind.Deleted or TimelineKind.Restored or TimelineKind.PossibleDuplicate ? item.Text : null;

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
}
