using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Views;
using LeadDesk.Web.Leads.Views;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadTable
{
    /// <summary>As many letters of a message as a wide screen shows; the rest would only cost memory.</summary>
    private const int SnippetLength = 120;

    private const int PickWidth = 40;
    private const int NameWidth = 240;

    private CompanyRules? stagesOf;

    /// <summary>The options of every row's stage as one piece of markup: as elements they would be half of the page's memory.</summary>
    private MarkupString stages;

    private long? lastPicked;

    [Parameter, EditorRequired] public IEnumerable<LeadRow> Rows { get; set; } = [];

    /// <summary>How many rows stand above and below these; scrolling there asks for them.</summary>
    [Parameter, EditorRequired] public int Before { get; set; }

    [Parameter, EditorRequired] public int After { get; set; }

    /// <summary>Changes with everything that is read.</summary>
    [Parameter, EditorRequired] public int Loaded { get; set; }

    /// <summary>Changes when another list takes this one's place; it is then shown from its beginning.</summary>
    [Parameter, EditorRequired] public int Run { get; set; }

    /// <summary>How many rows the list has; null when that is not known.</summary>
    [Parameter] public int? Total { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<LeadColumn> Columns { get; set; } = [];

    /// <summary>Somebody chose the columns: all are shown, and the table scrolls sideways rather than hide some.</summary>
    [Parameter] public bool Arranged { get; set; }

    /// <summary>Rows of 48 instead of 40 pixels.</summary>
    [Parameter] public bool Roomy { get; set; }

    /// <summary>What is known of a lead beside its row; null when no column shows any of it.</summary>
    [Parameter, EditorRequired] public Func<long, LeadColumnValues?> Extras { get; set; } = _ => null;

    [Parameter, EditorRequired] public LeadSelection Selection { get; set; } = null!;

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

    /// <summary>Asks for another owner; not given to those who may not assign.</summary>
    [Parameter] public EventCallback<LeadRow> OnAssign { get; set; }

    /// <summary>Somebody looks at this row, counted from the beginning of the list.</summary>
    [Parameter, EditorRequired] public EventCallback<int> OnPlace { get; set; }

    /// <summary>Somebody moved or resized a column: changes a layout accordingly.</summary>
    [Parameter, EditorRequired] public EventCallback<Func<ColumnLayout, ColumnLayout>> OnArrange { get; set; }

    private string FrameCss => Roomy ? "table-frame list-frame roomy" : "table-frame list-frame";

    private string TableCss => Arranged ? "table leads arranged" : "table leads";

    private int LeastWidth => PickWidth + NameWidth + Columns.Sum(column => column.Width);

    private bool AllShown => Rows.Any() && Rows.All(row => Selection.Contains(row.Id));

    private bool IsOrder(LeadColumn column) => column.Sort is { } sort && Address.IsSortedBy(sort, column.Field?.Key);

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

    private MarkupString StagesOf(LeadRow row) => RendererInfo.IsInteractive ? stages : Chosen(stages, row.StageId);

    /// <summary>The options with one chosen, for HTML: only a circuit sets the value of a select whose options are markup.</summary>
    internal static MarkupString Chosen(MarkupString options, long stageId) =>
        new(options.Value.Replace(string.Create(CultureInfo.InvariantCulture, $"<option value=\"{stageId}\">"), string.Create(CultureInfo.InvariantCulture, $"<option value=\"{stageId}\" selected>"), StringComparison.Ordinal));

    internal static MarkupString StageOptions(CompanyRules company)
    {
        var options = new StringBuilder();
        var several = company.Pipelines.Count > 1;
        foreach (var group in company.Stages.GroupBy(stage => stage.PipelineId))
        {
            if (several)
                options.Append(CultureInfo.InvariantCulture, $"<optgroup label=\"{Encoded(company.Pipelines.FirstOrDefault(pipeline => pipeline.Id == group.Key)?.Name)}\">");
            foreach (var stage in group)
                options.Append(CultureInfo.InvariantCulture, $"<option value=\"{stage.Id}\">{Encoded(stage.Name)}</option>");
            if (several)
                options.Append("</optgroup>");
        }

        return new MarkupString(options.ToString());
    }

    private static string Encoded(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    internal static string? Snippet(string? message) =>
        message is { Length: > SnippetLength } ? string.Concat(message.AsSpan(0, char.IsHighSurrogate(message[SnippetLength - 1]) ? SnippetLength - 1 : SnippetLength), "…") : message;

    private string HrefOf(LeadRow row) => HrefOf(row.Id, Address.ToQuery());

    private string OwnerOf(LeadRow row) => row.OwnerId is null ? T["Nobody"] : People.OwnerName(row.OwnerId);

    private LeadColumnValues? ExtrasOf(LeadRow row) => Extras(row.Id);

    private IEnumerable<Tag> Named(LeadColumnValues? extras) => extras is null ? [] : Company.Tags.Where(tag => extras.Tags.Contains(tag.Id));

    private string? Words(LeadColumn column, LeadRow row) => column.Word switch
    {
        "phone" => row.Phone,
        "email" => row.Email,
        "organisation" => row.Organisation,
        "job_title" => row.JobTitle,
        "city" => row.City,
        "country" => row.Country,
        "interest" => Snippet(row.Interest),
        "urgency" => T.Of(row.Urgency),
        "value" => LeadMoney.Show(ExtrasOf(row)?.Value, Company.Currency),
        "helpers" => string.Join(", ", (ExtrasOf(row)?.Helpers ?? []).Select(id => People.OwnerName(id))),
        "lost_reason" => ExtrasOf(row)?.LostReasonId is { } id ? Company.LostReasons.FirstOrDefault(reason => reason.Id == id)?.Name : null,
        "campaign" => row.Campaign,
        "source" => row.Source,
        "messages" => row.MessageCount.ToString("N0", CultureInfo.CurrentCulture),
        "submissions" => row.SubmissionCount.ToString("N0", CultureInfo.CurrentCulture),
        "kind" => ExtrasOf(row)?.Kind switch { LeadKind.Form => T["Form"].Value, LeadKind.Conversation => T["Conversation"].Value, _ => null },
        "external_id" => row.ExternalId,
        "id" => row.Id.ToString(CultureInfo.CurrentCulture),
        _ when column.Field is { } field && ExtrasOf(row) is { } extras && extras.Fields.Where(value => value.FieldId == field.Id).ToList() is { Count: > 0 } values =>
            Snippet(CustomFieldValues.Show(field, values, CultureInfo.CurrentCulture, Company.Currency)),
        _ => null,
    };

    /// <summary>With shift everything from the row that was picked before.</summary>
    private void Pick(long id, bool range)
    {
        var shown = Rows.Select(row => row.Id).ToList();
        var (from, to) = (lastPicked is { } last ? shown.IndexOf(last) : -1, shown.IndexOf(id));
        var select = !Selection.Contains(id);
        lastPicked = id;
        if (!range || from < 0 || to < 0)
        {
            Selection.Toggle(id);
            return;
        }

        var between = shown.GetRange(Math.Min(from, to), Math.Abs(to - from) + 1);
        if (select)
            Selection.Range(between);
        else
            Selection.Without(between);
    }

    private void PickShown()
    {
        if (AllShown && Selection.All)
            Selection.Clear();
        else if (AllShown)
            Selection.Without(Rows.Select(row => row.Id));
        else
            Selection.Range(Rows.Select(row => row.Id));
    }

    private Task PlaceAsync(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? OnPlace.InvokeAsync(row) : Task.CompletedTask;

    /// <summary><c>width word 140</c> or <c>place word 3</c>, as js/lists.js says it.</summary>
    private Task ArrangeAsync(ChangeEventArgs change)
    {
        if ((change.Value as string)?.Split(' ') is not [var what, var word, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Task.CompletedTask;
        return OnArrange.InvokeAsync(layout => what is "width" ? layout.Resized(word, number) : layout.Placed(word, number));
    }
}
