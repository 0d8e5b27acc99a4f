using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Guessing;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Intake.Import.Running;
using LeadDesk.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import;

/// <summary>Files of leads: taken in, checked, run, stopped and taken back. Who may import may do all of it with every import of the company.</summary>
public sealed class ImportService
{
    public const int LongestFileName = 200;
    public const int LongestMappingName = 100;
    public const int MostMappings = 200;

    /// <summary>How long an upload waits for its dry run; a longer one goes on as a job.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly Refusal NotFound = Refusal.Missing("import");
    private static readonly Refusal FileGone = Refusal.Conflict("The file of this import was kept for a month and is gone. Upload it again.");

    private readonly Database database;
    private readonly JobSignal jobs;
    private readonly TimeProvider clock;
    private readonly ImportSettings settings;
    private readonly ImportFiles files;
    private readonly ImportChecks checks;

    internal ImportService(Database database, JobSignal jobs, TimeProvider clock, ImportSettings settings, ImportFiles files, ImportChecks checks) =>
        (this.database, this.jobs, this.clock, this.settings, this.files, this.checks) = (database, jobs, clock, settings, files, checks);

    /// <summary>Takes a file in: finds out how it is read, proposes what its columns become, and checks every row of it.</summary>
    /// <param name="file">Seekable; the caller closes it.</param>
    /// <returns>The import's id. Refused with <c>file</c> as the place where the file is no table; nothing is stored then.</returns>
    public async Task<Outcome<long>> UploadAsync(CurrentUser user, string fileName, Stream file, FormatChoice choice, JsonElement? mapping, CancellationToken cancellationToken)
    {
        if (Lacks(user) is { } refusal)
            return refusal;
        var setting = await settings.OfAsync(user.CompanyId, cancellationToken);
        ImportFormat format;
        IReadOnlyList<ColumnProfile> profiles;
        try
        {
            format = TableFile.Inspect(file, choice, setting.Company.Region);
            profiles = ImportSettings.Profile(file, format);
        }
        catch (UnreadableTableException exception)
        {
            return Refusal.Invalid("file", exception.Message);
        }

        var rules = await settings.ProposeAsync(setting, format, profiles, cancellationToken);
        if (mapping is { } sent)
        {
            var changed = ImportMappingJson.Apply(rules, sent);
            if (!changed.Succeeded)
                return changed.Refusal;
            rules = ImportRulesCheck.Complete(rules, changed.Value, profiles, setting);
        }

        if (ImportRulesCheck.Check(rules, setting) is { } unknown)
            return unknown;
        var import = await AddAsync(user, ImportNames.Clean(fileName), file.Length, format, rules, cancellationToken);
        await files.SaveAsync(user.CompanyId, import.Id, file, cancellationToken);
        await CheckAsync(user, import, file, cancellationToken);
        return import.Id;
    }

    /// <summary>Changes how the file is read or what becomes of it, and checks it anew.</summary>
    /// <param name="mapping">The parts to change, as <see cref="ImportMappingJson"/> reads them.</param>
    public async Task<Outcome<long>> ChangeAsync(CurrentUser user, long importId, FormatChoice? choice, JsonElement? mapping, CancellationToken cancellationToken)
    {
        if (Lacks(user) is { } refusal)
            return refusal;
        if (await FindAsync(user.CompanyId, importId, cancellationToken) is not { } import)
            return NotFound;
        if (import.State is not (ImportState.Ready or ImportState.Checking or ImportState.Failed))
            return Refusal.Conflict($"This import {ImportNames.State(import.State)}, so it cannot be changed any more. Upload the file again.");
        if (!ImportFiles.IsKept(import, Now()))
            return FileGone;
        var setting = await settings.OfAsync(user.CompanyId, cancellationToken);
        await using var file = await files.OpenAsync(user.CompanyId, importId, cancellationToken);
        var format = ImportFormats.Read(import.Format)!;
        var rules = ImportMappingJson.Read(import.Mapping, format.Columns);
        IReadOnlyList<ColumnProfile> profiles;
        try
        {
            if (choice is not null)
                format = TableFile.Inspect(file, choice, setting.Company.Region);
            profiles = ImportSettings.Profile(file, format);
        }
        catch (UnreadableTableException exception)
        {
            return Refusal.Invalid("file", exception.Message);
        }

        if (choice is not null || rules is null)
            rules = await settings.ProposeAsync(setting, format, profiles, cancellationToken);
        if (mapping is { } sent)
        {
            var changed = ImportMappingJson.Apply(rules, sent);
            if (!changed.Succeeded)
                return changed.Refusal;
            rules = ImportRulesCheck.Complete(rules, changed.Value, profiles, setting);
        }

        if (ImportRulesCheck.Check(rules, setting) is { } unknown)
            return unknown;
        (import.Format, import.Mapping, import.State, import.DryRun, import.Error) = (ImportFormats.Write(format), ImportMappingJson.Write(rules), ImportState.Checking, null, null);
        if (!await StoreAsync(import, cancellationToken))
            return Refusal.Conflict("Somebody else has changed or started this import meanwhile. Load it again.");
        await CheckAsync(user, import, file, cancellationToken);
        return importId;
    }

    /// <summary>Starts the run, or goes on with one that was cancelled.</summary>
    public Task<Outcome<long>> RunAsync(CurrentUser user, long importId, CancellationToken cancellationToken) =>
        MoveAsync(user, importId, "import.started", ImportRuns.Kind, import =>
        {
            if (import.State is ImportState.Checking)
                return Refusal.Conflict("The file is still being checked. Run it when the check is through.");
            if (import.State is ImportState.Failed)
                return Refusal.Conflict(import.Error ?? "The file cannot be read. Upload it again.");
            if (import.State is not (ImportState.Ready or ImportState.Cancelled))
                return Refusal.Conflict($"This import {ImportNames.State(import.State)}. Upload the file again to import it once more.");
            if (!ImportFiles.IsKept(import, Now()))
                return FileGone;
            (import.State, import.CancelAsked, import.Error, import.FinishedAt) = (ImportState.Running, false, null, null);
            import.StartedAt = Now();
            return null;
        }, cancellationToken);

    /// <summary>Stops a run at its next batch. What is in stays until it is reverted.</summary>
    public Task<Outcome<long>> CancelAsync(CurrentUser user, long importId, CancellationToken cancellationToken) =>
        MoveAsync(user, importId, "import.cancelled", null, import =>
        {
            if (import.State is ImportState.Checking or ImportState.Ready)
                import.State = ImportState.Cancelled;
            else if (import.State is ImportState.Running)
                import.CancelAsked = true;
            else
                return Refusal.Conflict($"This import {ImportNames.State(import.State)}, so there is nothing to cancel.");
            return null;
        }, cancellationToken);

    public Task<Outcome<long>> RevertAsync(CurrentUser user, long importId, CancellationToken cancellationToken) =>
        MoveAsync(user, importId, "import.revert_asked", ImportReverts.Kind, import =>
        {
            if (import.State is ImportState.Reverted)
                return Refusal.Conflict($"This import was reverted already, on {import.RevertedAt:yyyy-MM-dd HH:mm} UTC. There is nothing left to take back.");
            if (import.State is ImportState.Running)
                return Refusal.Conflict("The import is still running. Cancel it first, then revert it.");
            if (import.State is not (ImportState.Done or ImportState.Cancelled) || import.Done is 0)
                return Refusal.Conflict($"This import {ImportNames.State(import.State)}, so there is nothing to take back.");
            import.State = ImportState.Reverting;
            return null;
        }, cancellationToken);

    /// <summary>Forgets an import that brought nothing in.</summary>
    public async Task<Outcome<long>> DeleteAsync(CurrentUser user, long importId, CancellationToken cancellationToken)
    {
        if (Lacks(user) is { } refusal)
            return refusal;
        return await database.WriteAsync<Outcome<long>>(user.CompanyId, async context =>
        {
            if (await context.LeadImports.FirstOrDefaultAsync(row => row.Id == importId, cancellationToken) is not { } import)
                return NotFound;
            if (import.State is ImportState.Running or ImportState.Reverting || (import.Done > 0 && import.State is not ImportState.Reverted))
                return Refusal.Conflict("This import has brought leads in. Revert it before it is deleted.");
            await context.ImportChunks.Where(chunk => chunk.ImportId == importId).ExecuteDeleteAsync(cancellationToken);
            await context.ImportRows.Where(row => row.ImportId == importId).ExecuteDeleteAsync(cancellationToken);
            context.LeadImports.Remove(import);
            Audit.Note(context, user.CompanyId, user.UserId, Now(), "import.deleted", import.FileName);
            return importId;
        }, cancellationToken);
    }

    /// <summary>Keeps the mapping of an import for files with the same columns; one of the same name is replaced.</summary>
    public async Task<Outcome<long>> SaveMappingAsync(CurrentUser user, long importId, string? name, CancellationToken cancellationToken)
    {
        if (Lacks(user) is { } refusal)
            return refusal;
        if (name?.Trim() is not { Length: > 0 and <= LongestMappingName } clean || TextRules.FindForbiddenControl(clean) is not null)
            return Refusal.Invalid("name", $"Give the mapping a name of at most {LongestMappingName} characters.");
        return await database.WriteAsync<Outcome<long>>(user.CompanyId, async context =>
        {
            if (await context.LeadImports.FirstOrDefaultAsync(row => row.Id == importId, cancellationToken) is not { Mapping: { } mapping, Format: { } format })
                return NotFound;
            if (await context.ImportMappings.CountAsync(cancellationToken) >= MostMappings)
                return Refusal.Conflict($"A company keeps at most {MostMappings} mappings. Delete one that is not needed any more.");
            var saved = await context.ImportMappings.FirstOrDefaultAsync(row => row.Name == clean, cancellationToken);
            if (saved is null)
                context.ImportMappings.Add(saved = new ImportMapping { CompanyId = user.CompanyId, Name = clean, HeaderKey = "", Mapping = "" });
            (saved.HeaderKey, saved.Mapping, saved.SavedAt) = (ImportSettings.HeaderKey(ImportFormats.Read(format)!.Columns), mapping, Now());
            await context.SaveChangesAsync(cancellationToken);
            return saved.Id;
        }, cancellationToken);
    }

    public async Task<Outcome<long>> DeleteMappingAsync(CurrentUser user, long mappingId, CancellationToken cancellationToken)
    {
        if (Lacks(user) is { } refusal)
            return refusal;
        var deleted = await database.WriteAsync(user.CompanyId, context => context.ImportMappings.Where(row => row.Id == mappingId).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        return deleted > 0 ? mappingId : Refusal.Missing("mapping");
    }

    internal static Refusal? Lacks(CurrentUser user) =>
        user.Can(Permission.ImportLeads) ? null : Refusal.Forbidden("Only admins, managers and integrations may import leads. Ask one of them.");

    private async Task<Outcome<long>> MoveAsync(CurrentUser user, long importId, string action, string? job, Func<LeadImport, Refusal?> move, CancellationToken cancellationToken)
    {
        if (Lacks(user) is { } refusal)
            return refusal;
        var outcome = await database.WriteAsync<Outcome<long>>(user.CompanyId, async context =>
        {
            if (await context.LeadImports.FirstOrDefaultAsync(row => row.Id == importId, cancellationToken) is not { } import)
                return NotFound;
            if (move(import) is { } refused)
            {
                context.ChangeTracker.Clear();
                return refused;
            }

            import.Version++;
            Audit.Note(context, user.CompanyId, user.UserId, Now(), action, import.FileName);
            if (job is not null)
                ImportJobs.Add(context, job, user.CompanyId, importId, Now());
            return importId;
        }, cancellationToken);
        jobs.Wake();
        return outcome;
    }

    /// <summary>In front of the caller as long as he waits for it, then as a job.</summary>
    private async Task CheckAsync(CurrentUser user, LeadImport import, Stream file, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await checks.CheckAsync(import, file, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            await database.WriteAsync(user.CompanyId, context =>
            {
                ImportJobs.Add(context, ImportChecks.Kind, user.CompanyId, import.Id, Now());
                return Task.FromResult(import.Id);
            }, CancellationToken.None);
            jobs.Wake();
        }
    }

    private async Task<LeadImport> AddAsync(CurrentUser user, string fileName, long size, ImportFormat format, ImportRules rules, CancellationToken cancellationToken)
    {
        var import = new LeadImport
        {
            CompanyId = user.CompanyId, UserId = user.UserId, FileName = fileName, Size = size, State = ImportState.Checking, Format = ImportFormats.Write(format), Mapping = ImportMappingJson.Write(rules), CreatedAt = Now(),
        };
        return await database.WriteAsync(user.CompanyId, async context =>
        {
            context.LeadImports.Add(import);
            await context.SaveChangesAsync(cancellationToken);
            Audit.Note(context, user.CompanyId, user.UserId, import.CreatedAt, "import.uploaded", fileName);
            return import;
        }, cancellationToken);
    }

    private Task<bool> StoreAsync(LeadImport import, CancellationToken cancellationToken) =>
        database.WriteAsync(import.CompanyId, async context =>
        {
            var stored = await context.LeadImports.FirstOrDefaultAsync(row => row.Id == import.Id && (row.State == ImportState.Ready || row.State == ImportState.Checking || row.State == ImportState.Failed), cancellationToken);
            if (stored is null)
                return false;
            (stored.Format, stored.Mapping, stored.State, stored.DryRun, stored.Error) = (import.Format, import.Mapping, import.State, null, null);
            stored.Version++;
            return true;
        }, cancellationToken);

    private async Task<LeadImport?> FindAsync(long companyId, long importId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        return await context.LeadImports.FirstOrDefaultAsync(row => row.Id == importId, cancellationToken);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
