using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads.Board;

public sealed partial class BoardColumn
{
    [Parameter, EditorRequired] public BoardColumnState Column { get; set; } = null!;

    [Parameter, EditorRequired] public CompanyRules Company { get; set; } = null!;

    [Parameter, EditorRequired] public CompanyUsers People { get; set; } = null!;

    /// <summary>Query of the list the cards belong to.</summary>
    [Parameter, EditorRequired] public string From { get; set; } = "";

    /// <summary>UTC; what the days in the stage are counted from.</summary>
    [Parameter, EditorRequired] public DateTime Now { get; set; }

    /// <summary>The options of every card's stage, one markup for all.</summary>
    [Parameter, EditorRequired] public MarkupString Choices { get; set; }

    /// <summary>Somebody looks at this card, counted from the column's beginning.</summary>
    [Parameter, EditorRequired] public EventCallback<int> OnPlace { get; set; }

    [Parameter, EditorRequired] public EventCallback<(long LeadId, long StageId)> OnMove { get; set; }

    private Stage Stage => Column.Stage;

    private string Tone => Stage.Outcome switch { LeadOutcome.Won => "won", LeadOutcome.Lost => "lost", _ => "grey" };

    private bool IsStale(LeadRow row, int days) => row.Outcome is LeadOutcome.Open && days >= (Stage.StaleDays ?? LeadDesk.Leads.Stage.DefaultStaleDays);

    private Task PlaceAsync(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? OnPlace.InvokeAsync(row) : Task.CompletedTask;
}
