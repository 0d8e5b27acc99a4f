using LeadDesk.Access;
using LeadDesk.Common;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

public sealed record LostReasonView(long Id, string Name, bool Archived)
{
    internal static LostReasonView Of(LostReason reason) => new(reason.Id, reason.Name, reason.ArchivedAt is not null);
}

/// <summary>Why deals are not made. A reason is archived, never deleted: leads and reports tell it for good.</summary>
public sealed class LostReasonService(DeskSetup setup)
{
    public const int Most = 100;
    public const int LongestName = 60;

    /// <summary>Anyone of the company may read them. In order, archived ones last.</summary>
    public async Task<IReadOnlyList<LostReasonView>> ListAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = setup.Database.Open(user.CompanyId);
        return [.. (await context.LostReasons.OrderBy(row => row.ArchivedAt != null).ThenBy(row => row.Position).ToListAsync(cancellationToken)).Select(LostReasonView.Of)];
    }

    /// <returns>Errors by field: name.</returns>
    public Task<Outcome<LostReasonView>> AddAsync(CurrentUser user, string? name, CancellationToken cancellationToken) => setup.ChangeAsync<LostReasonView>(user, async change =>
    {
        var others = await change.Context.LostReasons.ToListAsync(cancellationToken);
        if (others.Count >= Most)
            return Refusal.Conflict($"A company has at most {Most} lost reasons. Rename one that is not needed any more.");
        var named = Named(name, others);
        if (!named.Succeeded)
            return named.Refusal;
        var reason = new LostReason { Name = named.Value, Position = others.Select(other => other.Position).DefaultIfEmpty().Max() + 1 };
        change.Context.LostReasons.Add(reason);
        await change.Context.SaveChangesAsync(cancellationToken);
        change.Note("lost_reason.created", reason.Name);
        return LostReasonView.Of(reason);
    }, cancellationToken);

    /// <param name="name">Null stays as it is.</param>
    /// <param name="archived">Null stays as it is.</param>
    /// <returns>Errors by field: name.</returns>
    public Task<Outcome<LostReasonView>> ChangeAsync(CurrentUser user, long id, string? name, bool? archived, CancellationToken cancellationToken) => setup.ChangeAsync<LostReasonView>(user, async change =>
    {
        var all = await change.Context.LostReasons.ToListAsync(cancellationToken);
        if (all.Find(row => row.Id == id) is not { } reason)
            return Refusal.Missing("lost reason");
        if (name is not null)
        {
            var named = Named(name, all.Where(other => other.Id != id));
            if (!named.Succeeded)
                return named.Refusal;
            if (reason.Name != named.Value)
                change.Note("lost_reason.renamed", named.Value, $"{reason.Name} → {named.Value}");
            reason.Name = named.Value;
        }

        if (archived is { } wanted && wanted != reason.ArchivedAt is not null)
        {
            reason.ArchivedAt = wanted ? change.Now : null;
            change.Note(wanted ? "lost_reason.archived" : "lost_reason.restored", reason.Name);
        }

        return LostReasonView.Of(reason);
    }, cancellationToken);

    public Task<Outcome<bool>> OrderAsync(CurrentUser user, IReadOnlyList<long> ids, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        var all = await change.Context.LostReasons.OrderBy(reason => reason.Position).ToListAsync(cancellationToken);
        foreach (var (at, reason) in DeskSetup.InOrder(all, ids, reason => reason.Id).Index())
            reason.Position = at + 1;
        change.Note("lost_reason.ordered", string.Join(", ", all.OrderBy(reason => reason.Position).Select(reason => reason.Name)));
        return true;
    }, cancellationToken);

    private static Outcome<string> Named(string? name, IEnumerable<LostReason> others)
    {
        var errors = new FieldErrors();
        var text = errors.Text("name", "The reason", name, LongestName);
        if (errors.Refusal is { } refusal)
            return refusal;
        return others.Any(other => SearchText.Fold(other.Name) == SearchText.Fold(text)) ? DeskSetup.Taken("name", "This reason is there already, perhaps archived.") : text;
    }
}
