using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;

namespace LeadDesk.Exports;

/// <summary>A lead with what stands of it in other tables, as far as columns ask for it.</summary>
internal sealed record ExportedLead(LeadRow Row, IReadOnlyList<long> Tags, IReadOnlyList<long> Helpers, DateTime? ExportedAt, ILookup<long, CustomFieldValue>? Fields);

/// <summary>Which other tables a column is read from.</summary>
[Flags]
internal enum ExportSource
{
    Lead = 0,
    Tags = 1,
    Helpers = 2,
    Marks = 4,
    Fields = 8,
}

/// <summary>A column of an export.</summary>
public sealed record LeadExportColumn
{
    internal LeadExportColumn(string word, string header, int width, Func<ExportedLead, ExportCell> cell, ExportSource source = ExportSource.Lead, bool usual = true) =>
        (Header, Cell, Source, Usual) = (new ExportHeader(word, header, width), cell, source, usual);

    public ExportHeader Header { get; }

    /// <summary>Stands in an export that names no columns.</summary>
    public bool Usual { get; }

    internal Func<ExportedLead, ExportCell> Cell { get; }

    internal ExportSource Source { get; }
}

/// <summary>The columns that can be exported: those of every lead, then the company's own fields.</summary>
public static class LeadExportColumns
{
    private const decimal Hundredths = 100;

    public static IReadOnlyList<LeadExportColumn> All(CompanyRules company, CompanyUsers users)
    {
        string? Person(long? id) => id is { } some ? users.Find(some)?.Name : null;
        string Tag(long id) => company.Tags.FirstOrDefault(tag => tag.Id == id)?.Name ?? "";
        var pipelines = company.Pipelines.ToDictionary(pipeline => pipeline.Id, pipeline => pipeline.Name);
        var stages = company.Stages.ToDictionary(stage => stage.Id);
        return
        [
            Text("name", "Name", 28, row => row.Name), Text("organisation", "Organisation", 24, row => row.Organisation), Text("job_title", "Job title", 20, row => row.JobTitle),
            Text("phone", "Phone", 18, row => row.Phone), Text("email", "Email", 30, row => row.Email), Text("city", "City", 16, row => row.City), Text("country", "Country", 14, row => row.Country),
            Text("channel", "Channel", 12, row => row.Channel), Text("source", "Source", 16, row => row.Source), Text("campaign", "Campaign", 22, row => row.Campaign),
            Text("interest", "Interest", 24, row => row.Interest), Text("intent", "Intent", 12, row => Word(row.Intent)), Text("urgency", "Urgency", 10, row => Word(row.Urgency)),
            Number("score", "Score", row => row.Score), Text("grade", "Grade", 8, row => row.Grade.ToWord()),
            Text("stage", "Stage", 14, row => stages.GetValueOrDefault(row.StageId)?.Name), Text("outcome", "Outcome", 10, row => Word(row.Outcome)),
            Text("lost_reason", "Lost reason", 18, row => company.LostReasons.FirstOrDefault(reason => reason.Id == row.LostReasonId)?.Name),
            Number("value", "Value", row => row.Value / Hundredths), Text("owner", "Owner", 20, row => Person(row.OwnerId)),
            new LeadExportColumn("tags", "Tags", 24, lead => ExportCell.Of(string.Join("; ", lead.Tags.Select(Tag))), ExportSource.Tags),
            new LeadExportColumn("helpers", "Helpers", 24, lead => ExportCell.Of(string.Join("; ", lead.Helpers.Select(id => Person(id)))), ExportSource.Helpers, usual: false),
            Time("created", "Arrived", row => row.CreatedAt), Time("last_activity", "Last activity", row => row.LastActivityAt), Time("follow_up", "Next follow-up", row => row.NextFollowUpAt),
            Time("response_due", "Response due", row => row.ResponseDueAt, usual: false), Time("first_response", "First response", row => row.FirstResponseAt, usual: false),
            Text("last_message", "Last message", 40, row => row.LastMessage), Number("messages", "Messages", row => row.MessageCount, usual: false),
            Number("submissions", "Submissions", row => row.SubmissionCount, usual: false), Text("kind", "Kind", 12, row => Word(row.Kind), usual: false),
            Text("pipeline", "Pipeline", 14, row => stages.GetValueOrDefault(row.StageId) is { } stage ? pipelines.GetValueOrDefault(stage.PipelineId) : null, usual: false),
            Number("import", "Import", row => row.ImportId, usual: false), Text("external_id", "External id", 20, row => row.ExternalId, usual: false),
            new LeadExportColumn("exported", "Exported", 17, lead => ExportCell.Of(lead.ExportedAt), ExportSource.Marks, usual: false),
            Number("id", "Id", row => row.Id),
            .. company.Fields.Select(Custom),
        ];
    }

    /// <returns>Null when there is no such column. JSON's names of the same are understood too.</returns>
    public static LeadExportColumn? Find(IReadOnlyList<LeadExportColumn> all, string word)
    {
        var name = word.Trim().ToLowerInvariant() switch
        {
            "status" => "stage",
            "quality" => "grade",
            "created_at" => "created",
            "last_activity_at" => "last_activity",
            "next_follow_up_at" => "follow_up",
            "tag" => "tags",
            "helper" => "helpers",
            var other => other,
        };
        return all.FirstOrDefault(column => column.Header.Word == name);
    }

    private static LeadExportColumn Custom(CustomField field) => new(
        $"{LeadFilterFields.CustomPrefix}{field.Key}", field.Name, 18, lead => Cell(field, lead.Fields is { } values ? [.. values[field.Id].OrderBy(value => value.Position)] : []), ExportSource.Fields);

    private static ExportCell Cell(CustomField field, IReadOnlyList<CustomFieldValue> values) => CustomFieldValues.Typed(field, values) switch
    {
        decimal number => ExportCell.Of(number),
        DateOnly day => ExportCell.Of(day),
        bool flag => ExportCell.Of(flag),
        IEnumerable<string> several => ExportCell.Of(string.Join("; ", several)),
        string text => ExportCell.Of(text),
        _ => ExportCell.Empty,
    };

    private static LeadExportColumn Text(string word, string header, int width, Func<LeadRow, string?> value, bool usual = true) =>
        new(word, header, width, lead => ExportCell.Of(value(lead.Row)), usual: usual);

    private static LeadExportColumn Number(string word, string header, Func<LeadRow, decimal?> value, bool usual = true) =>
        new(word, header, 12, lead => ExportCell.Of(value(lead.Row)), usual: usual);

    private static LeadExportColumn Time(string word, string header, Func<LeadRow, DateTime?> value, bool usual = true) =>
        new(word, header, 17, lead => ExportCell.Of(value(lead.Row)), usual: usual);

    private static string Word<T>(T value)
        where T : struct, Enum => Words<T>.All[value];

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> All = Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());
    }
}
