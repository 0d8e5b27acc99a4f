using LeadDesk.Intake.Import.Guessing;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>Where a row's lead stands, whose it is and what it is marked with. Pure; what was looked up once is remembered.</summary>
internal sealed class RowPlaces(RowCells source, ImportRules rules, ImportSetting setting)
{
    private const int MostTags = 20;
    private const int LongestTag = 50;

    private readonly Dictionary<string, Stage?> stages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long?> owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? fixedOwner = source.Constant(ImportTarget.Owner);
    private readonly string? fixedStage = source.Constant(ImportTarget.Stage);

    /// <summary>Stage, owner and tags; a stage or person that is not known here stays among the answers as it was written.</summary>
    public void Read(ImportedRow row, List<string> cells)
    {
        foreach (var column in source.Of(ImportTarget.Stage))
        {
            if (source.Cell(cells, column) is not { } written)
                continue;
            if (!stages.TryGetValue(written, out var stage))
                stages[written] = stage = ValueWords.Stage(column.Values?.GetValueOrDefault(written) ?? written, setting.Company.Stages);
            row.Stage ??= stage;
            if (stage is null)
                Leave(row, column, "stage", written);
        }

        foreach (var column in source.Of(ImportTarget.Owner))
        {
            if (source.Cell(cells, column) is not { } written)
                continue;
            if (!owners.TryGetValue(written, out var owner))
                owners[written] = owner = ValueWords.Owner(column.Values?.GetValueOrDefault(written) ?? written, setting.Users)?.Id;
            row.OwnerId ??= owner;
            if (owner is null)
                Leave(row, column, "owner", written);
        }

        row.Stage ??= fixedStage is null ? null : ValueWords.Stage(fixedStage, setting.Company.Stages);
        row.OwnerId ??= fixedOwner is null ? null : ValueWords.Owner(fixedOwner, setting.Users)?.Id;
        if (source.Of(ImportTarget.Tags).Length > 0 || rules.Constants.ContainsKey("tags"))
            row.Tags = Tags(cells);
    }

    private void Leave(ImportedRow row, ImportColumn column, string target, string written)
    {
        source.Rest.Add((column.Name, written));
        row.Unknown = [.. row.Unknown, (column.Name, target, RowCells.Short(written))];
    }

    private List<string> Tags(List<string> cells)
    {
        var tags = new List<string>();
        var written = source.Of(ImportTarget.Tags).Select(column => source.Cell(cells, column)).Append(source.Constant(ImportTarget.Tags)).OfType<string>();
        foreach (var tag in written.SelectMany(static text => text.Split([',', ';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var name = tag.TrimStart('#');
            if (name.Length is > 0 and <= LongestTag && tags.Count < MostTags && !tags.Contains(name, StringComparer.OrdinalIgnoreCase))
                tags.Add(name);
        }

        return tags;
    }
}
