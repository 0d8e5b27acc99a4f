using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <param name="Leads">How many have it, also in the trash; null for who does not see all leads.</param>
public sealed record TagView(long Id, string Name, string? Colour, int? Leads);

/// <summary>The company's tags. Anybody who changes leads makes new ones; admins keep them in order.</summary>
public sealed class TagService(DeskSetup setup)
{
    /// <summary>Anyone of the company may read them. By name.</summary>
    public async Task<IReadOnlyList<TagView>> ListAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = setup.Database.Open(user.CompanyId);
        var tags = await context.Tags.OrderBy(tag => tag.NameKey).ToListAsync(cancellationToken);
        if (!user.SeesAllLeads)
            return tags.ConvertAll(tag => new TagView(tag.Id, tag.Name, tag.Colour, null));
        var counts = await context.LeadTags.GroupBy(row => row.TagId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        return tags.ConvertAll(tag => new TagView(tag.Id, tag.Name, tag.Colour, counts.GetValueOrDefault(tag.Id)));
    }

    /// <returns>Errors by field: name, colour.</returns>
    public Task<Outcome<TagView>> AddAsync(CurrentUser user, string? name, string? colour, CancellationToken cancellationToken) => setup.ChangeAsync<TagView>(user, async change =>
    {
        var tag = new Tag { Name = "", NameKey = "" };
        if (await ApplyAsync(change, tag, name ?? "", colour, cancellationToken) is { } refusal)
            return refusal;
        if (await change.Context.Tags.CountAsync(cancellationToken) >= LeadTagging.MostOfCompany)
            return Refusal.Conflict($"The company has {LeadTagging.MostOfCompany:N0} tags already. Merge or delete some.");
        change.Context.Tags.Add(tag);
        await change.Context.SaveChangesAsync(cancellationToken);
        change.Note("tag.created", tag.Name);
        return new TagView(tag.Id, tag.Name, tag.Colour, 0);
    }, cancellationToken);

    /// <param name="name">Null stays as it is.</param>
    /// <param name="colour">Null stays as it is; empty is grey.</param>
    /// <returns>Errors by field: name, colour.</returns>
    public Task<Outcome<TagView>> ChangeAsync(CurrentUser user, long id, string? name, string? colour, CancellationToken cancellationToken) => setup.ChangeAsync<TagView>(user, async change =>
    {
        if (await change.Context.Tags.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } tag)
            return Refusal.Missing("tag");
        var (former, before) = (tag.Name, $"{tag.Name}, {tag.Colour ?? "-"}");
        if (await ApplyAsync(change, tag, name, colour, cancellationToken) is { } refusal)
            return refusal;
        if (tag.Name != former)
            await SetupTimeline.OfTagAsync(change, id, TimelineKind.Tagged, former, tag.Name, cancellationToken);
        change.Note("tag.changed", tag.Name, $"{before} → {tag.Name}, {tag.Colour ?? "-"}");
        return new TagView(tag.Id, tag.Name, tag.Colour, null);
    }, cancellationToken);

    /// <summary>Leads with the one have the other, and the one is gone.</summary>
    /// <returns>How many leads had it. Errors by field: into.</returns>
    public Task<Outcome<int>> MergeAsync(CurrentUser user, long id, long into, CancellationToken cancellationToken) => setup.ChangeAsync<int>(user, async change =>
    {
        var context = change.Context;
        if (await context.Tags.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } tag)
            return Refusal.Missing("tag");
        if (id == into || await context.Tags.SingleOrDefaultAsync(row => row.Id == into, cancellationToken) is not { } target)
            return Refusal.Invalid("into", "Choose another tag.");
        var had = await SetupTimeline.OfTagAsync(change, id, TimelineKind.Tagged, tag.Name, target.Name, cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO lead_tags (company_id, lead_id, tag_id) SELECT company_id, lead_id, {into} FROM lead_tags WHERE company_id = {user.CompanyId} AND tag_id = {id} ON CONFLICT DO NOTHING", cancellationToken);
        await context.LeadTags.Where(row => row.TagId == id).ExecuteDeleteAsync(cancellationToken);
        context.Tags.Remove(tag);
        change.Note("tag.merged", target.Name, $"{tag.Name} → {target.Name}, leads: {had.ToString(CultureInfo.InvariantCulture)}");
        return had;
    }, cancellationToken);

    /// <returns>How many leads had it.</returns>
    public Task<Outcome<int>> DeleteAsync(CurrentUser user, long id, CancellationToken cancellationToken) => setup.ChangeAsync<int>(user, async change =>
    {
        if (await change.Context.Tags.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } tag)
            return Refusal.Missing("tag");
        var had = await SetupTimeline.OfTagAsync(change, id, TimelineKind.Untagged, tag.Name, null, cancellationToken);
        await change.Context.LeadTags.Where(row => row.TagId == id).ExecuteDeleteAsync(cancellationToken);
        change.Context.Tags.Remove(tag);
        change.Note("tag.deleted", tag.Name, $"leads: {had.ToString(CultureInfo.InvariantCulture)}");
        return had;
    }, cancellationToken);

    private static async Task<Refusal?> ApplyAsync(SetupChange change, Tag tag, string? name, string? colour, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Add("colour", DeskSetup.ColourProblem(colour));
        if (colour is not null)
            tag.Colour = colour.Length is 0 ? null : colour;
        if (name is not null && LeadTagging.ReadName(name, "name", errors) is { } text)
        {
            var key = SearchText.Fold(text);
            if (await change.Context.Tags.AnyAsync(other => other.NameKey == key && other.Id != tag.Id, cancellationToken))
                return DeskSetup.Taken("name", "There is already a tag with this name. Merge the two instead.");
            (tag.Name, tag.NameKey) = (text, key);
        }

        return errors.Refusal;
    }
}
