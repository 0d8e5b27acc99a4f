using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Intake.Import.Rows;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import.Running;

/// <summary>Plans every row of a file as a run would, writes nothing, and counts. Not thread-safe; one for each run.</summary>
internal sealed class DryRun(ImportSetting setting, ImportOrder order)
{
    private const int SamplesOfEach = 10;
    private const int RejectedSamples = 50;
    private const int MostUnknown = 200;
    private const int MostNewTags = 500;

    private readonly FileKeys keys = new();
    private readonly HashSet<long> touched = [];
    private readonly Dictionary<string, List<ImportSample>> samples = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Column, string Target, string Value), int> unknown = [];
    private readonly Dictionary<string, string> newTags = new(StringComparer.Ordinal);
    private ImportSummary summary = new();

    public void Add(PreparedRows batch, IntakeState state, DateTime now)
    {
        var planner = new IntakePlanner(state, now);
        var rowsPlanner = planner.For(order);
        foreach (var item in batch.Items)
        {
            Count(item, Plan(rowsPlanner, item, state));
            Remember(item);
            Notice(item);
        }

        foreach (var rejected in batch.Rejected)
            Reject(rejected);
        summary = summary with { Rows = summary.Rows + batch.Count, Share = batch.Share };
    }

    public ImportSummary Result(bool isWhole) => summary with
    {
        Samples = [.. samples.Values.SelectMany(static list => list).OrderBy(static sample => sample.Row)],
        UnknownValues = [.. unknown.OrderByDescending(static value => value.Value).Select(static value => new UnknownValue(value.Key.Column, value.Key.Target, value.Key.Value, value.Value))],
        NewTags = [.. newTags.Values],
        Share = isWhole ? 1 : Math.Min(0.99, summary.Share),
    };

    private RowOutcome Plan(ImportPlanner planner, IntakeItem item, IntakeState state)
    {
        foreach (var (kind, value) in Addresses(item))
        {
            if (state.Contacts.ContainsKey(new(order.CompanyId, kind, value)))
                break;
            if (keys.Find(Word(kind), value) is { } row)
                return new(ImportRowState.DuplicateInFile, new Lead { Channel = "" }, [], $"The same person as in row {row}");
        }

        var outcome = planner.Plan(item, touched);
        if (outcome.Lead.Id > 0)
            touched.Add(outcome.Lead.Id);
        return outcome;
    }

    private void Remember(IntakeItem item)
    {
        foreach (var (kind, value) in Addresses(item))
            keys.Add(Word(kind), value, item.Row!.Number);
    }

    private void Count(IntakeItem item, RowOutcome outcome)
    {
        summary = outcome.State switch
        {
            null => summary with { Added = summary.Added + 1 },
            ImportRowState.Updated => summary with { Updated = summary.Updated + 1 },
            ImportRowState.Joined => summary with { Joined = summary.Joined + 1 },
            ImportRowState.DuplicateInFile => summary with { Duplicates = summary.Duplicates + 1 },
            _ => summary with { Skipped = summary.Skipped + 1 },
        };
        var word = ImportWords.Outcome(outcome.State);
        if (!HasRoom(word, SamplesOfEach))
            return;
        var shown = outcome.State is null or ImportRowState.DuplicateInFile ? [] : outcome.Changes.Where(static change => LeadTexts.IsShown(change.Name)).Select(Show).ToList();
        Sample(word, new(item.Row!.Number, word, item.Candidate.Name, item.Candidate.Phone, item.Candidate.Email, outcome.Lead.Id > 0 ? outcome.Lead.Id : null, outcome.Reason, shown));
    }

    /// <summary>Ids become names.</summary>
    private ImportChange Show(ChangedFact change)
    {
        string? Name(string? text) => text is null ? null : change.Name switch
        {
            "status" => setting.Company.Stage(long.Parse(text, CultureInfo.InvariantCulture))?.Name,
            "owner" => setting.Users.FirstOrDefault(user => user.Id == long.Parse(text, CultureInfo.InvariantCulture))?.Name,
            "value" => (long.Parse(text, CultureInfo.InvariantCulture) / 100m).ToString("0.##", CultureInfo.InvariantCulture),
            LeadTexts.Tags => string.Join(", ", text.Split(',').Select(id => order.TagIds.FirstOrDefault(tag => tag.Value.ToString(CultureInfo.InvariantCulture) == id).Key)),
            _ => text,
        };
        if (!change.Name.StartsWith(LeadTexts.FieldPrefix, StringComparison.Ordinal))
            return new(change.Name, Name(change.Before), Name(change.After));
        var id = long.Parse(change.Name.AsSpan(LeadTexts.FieldPrefix.Length), CultureInfo.InvariantCulture);
        var field = setting.Company.Fields.FirstOrDefault(one => one.Id == id);
        return new(field?.Name ?? change.Name, field is null ? change.Before : FieldWordsOf(field, change.Before), field is null ? change.After : FieldWordsOf(field, change.After));
    }

    private static string? FieldWordsOf(CustomField field, string? stored)
    {
        var values = FieldText.Read(stored, field.Id);
        return values.Count is 0 ? null : CustomFieldValues.Print(field, values);
    }

    private void Reject(ImportedRow row)
    {
        summary = summary with { Rejected = summary.Rejected + 1 };
        const string word = "rejected";
        if (HasRoom(word, RejectedSamples))
            Sample(word, new(row.Number, word, null, null, null, null, row.Problem, []));
    }

    /// <summary>Stages and people that nobody here knows, and tags that will be made.</summary>
    private void Notice(IntakeItem item)
    {
        foreach (var name in item.Row!.Tags)
        {
            var folded = SearchText.Fold(name);
            if (newTags.Count < MostNewTags && !order.TagIds.ContainsKey(folded))
                newTags.TryAdd(folded, name);
        }

        foreach (var value in item.Row.Unknown)
        {
            if (unknown.Count < MostUnknown || unknown.ContainsKey(value))
                unknown[value] = unknown.GetValueOrDefault(value) + 1;
        }
    }

    private bool HasRoom(string word, int most) => !samples.TryGetValue(word, out var list) || list.Count < most;

    private void Sample(string word, ImportSample sample)
    {
        if (!samples.TryGetValue(word, out var list))
            samples[word] = list = [];
        list.Add(sample);
    }

    private static IEnumerable<(ContactKind Kind, string Value)> Addresses(IntakeItem item)
    {
        if (item.Candidate is { PhoneValid: true, Phone: { } phone })
            yield return (ContactKind.Phone, phone);
        if (item.Candidate is { EmailValid: true, Email: { } email })
            yield return (ContactKind.Email, email);
        if (item.ChannelId is { } id)
            yield return (ContactKind.ChannelId, id);
    }

    private static string Word(ContactKind kind) => kind switch { ContactKind.Phone => "p", ContactKind.Email => "e", _ => "c" };
}
