using LeadDesk.Leads;
using LeadDesk.Leads.Board;

namespace LeadDesk.Web.Leads.Board;

/// <summary>One stage of the board as an open page holds it.</summary>
public sealed class BoardColumnState
{
    /// <summary>Cards are higher than rows: fewer fill a screen.</summary>
    private const int CardsAtOnce = 12;

    internal BoardColumnState(Stage stage, LeadQueries queries, LeadDesk.Leads.Views.LeadColumnQueries beside) =>
        (Stage, Window) = (stage, new LeadWindow(queries, beside) { StretchLength = CardsAtOnce });

    public Stage Stage { get; }

    /// <summary>Null until it is counted.</summary>
    public BoardHead? Head { get; set; }

    internal LeadWindow Window { get; }

    internal int? Wanted { get; set; }

    internal bool Placing { get; set; }
}
