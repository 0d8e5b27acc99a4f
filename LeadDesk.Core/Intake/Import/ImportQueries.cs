using System.Runtime.CompilerServices;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Guessing;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import;

/// <summary>What is shown of imports.</summary>
public sealed class ImportQueries
{
    private const string SortName = "imports";
    private const int RejectedPage = 1_000;
    private const int MostLeft = 200;

    private readonly Database database;
    private readonly UserDirectory users;
    private readonly ImportFiles files;
    private readonly TimeProvider clock;

    internal ImportQueries(Database database, UserDirectory users, ImportFiles files, TimeProvider clock) => (this.database, this.users, this.files, this.clock) = (database, users, files, clock);

    public async Task<Outcome<ImportView>> GetAsync(CurrentUser user, long importId, CancellationToken cancellationToken)
    {
        if (ImportService.Lacks(user) is { } refusal)
            return refusal;
        await using var context = database.Open(user.CompanyId);
        if (await context.LeadImports.FirstOrDefaultAsync(row => row.Id == importId, cancellationToken) is not { } import)
            return Refusal.Missing("import");
        var duplicates = import.Done > 0 ? await context.ImportRows.CountAsync(row => row.ImportId == importId && row.State == ImportRowState.DuplicateInFile, cancellationToken) : 0;
        return View(import, (await users.OfAsync(user.CompanyId)).Find(import.UserId)?.Name, duplicates);
    }

    /// <summary>The newest first.</summary>
    /// <param name="limit">1 to <see cref="Page{T}.MaximumLimit"/>.</param>
    public async Task<Outcome<Page<ImportListRow>>> ListAsync(CurrentUser user, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (ImportService.Lacks(user) is { } refusal)
            return refusal;
        if (limit is < 1 or > Page<ImportListRow>.MaximumLimit)
            return Refusal.Invalid("limit", $"Give a limit from 1 to {Page<ImportListRow>.MaximumLimit}.");
        var before = long.MaxValue;
        if (cursor is not null)
        {
            if (Cursor.Decode(cursor) is not { Sort: SortName } decoded)
                return Refusal.Invalid("cursor", "This cursor does not belong to this list.");
            before = decoded.Id;
        }

        await using var context = database.Open(user.CompanyId);
        var rows = await context.LeadImports.Where(row => row.Id < before).OrderByDescending(row => row.Id).Take(limit + 1)
            .Select(row => new { row.Id, row.FileName, row.Size, row.State, row.Rows, row.Added, row.Updated, row.Joined, row.Skipped, row.Rejected, row.UserId, row.CreatedAt })
            .ToListAsync(cancellationToken);
        var people = await users.OfAsync(user.CompanyId);
        var items = rows.Take(limit).Select(row => new ImportListRow(
            row.Id, row.FileName, row.Size, row.State, row.Rows, row.Added + row.Updated + row.Joined + row.Skipped + row.Rejected, row.Added, row.Updated, row.Joined, row.Skipped, row.Rejected, people.Find(row.UserId)?.Name, row.CreatedAt)).ToList();
        return new Page<ImportListRow>(items, rows.Count > limit ? new Cursor(SortName, null, items[^1].Id).Encode() : null);
    }

    /// <summary>The columns with samples of what stands in them.</summary>
    public async Task<Outcome<IReadOnlyList<ImportColumnView>>> ColumnsAsync(CurrentUser user, long importId, CancellationToken cancellationToken)
    {
        var found = await GetAsync(user, importId, cancellationToken);
        if (!found.Succeeded)
            return found.Refusal;
        if (found.Value is not { Format: { } format, Rules: { } rules })
            return Array.Empty<ImportColumnView>();
        if (!found.Value.IsFileKept)
            return rules.Columns.Select(static column => new ImportColumnView(column, [], new Dictionary<string, int>(StringComparer.Ordinal))).ToArray();
        await using var file = await files.OpenAsync(user.CompanyId, importId, cancellationToken);
        var profiles = ImportSettings.Profile(file, format);
        return rules.Columns.Select(column => new ImportColumnView(column, profiles[column.Index].Samples, Values(column, profiles[column.Index]))).ToArray();
    }

    /// <summary>The rejected rows with their reasons, for a file that can be corrected and sent again.</summary>
    public async Task<Outcome<RejectedRows>> RejectedAsync(CurrentUser user, long importId, CancellationToken cancellationToken)
    {
        var found = await GetAsync(user, importId, cancellationToken);
        if (!found.Succeeded)
            return found.Refusal;
        return new RejectedRows(found.Value.FileName, found.Value.Format?.Columns ?? [], RowsAsync(user.CompanyId, importId, cancellationToken));
    }

    /// <summary>What a revert left as it is: of very many the first.</summary>
    public async Task<Outcome<IReadOnlyList<RevertLeft>>> LeftAsync(CurrentUser user, long importId, CancellationToken cancellationToken)
    {
        if (ImportService.Lacks(user) is { } refusal)
            return refusal;
        await using var context = database.Open(user.CompanyId);
        return await context.ImportRows.Where(row => row.ImportId == importId && (row.RowNumber < 0 || row.Version == -1)).OrderBy(row => row.RowNumber).Take(MostLeft)
            .Select(row => new RevertLeft(row.RowNumber, row.LeadId, row.Reason ?? "")).ToArrayAsync(cancellationToken);
    }

    public async Task<Outcome<IReadOnlyList<SavedMapping>>> MappingsAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        if (ImportService.Lacks(user) is { } refusal)
            return refusal;
        await using var context = database.Open(user.CompanyId);
        return await context.ImportMappings.OrderBy(row => row.Name).Take(ImportService.MostMappings).Select(row => new SavedMapping(row.Id, row.Name, row.SavedAt)).ToArrayAsync(cancellationToken);
    }

    private static IReadOnlyDictionary<string, int> Values(ImportColumn column, ColumnProfile profile) =>
        column.To is ImportTarget.Stage or ImportTarget.Owner or ImportTarget.Channel or ImportTarget.Field && profile.HasFewValues ? profile.Values : new Dictionary<string, int>(StringComparer.Ordinal);

    private async IAsyncEnumerable<(int Row, string Reason, IReadOnlyList<string> Cells)> RowsAsync(long companyId, long importId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0; ;)
        {
            await using var context = database.Open(companyId);
            var page = await context.ImportRows.Where(row => row.ImportId == importId && row.State == ImportRowState.Rejected && row.RowNumber > after).OrderBy(row => row.RowNumber).Take(RejectedPage)
                .Select(row => new { row.RowNumber, row.Reason, row.Cells }).ToListAsync(cancellationToken);
            foreach (var row in page)
                yield return (row.RowNumber, row.Reason ?? "", row.Cells is null ? [] : JsonSerializer.Deserialize<string[]>(row.Cells) ?? []);
            if (page.Count < RejectedPage)
                yield break;
            after = page[^1].RowNumber;
        }
    }

    private ImportView View(LeadImport import, string? userName, int duplicates)
    {
        var format = ImportFormats.Read(import.Format);
        var done = import.Added + import.Updated + import.Joined + import.Skipped + import.Rejected;
        var result = import.StartedAt is null ? null : new ImportResult(done, import.Added, import.Updated, import.Joined, Math.Max(0, import.Skipped - duplicates), duplicates, import.Rejected);
        var end = import.FinishedAt ?? clock.GetUtcNow().UtcDateTime;
        var rate = import.StartedAt is { } start && done > 0 && end > start ? done / (end - start).TotalSeconds : (double?)null;
        var left = import.State is ImportState.Running && rate is > 0 && import.Rows > done ? (import.Rows - done) / rate : null;
        return new(
            import.Id, import.FileName, import.Size, import.State, format, format is null ? null : ImportMappingJson.Read(import.Mapping, format.Columns), ImportSummary.Read(import.DryRun), result, import.Error, userName, import.CreatedAt,
            import.StartedAt, import.FinishedAt, import.RevertedAt, import.Restored, import.NotRestored, import.CancelAsked, rate, left, import.Version)
        {
            IsFileKept = ImportFiles.IsKept(import, clock.GetUtcNow().UtcDateTime),
        };
    }
}

/// <param name="Columns">As in the file.</param>
public sealed record RejectedRows(string FileName, IReadOnlyList<string> Columns, IAsyncEnumerable<(int Row, string Reason, IReadOnlyList<string> Cells)> Rows);
