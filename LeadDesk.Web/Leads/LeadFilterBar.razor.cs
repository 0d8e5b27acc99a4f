using System.Globalization;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadFilterBar
{
    /// <summary>A menu of more people could not be read; the address takes any.</summary>
    private const int MostPeople = 100;

    private static readonly Grade[] Grades = [Grade.Hot, Grade.Warm, Grade.Cold];

    private static readonly string[] Periods = [LeadListAddress.Today, "7d", "30d"];

    private IReadOnlyList<LeadCondition> parts = [];
    private IReadOnlyList<MissingCondition> missing = [];
    private LeadCondition? changed;
    private string? refusal;
    private bool building, writing;

    [Parameter, EditorRequired] public LeadListAddress Address { get; set; } = LeadListAddress.Default;

    [Parameter, EditorRequired] public FilterScope Scope { get; set; } = null!;

    /// <summary>Channels in use.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Channels { get; set; } = [];

    /// <summary>The page shows every stage by itself.</summary>
    [Parameter] public bool WithoutStages { get; set; }

    private string? OwnerName => Address.Owner switch
    {
        null => null,
        LeadListAddress.Me => T["me"],
        LeadListAddress.Nobody => T["no one"],
        var id => Scope.Users.OwnerName(long.Parse(id, CultureInfo.InvariantCulture)),
    };

    protected override void OnParametersSet()
    {
        var read = Address.ReadFilter(Scope);
        var condition = read.Value?.Condition;
        refusal = read.Refusal?.Message;
        missing = read.Value?.Missing ?? [];
        parts = condition is LeadConditionGroup { Any: false } all ? all.Parts : condition is null ? [] : [condition];
    }

    /// <returns>What is not there any more; null when everything is.</returns>
    private string? MissingIn(LeadCondition part)
    {
        var sentences = missing.Where(gone => Holds(part, gone.Condition)).Select(gone => gone.Sentence).ToList();
        return sentences.Count is 0 ? null : string.Join(' ', sentences);
    }

    private static bool Holds(LeadCondition part, LeadCondition sought) => part == sought || (part is LeadConditionGroup group && group.Parts.Any(inner => Holds(inner, sought)));

    private LeadListAddress Without(LeadCondition part)
    {
        var rest = LeadFilterText.Print(LeadFilterText.Without(LeadFilterText.Parse(Address.Filter).Value, part));
        // A stage that is gone stands in the address by itself.
        var stage = part is LeadFieldCondition { Field: "stage" } && Address.StageOf(Scope.Company) is null ? null : Address.Stage;
        return Address with { Filter = rest.Length is 0 ? null : rest, Stage = stage };
    }

    private void Add() => (changed, writing, building) = (null, false, true);

    private void Change(LeadCondition part) => (changed, writing, building) = (part, false, true);

    private void Write() => (changed, writing, building) = (null, true, true);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private string Clear(Func<LeadListAddress, LeadListAddress> without) => without(Address).Href;

    private string? ChannelName(string? channel) => channel is null ? null : ChannelIcon.NameOf(channel, T);

    private string? ArrivedWords(string? arrived) => arrived switch
    {
        null => null,
        LeadListAddress.Today => T["today"],
        _ when LeadListAddress.Days(arrived) is { } days => T["in the last {0} days", days],
        _ => DateOnly.TryParse(arrived, CultureInfo.InvariantCulture, out var day) ? T["on {0}", day.ToString("d MMM yyyy", CultureInfo.CurrentCulture)] : arrived,
    };
}
