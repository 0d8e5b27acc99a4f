using System.Globalization;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Forms;

/// <summary>
/// The answers of a form of any shape: plain members, members inside others, and lists of questions with answers as connectors
/// send them (<c>[{"name":"email","value":"a@b.co"}]</c>, <c>{"email":{"title":"E-mail","value":"a@b.co"}}</c>).
/// </summary>
internal sealed class FormAnswers
{
    // What stands around the fields and says nothing about them.
    private static readonly HashSet<string> Wrappers = new(StringComparer.OrdinalIgnoreCase)
    {
        "data", "lead", "fields", "field", "payload", "body", "json", "form_data", "formdata", "form_fields", "form-fields", "form_response", "submission", "submissions", "answers", "answer",
        "responses", "response", "values", "item_meta", "wpforms", "rawRequest", "entry", "record", "contact", "customer", "person", "visitor", "attributes", "properties", "questions", "field_data",
    };

    private static readonly string[] PairKeys = ["key", "name", "field", "field_name", "fieldName", "column_id", "slug", "ref", "id", "question_id", "questionId"];
    private static readonly string[] PairLabels = ["label", "title", "question", "column_name", "field_label", "fieldLabel", "name", "field"];
    private static readonly string[] PairValues = ["value", "values", "answer", "answers", "string_value", "raw_value", "response"];

    private static readonly HashSet<string> PairMembers = new([.. PairKeys, .. PairLabels, .. PairValues, "type", "required", "raw", "options", "field_type", "fieldType", "value_raw", "order", "index"], StringComparer.OrdinalIgnoreCase);

    private readonly List<FormAnswer> answers = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public IReadOnlyList<FormAnswer> All => answers;

    public static IReadOnlyList<FormAnswer> Of(FormNode node)
    {
        var form = new FormAnswers();
        form.AddAll(node);
        return form.All;
    }

    public void AddAll(FormNode node) => Add("", null, node);

    /// <summary>Values of a key that is there already join it; the same value twice is one.</summary>
    public void Add(FormAnswer answer)
    {
        var key = answer.Key.Trim();
        if (!places.TryGetValue(key, out var place))
        {
            places[key] = answers.Count;
            answers.Add(answer with { Key = key });
            return;
        }

        var before = answers[place];
        string[] values = [.. before.Values.Where(value => value.Length > 0), .. answer.Values.Where(value => value.Length > 0 && !before.Values.Contains(value, StringComparer.Ordinal))];
        answers[place] = before with { Label = before.Label ?? answer.Label, Values = values.Length > 0 ? values : before.Values, Hint = before.Hint ?? answer.Hint };
    }

    /// <summary>All texts inside, in order.</summary>
    public static IEnumerable<string> Texts(FormNode node)
    {
        if (node.Text is { } text)
            return [text];
        return node.Items.SelectMany(Texts).Concat(node.Members.SelectMany(member => Texts(member.Value)));
    }

    private void Add(string path, string? label, FormNode node)
    {
        if (node.Text is { } text)
            Add(new FormAnswer(path, label, [text]));
        else if (node.IsObject && path.Length > 0 && IsPair(node, named: true))
            Add(new FormAnswer(path, node.TextOf(PairLabels) ?? label, [.. Value(node)]));
        else if (node.IsObject)
            AddMembers(path, node);
        else if (node.IsList)
            AddItems(path, label, node);
        else if (path.Length > 0)
            Add(new FormAnswer(path, label, []));
    }

    private void AddMembers(string path, FormNode node)
    {
        foreach (var (name, value) in node.Members)
        {
            var key = name.Trim();
            if (value.Text is null && Wrappers.Contains(key))
                Add(path, null, value);
            else if (path.Length is 0)
                Add(key, null, value);
            else
                Add($"{path}.{key}", key, value); // Inside others the last name tells what it is: "billing.city".
        }
    }

    private void AddItems(string path, string? label, FormNode node)
    {
        if (node.Items.All(item => item.Text is not null))
        {
            // A wrapper's list of plain texts belongs to nobody.
            Add(new FormAnswer(path, label, [.. node.Items.Select(item => item.Text!)]));
            return;
        }

        foreach (var (index, item) in node.Items.Index())
        {
            if (item.IsObject && IsPair(item, named: false))
                AddPair(item);
            else if (path.Length is 0)
                Add("", null, item);
            else
                Add(string.Create(CultureInfo.InvariantCulture, $"{path}.{index + 1}"), label, item);
        }
    }

    private void AddPair(FormNode pair)
    {
        var key = pair.TextOf(PairKeys) ?? pair.TextOf(PairLabels)!;
        var label = pair.TextOf(PairLabels);
        Add(new FormAnswer(key, label == key ? null : label, [.. Value(pair)]));
    }

    /// <param name="named">Its key stands before it, so that it needs none inside.</param>
    public static bool IsPair(FormNode node, bool named) =>
        node.Members.All(member => PairMembers.Contains(member.Name.Trim()))
        && PairValues.Any(node.Has)
        && (named || node.TextOf(PairKeys) is not null || node.TextOf(PairLabels) is not null);

    private static IEnumerable<string> Value(FormNode pair)
    {
        var found = PairValues.Select(name => pair[name]).OfType<FormNode>().ToList();
        var best = found.FirstOrDefault(value => value.IsList || value.IsObject || !string.IsNullOrWhiteSpace(value.Text)) ?? found[0];
        return Texts(best);
    }
}
