using System.Text.Json.Nodes;
using LeadDesk.Common;
using LeadDesk.Intake.Import.Rows;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Running;

/// <summary>Tags, custom fields and other answers that rows bring. Pure like <see cref="ImportPlanner"/>, of which it is a part.</summary>
internal sealed class ImportLabels(IntakeState state, IntakeRows rows, ImportOrder order)
{
    public void Add(Lead lead, ImportedRow row)
    {
        if (row.Tags.Count > 0)
            state.Tags[lead.Id] = AddTags(lead, row, []);
        foreach (var field in row.Fields)
            SetField(lead, field);
    }

    /// <returns>What was changed.</returns>
    public List<ChangedFact> Change(Lead lead, ImportedRow row, bool overwrite)
    {
        var changes = new List<ChangedFact>();
        if (row.Tags.Count > 0)
        {
            var before = state.Tags.GetValueOrDefault(lead.Id) ?? [];
            var added = AddTags(lead, row, before);
            if (added.Count > 0)
            {
                changes.Add(new(LeadTexts.Tags, null, string.Join(',', added)));
                state.Tags[lead.Id] = [.. before, .. added];
            }
        }

        foreach (var field in row.Fields)
        {
            var key = (lead.Id, field.Field.Id);
            var before = state.FieldValues.GetValueOrDefault(key) ?? [];
            if ((before.Count > 0 && !overwrite) || Same(before, field.Values))
                continue;
            if (before.Count > 0)
                rows.ClearedFields.Add(key);
            SetField(lead, field);
            changes.Add(new($"{LeadTexts.FieldPrefix}{field.Field.Id}", FieldText.Write(before), FieldText.Write(field.Values)));
        }

        return changes;
    }

    private HashSet<long> AddTags(Lead lead, ImportedRow row, HashSet<long> here)
    {
        var added = new HashSet<long>();
        foreach (var name in row.Tags)
        {
            if (order.TagIds.TryGetValue(SearchText.Fold(name), out var id) && !here.Contains(id) && added.Add(id))
                rows.Tags.Add(new LeadTag { CompanyId = order.CompanyId, LeadId = lead.Id, TagId = id });
        }

        return added;
    }

    private void SetField(Lead lead, ReadField field)
    {
        foreach (var value in field.Values)
            rows.FieldValues.Add(new CustomFieldValue { CompanyId = order.CompanyId, LeadId = lead.Id, FieldId = value.FieldId, Position = value.Position, Number = value.Number, Key = value.Key, Text = value.Text });
        state.FieldValues[(lead.Id, field.Field.Id)] = [.. field.Values];
    }

    private static bool Same(IReadOnlyList<CustomFieldValue> before, IReadOnlyList<CustomFieldValue> after) => FieldText.Write(before) == FieldText.Write(after);

    /// <summary>The answers of both, each under its own name.</summary>
    public static string? Answers(string? here, string? given, bool overwrite)
    {
        if (given is null || here == given)
            return here;
        if (here is null)
            return given;
        if (JsonNode.Parse(here) is not JsonObject all || JsonNode.Parse(given) is not JsonObject more)
            return here;
        var changed = false;
        foreach (var (name, value) in more)
        {
            if (all.ContainsKey(name) && (!overwrite || JsonNode.DeepEquals(all[name], value)))
                continue;
            all[name] = value?.DeepClone();
            changed = true;
        }

        return changed ? all.ToJsonString(JsonText.Readable) : here;
    }
}
