using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;

namespace LeadDesk.Exports;

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
    internal LeadExportColumn(string word, string header, int width, Func<ExportedLead, int, ExportCell> cell, string? property = null, ExportSource source = ExportSource.Lead, bool usual = true) =>
        (Header, Cell, Property, Source, Usual) = (new ExportHeader(word, header, width), cell, property, source, usual);

    public ExportHeader Header { get; }

    /// <summary>Stands in an export that names no columns.</summary>
    public bool Usual { get; }

    /// <summary>Makes the cell of a lead; the number is the place of the stored value.</summary>
    internal Func<ExportedLead, int, ExportCell> Cell { get; }

    /// <summary>Of <see cref="Lead"/>, from which it is made; null when it comes from another table.</summary>
    internal string? Property { get; }

    internal ExportSource Source { get; }
}

/// <summary>The columns that can be exported: those of every lead, then the company's own fields.</summary>
public static class LeadExportColumns
{
    private const int HundredthPlaces = 2;

    /// <summary>For one export: what values are called is kept as bytes, so no two threads may make cells of the same columns.</summary>
    public static IReadOnlyList<LeadExportColumn> All(CompanyRules company, CompanyUsers users)
    {
        var pipelines = company.Pipelines.ToDictionary(pipeline => pipeline.Id, pipeline => pipeline.Name);
        var stages = company.Stages.ToDictionary(stage => stage.Id);
        var people = new Labels(id => users.Find(id)?.Name);
        var tags = new Labels(id => company.Tags.FirstOrDefault(tag => tag.Id == id)?.Name);
        return
        [
            Text("name", "Name", 28, nameof(Lead.Name)), Text("organisation", "Organisation", 24, nameof(Lead.Organisation)), Text("job_title", "Job title", 20, nameof(Lead.JobTitle)),
            Text("phone", "Phone", 18, nameof(Lead.Phone)), Text("email", "Email", 30, nameof(Lead.Email)), Text("city", "City", 16, nameof(Lead.City)), Text("country", "Country", 14, nameof(Lead.Country)),
            Text("channel", "Channel", 12, nameof(Lead.Channel)), Text("source", "Source", 16, nameof(Lead.Source)), Text("campaign", "Campaign", 22, nameof(Lead.Campaign)),
            Text("interest", "Interest", 24, nameof(Lead.Interest)), Word<Intent>("intent", "Intent", 12, nameof(Lead.Intent)), Word<Urgency>("urgency", "Urgency", 10, nameof(Lead.Urgency)),
            Number("score", "Score", nameof(Lead.Score)), Label("grade", "Grade", 8, nameof(Lead.Grade), id => ((Grade)id).ToWord()),
            Label("stage", "Stage", 14, nameof(Lead.StageId), id => stages.GetValueOrDefault(id)?.Name), Word<LeadOutcome>("outcome", "Outcome", 10, nameof(Lead.Outcome)),
            Label("lost_reason", "Lost reason", 18, nameof(Lead.LostReasonId), id => company.LostReasons.FirstOrDefault(reason => reason.Id == id)?.Name),
            Number("value", "Value", nameof(Lead.Value), HundredthPlaces), new LeadExportColumn("owner", "Owner", 20, (lead, slot) => people.Cell(lead.Number(slot)), nameof(Lead.OwnerId)),
            new LeadExportColumn("tags", "Tags", 24, (lead, _) => tags.Cell(lead.Tags), source: ExportSource.Tags),
            new LeadExportColumn("helpers", "Helpers", 24, (lead, _) => people.Cell(lead.Helpers), source: ExportSource.Helpers, usual: false),
            Time("created", "Arrived", nameof(Lead.CreatedAt)), Time("last_activity", "Last activity", nameof(Lead.LastActivityAt)), Time("follow_up", "Next follow-up", nameof(Lead.NextFollowUpAt)),
            Time("response_due", "Response due", nameof(Lead.ResponseDueAt), usual: false), Time("first_response", "First response", nameof(Lead.FirstResponseAt), usual: false),
            Time("stage_since", "In stage since", nameof(Lead.StageChangedAt), usual: false), Time("last_submitted", "Last submitted", nameof(Lead.LastSubmittedAt), usual: false),
            Text("last_message", "Last message", 40, nameof(Lead.LastMessage)), Number("messages", "Messages", nameof(Lead.MessageCount), usual: false),
            Number("submissions", "Submissions", nameof(Lead.SubmissionCount), usual: false), Word<LeadKind>("kind", "Kind", 12, nameof(Lead.Kind), usual: false),
            Label("pipeline", "Pipeline", 14, nameof(Lead.StageId), id => stages.GetValueOrDefault(id) is { } stage ? pipelines.GetValueOrDefault(stage.PipelineId) : null, usual: false),
            Number("import", "Import", nameof(Lead.ImportId), usual: false), Text("external_id", "External id", 20, nameof(Lead.ExternalId), usual: false),
            new LeadExportColumn("exported", "Exported", 17, (lead, _) => Mark(lead), source: ExportSource.Marks, usual: false),
            Number("id", "Id", nameof(Lead.Id)),
            .. company.Fields.Select(Custom),
        ];
    }

    /// <returns>Null when there is no such column. JSON's and the list's names of the same are understood too.</returns>
    public static LeadExportColumn? Find(IReadOnlyList<LeadExportColumn> all, string word)
    {
        var name = word.Trim().ToLowerInvariant() switch
        {
            "status" => "stage",
            "quality" => "grade",
            "created_at" => "created",
            "last_activity_at" or "activity" => "last_activity",
            "next_follow_up_at" => "follow_up",
            "response" => "response_due",
            "message" => "last_message",
            "tag" => "tags",
            "helper" => "helpers",
            var other => other,
        };
        return all.FirstOrDefault(column => column.Header.Word == name);
    }

    private static LeadExportColumn Custom(CustomField field)
    {
        var cells = new CustomFieldCells(field);
        return new LeadExportColumn($"{LeadFilterFields.CustomPrefix}{field.Key}", field.Name, 18, (lead, _) => cells.Cell(lead), source: ExportSource.Fields);
    }

    private static ExportCell Mark(ExportedLead lead)
    {
        foreach (var at in lead.Marks)
            return ExportCell.OfTime(at);
        return ExportCell.Empty;
    }

    private static LeadExportColumn Text(string word, string header, int width, string property, bool usual = true) =>
        new(word, header, width, (lead, slot) => ExportCell.Of(lead.Text(slot)), property, usual: usual);

    private static LeadExportColumn Number(string word, string header, string property, int places = 0, bool usual = true) =>
        new(word, header, 12, (lead, slot) => ExportCell.Of(lead.Number(slot), places), property, usual: usual);

    private static LeadExportColumn Time(string word, string header, string property, bool usual = true) =>
        new(word, header, 17, (lead, slot) => ExportCell.OfTime(lead.Number(slot)), property, usual: usual);

    private static LeadExportColumn Word<T>(string word, string header, int width, string property, bool usual = true)
        where T : struct, Enum =>
        Label(word, header, width, property, id => ((T)Enum.ToObject(typeof(T), id)).ToString().ToLowerInvariant(), usual);

    private static LeadExportColumn Label(string word, string header, int width, string property, Func<long, string?> name, bool usual = true)
    {
        var labels = new Labels(name);
        return new LeadExportColumn(word, header, width, (lead, slot) => labels.Cell(lead.Number(slot)), property, usual: usual);
    }
}
