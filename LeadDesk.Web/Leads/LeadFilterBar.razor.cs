using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
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

    [Parameter, EditorRequired] public LeadListAddress Address { get; set; } = LeadListAddress.Default;

    [Parameter, EditorRequired] public CompanyRules Company { get; set; } = null!;

    [Parameter, EditorRequired] public CompanyUsers People { get; set; } = null!;

    /// <summary>Channels in use.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Channels { get; set; } = [];

    [Parameter, EditorRequired] public CurrentUser User { get; set; } = null!;

    private string? OwnerName => Address.Owner switch
    {
        null => null,
        LeadListAddress.Me => T["me"],
        LeadListAddress.Nobody => T["no one"],
        var id => People.OwnerName(long.Parse(id, CultureInfo.InvariantCulture)),
    };

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
