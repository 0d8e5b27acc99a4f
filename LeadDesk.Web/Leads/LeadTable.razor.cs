using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadTable
{
    /// <summary>As many letters of a message as a wide screen shows; the rest would only cost memory.</summary>
    private const int SnippetLength = 120;

    private CompanyRules? stagesOf;

    /// <summary>The options of every row's stage as one piece of markup: as elements they would be half of the page's memory.</summary>
    private MarkupString stages;

    [Parameter, EditorRequired] public IEnumerable<LeadRow> Rows { get; set; } = [];

    /// <summary>Leads that came in while the page was open; they slide in.</summary>
    [Parameter, EditorRequired] public IReadOnlySet<long> Arrived { get; set; } = new HashSet<long>();

    /// <summary>The view shown; its order is marked, and the lead page goes on through it.</summary>
    [Parameter, EditorRequired] public LeadListAddress Address { get; set; } = LeadListAddress.Default;

    [Parameter, EditorRequired] public CompanyRules Company { get; set; } = null!;

    [Parameter, EditorRequired] public CompanyUsers People { get; set; } = null!;

    /// <summary>The rows are about to be replaced.</summary>
    [Parameter] public bool Busy { get; set; }

    /// <summary>Moves a lead to a stage.</summary>
    [Parameter, EditorRequired] public EventCallback<(LeadRow Row, long StageId)> OnMove { get; set; }

    /// <summary>The address of a lead as a step of the list it is shown in.</summary>
    /// <param name="from">The list's query; empty for the list of all.</param>
    internal static string HrefOf(long leadId, string from) =>
        from.Length == 0 ? $"/leads/{leadId}" : $"/leads/{leadId}?from={Uri.EscapeDataString(from)}";

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(stagesOf, Company))
            return;
        stagesOf = Company;
        stages = StageOptions(Company);
    }

    private static MarkupString StageOptions(CompanyRules company)
    {
        var options = new StringBuilder();
        foreach (var stage in company.Stages)
            options.Append(CultureInfo.InvariantCulture, $"<option value=\"{stage.Id}\">{HtmlEncoder.Default.Encode(stage.Name)}</option>");
        return new MarkupString(options.ToString());
    }

    private static string? Snippet(string? message) =>
        message is { Length: > SnippetLength } ? string.Concat(message.AsSpan(0, char.IsHighSurrogate(message[SnippetLength - 1]) ? SnippetLength - 1 : SnippetLength), "…") : message;

    private string HrefOf(LeadRow row) => HrefOf(row.Id, Address.ToQuery());
}
