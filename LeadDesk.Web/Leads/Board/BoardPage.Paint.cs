using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Leads.Board;
using LeadDesk.Leads.Views;

namespace LeadDesk.Web.Leads.Board;

/// <content>What the board shows before its circuit has started.</content>
public sealed partial class BoardPage
{
    private bool Filters(LeadFilter asked) => !address.ShowsAll || asked.Sort is LeadSort.Response;

    private async Task<BoardPaint> ReadPaintAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(user, cancellationToken);
        var (all, read, shown) = (address.ToFilter(scope), new List<LeadBeginning>(), ColumnsIn(scope));
        foreach (var column in shown)
            read.Add(await column.Window.BeginningAsync(user, all with { StageId = column.Stage.Id }, LeadColumnWants.None, cancellationToken));
        // What has to be counted follows in the circuit.
        IReadOnlyList<BoardHead> totals = user.SeesAllLeads && !Filters(all)
            ? await heads.HeadsAsync(user, all, filters: false, [.. shown.Select(column => column.Stage)], MostCounted, cancellationToken)
            : [];
        return new BoardPaint(await queries.ChannelsAsync(user, cancellationToken), read, totals);
    }

    private async Task ShowPaintAsync(CurrentUser user, BoardPaint? painted)
    {
        if (painted is null)
            return;
        var scope = await ScopeAsync(user, CancellationToken.None);
        Show(scope, painted.Channels);
        var shown = ColumnsIn(scope);
        foreach (var (column, beginning) in shown.Zip(painted.Columns))
        {
            column.Window.Begin(FilterOf(column), LeadColumnWants.None, beginning);
            column.Head = painted.Heads.FirstOrDefault(head => head.StageId == column.Stage.Id);
        }

        columns = shown;
    }

    private sealed record BoardPaint(IReadOnlyList<string> Channels, IReadOnlyList<LeadBeginning> Columns, IReadOnlyList<BoardHead> Heads);
}
