using LeadDesk.Leads.Bulk;
using LeadDesk.Web.Access;

namespace LeadDesk.Web.Bulk;

/// <summary>
/// The long change that the person at one open page follows. It goes on without the page; whoever comes back finds it here.
/// Used on the page's own dispatcher, like any component.
/// </summary>
public sealed class BulkWatch(BulkQueries queries, CurrentUserAccessor me)
{
    /// <summary>Told when <see cref="Current"/> is another one or further on.</summary>
    public Action? Changed { get; set; }

    /// <summary>Null when nothing goes on.</summary>
    public BulkView? Current { get; private set; }

    /// <summary>Looks how far it is.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await me.FindAsync() is not { } user)
            return;
        var before = Current;
        Current = (await queries.UnderWayAsync(user, cancellationToken)) is [var newest, ..] ? newest : null;
        if (Current != before)
            Changed?.Invoke();
    }
}
