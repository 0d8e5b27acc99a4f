using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Scoring;

namespace LeadDesk.Companies;

/// <summary>What every piece of work needs to know about its company, read together and kept a few seconds.</summary>
public sealed record CompanyRules(
    long CompanyId,
    string Name,
    string Region,
    TimeZoneInfo Zone,
    TimeSpan ResponseGoal,
    ScoringProfile Scoring,
    IReadOnlyList<Stage> Stages)
{
    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>In order; the first is where leads arrive.</summary>
    public IReadOnlyList<Pipeline> Pipelines { get; init; } = [];

    /// <summary>In order, those in use.</summary>
    public IReadOnlyList<CustomField> Fields { get; init; } = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>In order, those that are not offered any more included.</summary>
    public IReadOnlyList<LostReason> LostReasons { get; init; } = [];

    /// <summary>Where leads arrive.</summary>
    public Stage FirstStage => Stages[0];

    /// <summary>The stages a lead in this one goes through, in order.</summary>
    public IReadOnlyList<Stage> PipelineOf(long stageId) =>
        Stage(stageId) is { } here ? [.. Stages.Where(stage => stage.PipelineId == here.PipelineId)] : Stages;

    public CustomField? Field(string key) => Fields.FirstOrDefault(field => string.Equals(field.Key, key, StringComparison.OrdinalIgnoreCase));

    public Stage? Stage(long id) => Stages.FirstOrDefault(stage => stage.Id == id);

    public Stage? Stage(string name) => Stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>yyyymmdd of a UTC time in the company's zone.</summary>
    public int Day(DateTime utc) => Days.Number(utc, Zone);

    /// <summary>When a day of the company's zone begins, in UTC.</summary>
    public DateTime StartOfDay(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, Zone).Date;
        return Zone.IsInvalidTime(local) ? TimeZoneInfo.ConvertTimeToUtc(local.AddHours(1), Zone) : TimeZoneInfo.ConvertTimeToUtc(local, Zone);
    }
}
