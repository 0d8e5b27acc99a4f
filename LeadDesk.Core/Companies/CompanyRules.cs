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
    /// <summary>Where leads arrive.</summary>
    public Stage FirstStage => Stages[0];

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
