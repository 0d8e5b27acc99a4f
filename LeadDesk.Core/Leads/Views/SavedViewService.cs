using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Views;

/// <param name="Query">The list's address after the question mark.</param>
/// <param name="Columns">A <see cref="ColumnLayout"/>; null for everybody's own.</param>
public sealed record SavedViewEdit(string? Name, bool Shared, bool Pinned, string? Query, string? Columns);

/// <summary>
/// Views of the lead list that people keep. One's own are for oneself; shared ones, which managers and admins make, are seen by
/// everybody and changed by whoever may share.
/// </summary>
public sealed class SavedViewService(Database database)
{
    public const int LongestName = 80;
    public const int LongestQuery = 8_000;
    public const int MostOwn = 100;

    private static readonly Refusal MayNotShare = Refusal.Forbidden("Only admins and managers share views with everybody. Keep the view for yourself, or ask one of them.");

    /// <summary>Own and shared ones in the person's own order, those without a place in it last, as they were made.</summary>
    public async Task<IReadOnlyList<SavedView>> ListAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        var views = await Visible(context, user).OrderBy(view => view.Position).ThenBy(view => view.Id).Take(MostOwn * 5).ToListAsync(cancellationToken);
        var order = await context.UserPreferences.Where(row => row.UserId == user.UserId && row.Key == UserPreferences.ViewOrder).Select(row => row.Value).FirstOrDefaultAsync(cancellationToken);
        var places = JsonList.Read<long>(order).Index().DistinctBy(entry => entry.Item).ToDictionary(entry => entry.Item, entry => entry.Index);
        return [.. views.OrderBy(view => places.GetValueOrDefault(view.Id, int.MaxValue))];
    }

    public async Task<Outcome<SavedView>> CreateAsync(CurrentUser user, SavedViewEdit edit, CancellationToken cancellationToken)
    {
        if (Check(user, edit) is { } refusal)
            return refusal;
        return await database.WriteAsync(user.CompanyId, async context =>
        {
            var own = await context.SavedViews.Where(view => view.UserId == user.UserId).ToListAsync(cancellationToken);
            if (own.Count >= MostOwn)
                return (Outcome<SavedView>)Refusal.Conflict($"You have {MostOwn} views, as many as one can keep. Delete one first.");
            if (own.Exists(view => IsNamed(view, edit.Name!)))
                return NameTaken;
            var view = new SavedView { CompanyId = user.CompanyId, UserId = user.UserId, Name = "", Query = "", Position = own.Select(known => known.Position).DefaultIfEmpty().Max() + 1, Version = 1 };
            Apply(view, edit);
            context.SavedViews.Add(view);
            await context.SaveChangesAsync(cancellationToken);
            return view;
        }, cancellationToken);
    }

    /// <param name="version">As it was read; refused as stale when somebody changed the view since.</param>
    public async Task<Outcome<SavedView>> UpdateAsync(CurrentUser user, long viewId, SavedViewEdit edit, int version, CancellationToken cancellationToken)
    {
        if (Check(user, edit) is { } refusal)
            return refusal;
        return await ChangeAsync(user, viewId, async (context, view) =>
        {
            if (view.Version != version)
                return new Refusal(RefusalKind.Stale, "Somebody else changed this view. Open it again and repeat your change.");
            if (await context.SavedViews.AnyAsync(other => other.UserId == view.UserId && other.Id != viewId && other.Name == edit.Name!.Trim(), cancellationToken))
                return NameTaken;
            Apply(view, edit);
            view.Version++;
            return null;
        }, cancellationToken);
    }

    /// <returns>The view as it was, for <see cref="RestoreAsync"/>.</returns>
    public Task<Outcome<SavedView>> DeleteAsync(CurrentUser user, long viewId, CancellationToken cancellationToken) =>
        ChangeAsync(user, viewId, (context, view) =>
        {
            context.SavedViews.Remove(view);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);

    /// <summary>Puts back a view that was deleted, under its id, so that its address works again.</summary>
    public Task<Outcome<SavedView>> RestoreAsync(CurrentUser user, SavedView deleted, CancellationToken cancellationToken)
    {
        var edit = new SavedViewEdit(deleted.Name, deleted.Shared, deleted.Pinned, deleted.Query, deleted.Columns);
        if (Check(user, edit) is { } refusal)
            return Task.FromResult<Outcome<SavedView>>(refusal);
        if (deleted.UserId != user.UserId && !user.Can(Permission.ShareViews))
            return Task.FromResult<Outcome<SavedView>>(Refusal.Missing("view"));
        return database.WriteAsync(user.CompanyId, async context =>
        {
            if (await context.SavedViews.AnyAsync(view => view.Id == deleted.Id, cancellationToken))
                return (Outcome<SavedView>)Refusal.Conflict("This view is there already.");
            var view = new SavedView { Id = deleted.Id, CompanyId = user.CompanyId, UserId = deleted.UserId, Name = "", Query = "", Position = deleted.Position, Version = deleted.Version + 1 };
            Apply(view, edit);
            context.SavedViews.Add(view);
            await context.SaveChangesAsync(cancellationToken);
            return view;
        }, cancellationToken);
    }

    /// <summary>Whether this person may change or delete the view.</summary>
    public static bool MayChange(CurrentUser user, SavedView view) => view.UserId == user.UserId || (view.Shared && user.Can(Permission.ShareViews));

    private static Refusal NameTaken => Refusal.Conflict("There is a view of this name already. Choose another name.");

    private static bool IsNamed(SavedView view, string name) => view.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IQueryable<SavedView> Visible(AppDbContext context, CurrentUser user) => context.SavedViews.Where(view => view.UserId == user.UserId || view.Shared);

    private static void Apply(SavedView view, SavedViewEdit edit) =>
        (view.Name, view.Shared, view.Pinned, view.Query, view.Columns) = (edit.Name!.Trim(), edit.Shared, edit.Pinned, edit.Query ?? "", edit.Columns);

    private static Refusal? Check(CurrentUser user, SavedViewEdit edit)
    {
        var name = edit.Name?.Trim();
        if (string.IsNullOrEmpty(name))
            return Refusal.Invalid("name", "Give the view a name.");
        if (name.Length > LongestName)
            return Refusal.Invalid("name", $"A view's name has at most {LongestName} characters.");
        if (TextRules.FindForbiddenControl(name) is { } forbidden)
            return Refusal.Invalid("name", $"The name contains a character that cannot be shown ({forbidden}). Remove it.");
        if (edit.Query is { Length: > LongestQuery })
            return Refusal.Invalid("query", "This view has more filters than can be kept. Remove some.");
        if (edit.Columns is not null && ColumnLayout.Read(edit.Columns) is null)
            return Refusal.Invalid("columns", "These columns cannot be read. Choose them again.");
        return edit.Shared && !user.Can(Permission.ShareViews) ? MayNotShare : null;
    }

    private Task<Outcome<SavedView>> ChangeAsync(CurrentUser user, long viewId, Func<AppDbContext, SavedView, Task<Refusal?>> change, CancellationToken cancellationToken) =>
        database.WriteAsync(user.CompanyId, async context =>
        {
            var view = await Visible(context, user).FirstOrDefaultAsync(row => row.Id == viewId, cancellationToken);
            if (view is null)
                return (Outcome<SavedView>)Refusal.Missing("view");
            if (!MayChange(user, view))
                return Refusal.Forbidden("This view is somebody else's. Save it under a name of your own.");
            if (await change(context, view) is not { } refusal)
                return view;
            context.ChangeTracker.Clear();
            return refusal;
        }, cancellationToken);
}
