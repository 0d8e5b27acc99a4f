using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Leads.Views;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Leads.Views;

/// <summary>Something the lead list can show in a column.</summary>
/// <param name="Word">Its word in layouts and in the style sheet.</param>
/// <param name="Label">In the reader's language; of a custom field as the company named it.</param>
/// <param name="Width">Pixels, unless somebody chose others.</param>
/// <param name="Sort">The order its heading chooses; null when there is none.</param>
public sealed record LeadColumn(string Word, string Label, int Width, LeadSort? Sort = null)
{
    /// <summary>Null for what every lead has.</summary>
    public CustomField? Field { get; init; }

    /// <summary>Numbers stand at the end of their column.</summary>
    public bool AtEnd { get; init; }
}

/// <summary>Every column of the lead list, and how a layout becomes columns.</summary>
public static class ListColumns
{
    public const string Name = "name";

    /// <summary>The name is always the first column and holds its place while the others scroll.</summary>
    public static ColumnLayout Default { get; } = new([.. DefaultWords().Select(word => new ColumnPlace(word))]);

    private static readonly HashSet<string> Beside = new(StringComparer.Ordinal) { "value", "follow_up", "lost_reason", "stage_since", "kind", "last_submitted" };

    public static IReadOnlyList<LeadColumn> All(CompanyRules company, IStringLocalizer<Texts> texts) =>
    [
        new("score", texts["Score"], 108, LeadSort.Score),
        new("channel", texts["Channel"], 48, LeadSort.Channel),
        new("stage", texts["Stage"], 132, LeadSort.Stage),
        new("owner", texts["Owner"], 144, LeadSort.Owner),
        new("response", texts["Response"], 152, LeadSort.Response),
        new("activity", texts["Activity"], 100, LeadSort.Activity),
        new("follow_up", texts["Next follow-up"], 116, LeadSort.FollowUp),
        new("created", texts["Arrived"], 100, LeadSort.Created),
        new("message", texts["Last message"], 280),
        new("phone", texts["Phone"], 148, LeadSort.Phone),
        new("email", texts["E-mail"], 200, LeadSort.Email),
        new("organisation", texts["Organisation"], 180, LeadSort.Organisation),
        new("job_title", texts["Job title"], 148, LeadSort.JobTitle),
        new("city", texts["City"], 120, LeadSort.City),
        new("country", texts["Country"], 100, LeadSort.Country),
        new("interest", texts["Interest"], 200, LeadSort.Interest),
        new("intent", texts["Intent"], 124, LeadSort.Intent),
        new("urgency", texts["Urgency"], 92, LeadSort.Urgency),
        new("value", texts["Value"], 116, LeadSort.Value) { AtEnd = true },
        new("tags", texts["Tags"], 180),
        new("helpers", texts["Helpers"], 160),
        new("lost_reason", texts["Lost reason"], 140),
        new("campaign", texts["Campaign"], 180, LeadSort.Campaign),
        new("source", texts["Source"], 140, LeadSort.Source),
        new("stage_since", texts["In stage since"], 116),
        new("first_response", texts["First response"], 116),
        new("last_submitted", texts["Last submitted"], 116),
        new("messages", texts["Messages"], 92) { AtEnd = true },
        new("submissions", texts["Submissions"], 104) { AtEnd = true },
        new("outcome", texts["Outcome"], 92),
        new("kind", texts["Kind"], 116),
        new("exported", texts["Exported"], 116),
        new("external_id", texts["External id"], 140),
        new("id", texts["Number"], 92) { AtEnd = true },
        .. company.Fields.Select(field => new LeadColumn(LeadFilterFields.CustomPrefix + field.Key, field.Name, 140, field.Type is CustomFieldType.MultiChoice ? null : LeadSort.Custom)
        {
            Field = field,
            AtEnd = field.Type is CustomFieldType.Number or CustomFieldType.Money,
        }),
    ];

    /// <summary>The layout's columns in order; those that are not there any more are left out.</summary>
    public static IReadOnlyList<LeadColumn> Shown(ColumnLayout layout, IReadOnlyList<LeadColumn> all) =>
    [
        .. layout.Columns.Select(place => (place, column: all.FirstOrDefault(column => column.Word == place.Word)))
            .Where(pair => pair.column is not null).Select(pair => pair.place.Width is { } width ? pair.column! with { Width = width } : pair.column!),
    ];

    /// <summary>What has to be read beside the rows; null when their own fields are enough.</summary>
    public static LeadColumnWants? WantsOf(IReadOnlyList<LeadColumn> shown)
    {
        var fields = shown.Where(column => column.Field is not null).Select(column => column.Field!.Id).ToList();
        var wants = new LeadColumnWants(shown.Any(column => column.Word is "tags"), shown.Any(column => column.Word is "helpers"), shown.Any(column => column.Word is "exported"), fields);
        return wants is { Tags: false, Helpers: false, Exported: false } && fields.Count is 0 && !shown.Any(column => Beside.Contains(column.Word)) ? null : wants;
    }

    private static string[] DefaultWords() => ["score", "channel", "stage", "owner", "response", "activity", "follow_up", "created", "message"];
}
