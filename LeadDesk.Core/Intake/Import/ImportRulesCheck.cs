using LeadDesk.Common;
using LeadDesk.Intake.Import.Guessing;

namespace LeadDesk.Intake.Import;

/// <summary>Rules against what the company has. Pure.</summary>
internal static class ImportRulesCheck
{
    /// <summary>A column that got a new target without values gets those that can be guessed.</summary>
    public static ImportRules Complete(ImportRules before, ImportRules after, IReadOnlyList<ColumnProfile> profiles, ImportSetting setting) => after with
    {
        Columns =
        [
            .. after.Columns.Select((column, index) => column.To is ImportTarget.Stage or ImportTarget.Owner && column.Values is null && before.Columns[index].To != column.To
                ? column with { Values = ColumnGuesser.ValuesOf(column.To, profiles[index], setting) }
                : column),
        ],
    };

    public static Refusal? Check(ImportRules rules, ImportSetting setting)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var column in rules.Columns.Where(column => column.To is ImportTarget.Field && setting.Company.Field(column.Field!) is null))
            errors[$"mapping.columns.{column.Name}"] = [$"There is no custom field “{column.Field}”. Add it under Settings, Fields, or choose another target."];
        foreach (var constant in rules.Constants)
        {
            if (ImportMappingJson.Target(constant.Key) is { Target: ImportTarget.Field, Field: { } key } && setting.Company.Field(key) is null)
                errors[$"mapping.constants.{constant.Key}"] = [$"There is no custom field “{key}”."];
            else if (ImportMappingJson.Target(constant.Key) is { Target: ImportTarget.Stage } && ValueWords.Stage(constant.Value, setting.Company.Stages) is null)
                errors[$"mapping.constants.{constant.Key}"] = [$"There is no stage “{constant.Value}”. Use one of: {string.Join(", ", setting.Company.Stages.Select(stage => stage.Name))}."];
            else if (ImportMappingJson.Target(constant.Key) is { Target: ImportTarget.Owner } && ValueWords.Owner(constant.Value, setting.Users) is null)
                errors[$"mapping.constants.{constant.Key}"] = [$"There is nobody “{constant.Value}” who can own leads. Give a name or an e-mail of the team."];
        }

        return errors.Count is 0 ? null : Refusal.Invalid(errors);
    }
}
