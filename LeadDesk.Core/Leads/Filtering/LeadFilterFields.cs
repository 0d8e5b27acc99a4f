using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Leads.Fields;
using LeadDesk.Scoring;

namespace LeadDesk.Leads.Filtering;

/// <summary>Every field that leads can be filtered by, with what it can be asked.</summary>
public static class LeadFilterFields
{
    public const string CustomPrefix = "cf.";
    public const string Me = "me";
    public const string Nobody = "nobody";
    public const string MyTeam = "my_team";
    public const string Yes = "yes";
    public const string No = "no";
    public const string Overdue = "overdue";

    private static readonly FilterOperator[] Emptiness = [FilterOperator.Empty, FilterOperator.NotEmpty];
    private static readonly FilterOperator[] Choosing = [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.AnyOf, FilterOperator.NoneOf];
    private static readonly FilterOperator[] Flagging = [FilterOperator.Is, FilterOperator.IsNot];

    private static readonly FilterOperator[] Writing =
        [FilterOperator.Contains, FilterOperator.NotContains, FilterOperator.Is, FilterOperator.IsNot, FilterOperator.AnyOf, FilterOperator.NoneOf, FilterOperator.StartsWith, .. Emptiness];

    private static readonly FilterOperator[] Counting =
        [FilterOperator.AtLeast, FilterOperator.AtMost, FilterOperator.Greater, FilterOperator.Less, FilterOperator.Between, FilterOperator.Is, FilterOperator.IsNot];

    private static readonly FilterOperator[] Dating =
    [
        FilterOperator.Is, FilterOperator.InLast, FilterOperator.InNext, FilterOperator.Before, FilterOperator.After, FilterOperator.Between,
        FilterOperator.Less, FilterOperator.AtMost, FilterOperator.Greater, FilterOperator.AtLeast,
    ];

    private static readonly FilterChoice[] YesOrNo = [new(Yes, "Yes"), new(No, "No")];
    private static readonly FilterChoice[] Periods = [.. FilterPeriods.All.Select(name => new FilterChoice(name, char.ToUpperInvariant(name[0]) + name[1..]))];

    private static readonly LeadFilterField[] Fixed =
    [
        Text("name", "Name"), Text("phone", "Phone"), Text("email", "Email"), Text("organisation", "Organisation"), Text("job_title", "Job title"),
        Text("city", "City"), Text("country", "Country"), Text("interest", "Interest"), Text("campaign", "Campaign"), Text("source", "Source"),
        new("messages", "Messages", FilterFieldKind.Text, [FilterOperator.Contains, FilterOperator.NotContains], []),
        new("channel", "Channel", FilterFieldKind.Choice, Choosing, [], Open: true),
        new("grade", "Grade", FilterFieldKind.Choice, Choosing, [.. Enum.GetValues<Grade>().Reverse().Select(grade => new FilterChoice(grade.ToWord().ToLowerInvariant(), grade.ToWord()))]),
        new("score", "Score", FilterFieldKind.Number, Counting, []),
        Words<Intent>("intent", "Intent"), Words<Urgency>("urgency", "Urgency"), Words<LeadOutcome>("outcome", "Outcome"), Words<LeadKind>("kind", "Kind"),
        new("response", "Response", FilterFieldKind.Choice, Choosing, [new("waiting", "Waiting"), new(Overdue, "Overdue"), new("answered", "Answered")]),
        new("value", "Value", FilterFieldKind.Money, [.. Counting, .. Emptiness], []),
        new("created", "Arrived", FilterFieldKind.Date, Dating, Periods),
        new("last_activity", "Last activity", FilterFieldKind.Date, Dating, Periods),
        new("follow_up", "Next follow-up", FilterFieldKind.Date, [.. Dating, .. Emptiness], [new(Overdue, "Overdue"), new("none", "None"), .. Periods]),
        new("exported", "Exported", FilterFieldKind.Flag, Flagging, YesOrNo), new("test", "Test", FilterFieldKind.Flag, Flagging, YesOrNo),
        new("import", "Import", FilterFieldKind.Choice, [.. Choosing, .. Emptiness], [], Open: true),
    ];

    /// <summary>Those of every lead, then the company's own.</summary>
    public static IReadOnlyList<LeadFilterField> All(FilterScope scope) => [.. Fixed, .. OfCompany(scope), .. scope.Company.Fields.Select(Custom)];

    /// <returns>Null when there is none: a word that never was, or a custom field that is gone.</returns>
    public static LeadFilterField? Find(string word, FilterScope scope)
    {
        if (!word.StartsWith(CustomPrefix, StringComparison.Ordinal))
            return Array.Find(Fixed, field => field.Word == word) ?? OfCompany(scope).FirstOrDefault(field => field.Word == word);
        return FindCustom(word, scope.Company) is { } custom ? Custom(custom) : null;
    }

    /// <param name="word"><c>cf.</c> with a key or an id.</param>
    internal static CustomField? FindCustom(string word, CompanyRules company)
    {
        var key = word[CustomPrefix.Length..];
        return company.Field(key)
            ?? (long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? company.Fields.FirstOrDefault(field => field.Id == id) : null);
    }

    private static IEnumerable<LeadFilterField> OfCompany(FilterScope scope)
    {
        var (company, people) = (scope.Company, scope.Users.All.Where(user => user.Role is not Role.Integration).Select(user => new FilterChoice($"{user.Id}", user.Name)).ToArray());
        yield return new("stage", "Stage", FilterFieldKind.Choice, Choosing, Named(company.Stages.Select(stage => stage.Name)));
        yield return new("pipeline", "Pipeline", FilterFieldKind.Choice, Choosing, Named(company.Pipelines.Select(pipeline => pipeline.Name)));
        yield return new("owner", "Owner", FilterFieldKind.Choice, [.. Choosing, .. Emptiness], [new(Me, "Me"), new(Nobody, "Nobody"), new(MyTeam, "My team"), .. people]);
        yield return new("helper", "Helper", FilterFieldKind.Choice, [.. Choosing, .. Emptiness], [new(Me, "Me"), .. people]);
        yield return new("tag", "Tag", FilterFieldKind.Choice, [.. Choosing, .. Emptiness], Named(company.Tags.Select(tag => tag.Name)));
        yield return new("lost_reason", "Lost reason", FilterFieldKind.Choice, [.. Choosing, .. Emptiness], Named(company.LostReasons.Select(reason => reason.Name)));
    }

    private static LeadFilterField Custom(CustomField field)
    {
        var (kind, operators, choices) = field.Type switch
        {
            CustomFieldType.Number => (FilterFieldKind.Number, Counting, []),
            CustomFieldType.Money => (FilterFieldKind.Money, Counting, []),
            CustomFieldType.Date => (FilterFieldKind.Date, Dating, Periods),
            CustomFieldType.Choice or CustomFieldType.MultiChoice => (FilterFieldKind.Choice, Choosing, Named(CustomFieldOptions.Of(field).Select(option => option.Name))),
            CustomFieldType.Check => (FilterFieldKind.Flag, Flagging, YesOrNo),
            _ => (FilterFieldKind.Text, Writing, Array.Empty<FilterChoice>()),
        };
        return new LeadFilterField($"{CustomPrefix}{field.Key}", field.Name, kind, [.. operators.Union(kind is FilterFieldKind.Flag ? [] : Emptiness)], choices) { Custom = field };
    }

    private static LeadFilterField Text(string word, string label) => new(word, label, FilterFieldKind.Text, Writing, []);

    private static LeadFilterField Words<T>(string word, string label)
        where T : struct, Enum =>
        new(word, label, FilterFieldKind.Choice, Choosing, [.. Enum.GetNames<T>().Select(name => new FilterChoice(name.ToLowerInvariant(), name))]);

    private static FilterChoice[] Named(IEnumerable<string> names) => [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new FilterChoice(name, name))];
}
