using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Fields;

/// <summary>Tagging a lead inside a change of it; a word that is new becomes one of the company's tags.</summary>
internal static class LeadTagging
{
    public const int LongestName = 50;

    /// <summary>More than this on one lead say nothing any more.</summary>
    public const int MostOnLead = 50;

    public const int MostOfCompany = 2000;

    public static async Task SetAsync(LeadChange change, LeadEdit edit, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (edit.Tags is null && edit.AddTags.Count is 0 && edit.RemoveTags.Count is 0)
            return;
        var added = Names(edit.Tags is null ? edit.AddTags : [.. edit.Tags, .. edit.AddTags], errors);
        var removed = edit.RemoveTags.Select(SearchText.Fold).ToHashSet(StringComparer.Ordinal);
        if (errors.Refusal is not null)
            return;
        var context = change.Context;
        var present = await context.LeadTags.Where(row => row.LeadId == change.Lead.Id).Join(context.Tags, row => row.TagId, tag => tag.Id, (row, tag) => new { Row = row, tag.Name, tag.NameKey })
            .ToListAsync(cancellationToken);
        var leaving = present.Where(tag => removed.Contains(tag.NameKey) || (edit.Tags is not null && !added.ContainsKey(tag.NameKey))).ToList();
        var coming = added.Where(pair => present.All(tag => tag.NameKey != pair.Key)).ToList();
        if (present.Count - leaving.Count + coming.Count > MostOnLead)
        {
            errors.Add("tags", $"A lead can have {MostOnLead} tags. Remove one first.");
            return;
        }

        foreach (var tag in leaving)
        {
            context.LeadTags.Remove(tag.Row);
            change.Note(TimelineKind.Untagged, before: tag.Name);
        }

        foreach (var tag in await FindOrAddAsync(change, coming, errors, cancellationToken))
        {
            context.LeadTags.Add(new LeadTag { LeadId = change.Lead.Id, TagId = tag.Id });
            change.Note(TimelineKind.Tagged, after: tag.Name);
        }
    }

    /// <returns>The trimmed name; null, with an error noted, where it cannot be one.</returns>
    public static string? ReadName(string? written, string place, FieldErrors errors)
    {
        var name = string.Join(' ', (written ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length is 0 || SearchText.Fold(name).Length is 0)
            errors.Add(place, "A tag needs a name of letters or digits.");
        else if (name.Length > LongestName)
            errors.Add(place, $"A tag's name can have {LongestName} characters.");
        else if (TextRules.FindForbiddenControl(name) is not null || name.IndexOfAny([',', ';', '|']) >= 0)
            errors.Add(place, "A tag's name cannot hold commas, semicolons, bars or control characters.");
        else
            return name;
        return null;
    }

    /// <summary>Adds a tag of this name unless there is one. Not through the change tracker, which would save everything else with it.</summary>
    public static Task<int> AddAsync(AppDbContext context, long companyId, string name, CancellationToken cancellationToken) => context.Database.ExecuteSqlAsync(
        $"INSERT INTO tags (company_id, name, name_key) VALUES ({companyId}, {name}, {SearchText.Fold(name)}) ON CONFLICT DO NOTHING", cancellationToken);

    private static Dictionary<string, string> Names(IReadOnlyCollection<string> written, FieldErrors errors)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in written)
        {
            if (ReadName(word, "tags", errors) is { } name)
                names.TryAdd(SearchText.Fold(name), name);
        }

        return names;
    }

    private static async Task<List<Tag>> FindOrAddAsync(LeadChange change, List<KeyValuePair<string, string>> wanted, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (wanted.Count is 0)
            return [];
        var context = change.Context;
        var keys = wanted.ConvertAll(pair => pair.Key);
        var known = await context.Tags.Where(tag => EF.Parameter(keys).Contains(tag.NameKey)).ToListAsync(cancellationToken);
        var fresh = wanted.Where(pair => known.All(tag => tag.NameKey != pair.Key)).ToList();
        if (fresh.Count is 0)
            return known;
        if (await context.Tags.CountAsync(cancellationToken) + fresh.Count > MostOfCompany)
        {
            errors.Add("tags", $"The company has {MostOfCompany:N0} tags already. Use one of them, or have an admin merge some.");
            return [];
        }

        foreach (var (_, name) in fresh)
            await AddAsync(context, change.Lead.CompanyId, name, cancellationToken);
        change.CompanyChanged = true;
        return await context.Tags.Where(tag => EF.Parameter(keys).Contains(tag.NameKey)).ToListAsync(cancellationToken);
    }
}
