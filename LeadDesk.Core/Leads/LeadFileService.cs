using LeadDesk.Access;
using LeadDesk.Common;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Files that people put beside a lead.</summary>
public sealed class LeadFileService(LeadService leads)
{
    public const int MostFiles = 200;
    private const int LongestName = 200;

    private static readonly Refusal Empty = Refusal.Invalid("file", "The file is empty. Choose another one.");
    private static readonly Refusal TooMany = Refusal.Conflict($"A lead can have {MostFiles} files. Delete some first.");
    private static readonly Refusal NoName = Refusal.Invalid("name", "A file needs a name.");

    /// <summary>Takes a file in as it comes, however long that takes: nothing is locked meanwhile, and no more than a stretch of it is in memory.</summary>
    /// <param name="content">Read once, to its end.</param>
    /// <param name="most">Bytes.</param>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <exception cref="IOException">The content broke off.</exception>
    public async Task<Outcome<Lead>> AddAsync(CurrentUser user, long leadId, string? name, Stream content, long most, Action<long>? progress, CancellationToken cancellationToken)
    {
        if (Clean(name) is not { } named)
            return NoName;
        await using var file = TemporaryFiles.Create();
        if (!await LeadFileContents.TakeAsync(content, file, most, progress, cancellationToken))
            return Refusal.Invalid("file", $"The file is larger than {most / (1024 * 1024)} MB. Choose a smaller one.");
        if (file.Length is 0)
            return Empty;
        var type = await LeadFileContents.TypeAsync(file, cancellationToken);
        return await leads.ChangeAsync(user, leadId, null, async change =>
        {
            if (await change.Context.LeadFiles.CountAsync(row => row.LeadId == leadId, cancellationToken) >= MostFiles)
                return TooMany;
            var row = new LeadFile { CompanyId = user.CompanyId, LeadId = leadId, Name = named, ContentType = type, Size = file.Length, At = change.Now, Content = [] };
            change.Context.LeadFiles.Add(row);
            await change.Context.SaveChangesAsync(cancellationToken);
            await LeadFileContents.StoreAsync(change.Context, row.Id, file, cancellationToken);
            change.Note(TimelineKind.FileAdded, after: named);
            return null;
        }, cancellationToken);
    }

    public async Task<Outcome<Lead>> RenameAsync(CurrentUser user, long leadId, long fileId, string? name, CancellationToken cancellationToken)
    {
        if (Clean(name) is not { } named)
            return NoName;
        return await leads.ChangeAsync(user, leadId, null, async change =>
        {
            var before = await change.Context.LeadFiles.Where(row => row.Id == fileId && row.LeadId == leadId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
            if (before is null)
                return Refusal.Missing("file");
            if (before == named)
                return null;
            // Without its bytes.
            await change.Context.LeadFiles.Where(row => row.Id == fileId).ExecuteUpdateAsync(row => row.SetProperty(file => file.Name, named), cancellationToken);
            change.Note(TimelineKind.FileAdded, before: before, after: named);
            return null;
        }, cancellationToken);
    }

    public Task<Outcome<Lead>> DeleteAsync(CurrentUser user, long leadId, long fileId, CancellationToken cancellationToken) =>
        leads.ChangeAsync(user, leadId, null, async change =>
        {
            var name = await change.Context.LeadFiles.Where(row => row.Id == fileId && row.LeadId == leadId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
            if (name is null)
                return Refusal.Missing("file");
            await change.Context.LeadFiles.Where(row => row.Id == fileId).ExecuteDeleteAsync(cancellationToken);
            change.Note(TimelineKind.FileRemoved, before: name);
            return null;
        }, cancellationToken);

    /// <summary>A plain name: no folders, nothing that cannot be shown, and its ending kept when it is too long.</summary>
    private static string? Clean(string? name)
    {
        if (name is null)
            return null;
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var shown = string.Concat(TextRules.Repair(last).Where(letter => !char.IsControl(letter))).Trim().Trim('.');
        if (shown.Length <= LongestName)
            return shown.Length is 0 ? null : shown;
        var ending = Path.GetExtension(shown) is { Length: < 20 } extension ? extension : "";
        return TextRules.Repair(shown[..(LongestName - ending.Length)] + ending);
    }
}
