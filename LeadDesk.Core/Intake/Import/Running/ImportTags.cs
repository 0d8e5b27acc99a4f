using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import.Running;

/// <summary>Tags that a file names and the company lacks: made before its rows, gone with its revert.</summary>
internal static class ImportTags
{
    private const int LongestTag = 50;

    /// <summary>Those that the dry run found. Which were made is noted with the import in the same transaction, so a run that begins again knows it.</summary>
    public static async Task MakeAsync(Database database, LeadImport import, CancellationToken cancellationToken)
    {
        if (ImportSummary.Read(import.DryRun)?.NewTags is not { Count: > 0 } names)
            return;
        await database.WriteAsync(import.CompanyId, async context =>
        {
            var known = await context.Tags.Select(tag => tag.NameKey).ToHashSetAsync(cancellationToken);
            var tags = names.Where(name => name.Length <= LongestTag && known.Add(SearchText.Fold(name))).Select(name => new Tag { CompanyId = import.CompanyId, Name = name, NameKey = SearchText.Fold(name) }).ToList();
            if (tags.Count is 0)
                return 0;
            context.Tags.AddRange(tags);
            await context.SaveChangesAsync(cancellationToken);
            var row = await context.LeadImports.FirstAsync(one => one.Id == import.Id, cancellationToken);
            var summary = ImportSummary.Read(row.DryRun) ?? new ImportSummary();
            row.DryRun = (summary with { MadeTags = [.. summary.MadeTags, .. tags.Select(static tag => tag.Id)] }).Write();
            row.Version++;
            return tags.Count;
        }, cancellationToken);
    }

    /// <summary>Inside the caller's transaction. A tag that a lead has, a saved view asks for or a running import may set stays.</summary>
    public static async Task RemoveUnusedAsync(AppDbContext context, LeadImport import, CancellationToken cancellationToken)
    {
        if (ImportSummary.Read(import.DryRun)?.MadeTags is not { Count: > 0 } made || await context.LeadImports.AnyAsync(other => other.State == ImportState.Running, cancellationToken))
            return;
        var views = (await context.SavedViews.Select(view => view.Query).ToListAsync(cancellationToken)).ConvertAll(static query => Uri.UnescapeDataString(query.Replace('+', ' ')));
        var unused = await context.Tags.Where(tag => EF.Parameter(made).Contains(tag.Id) && !context.LeadTags.Any(row => row.CompanyId == import.CompanyId && row.TagId == tag.Id)).ToListAsync(cancellationToken);
        context.Tags.RemoveRange(unused.Where(tag => !views.Exists(query => query.Contains(tag.Name, StringComparison.OrdinalIgnoreCase))));
    }
}
