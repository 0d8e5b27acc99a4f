using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import;

/// <summary>The files of imports: in the database, so that any node can work on them, and in a temporary file while one does.</summary>
internal sealed class ImportFiles(Database database)
{
    private const int ChunkSize = 512 * 1024;
    private const int ChunksPerCommit = 8;

    /// <summary>How long a file stays after its import ended, or after it came when it was never run. Leads, rejected rows and the revert need it no more.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public static bool IsKept(LeadImport import, DateTime now) => (import.FinishedAt ?? import.CreatedAt) > now - KeptFor;

    /// <summary>Stores a file behind its import's row.</summary>
    public async Task SaveAsync(long companyId, long importId, Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var position = 0;
        for (var isOver = false; !isOver;)
        {
            var chunks = new List<ImportChunk>(ChunksPerCommit);
            while (chunks.Count < ChunksPerCommit && !isOver)
            {
                var content = new byte[ChunkSize];
                var length = await file.ReadAtLeastAsync(content, ChunkSize, throwOnEndOfStream: false, cancellationToken);
                isOver = length < ChunkSize;
                if (length > 0)
                    chunks.Add(new ImportChunk { ImportId = importId, CompanyId = companyId, Position = position++, Content = isOver ? content[..length] : content });
            }

            await database.WriteAsync(companyId, context =>
            {
                context.ImportChunks.AddRange(chunks);
                return Task.FromResult(chunks.Count);
            }, cancellationToken);
        }
    }

    /// <summary>The file, seekable; it is gone when it is closed.</summary>
    public async Task<FileStream> OpenAsync(long companyId, long importId, CancellationToken cancellationToken)
    {
        var file = TemporaryFiles.Create();
        try
        {
            for (var position = 0; ; position++)
            {
                await using var context = database.Open(companyId);
                var content = await context.ImportChunks.Where(chunk => chunk.ImportId == importId && chunk.Position == position).Select(chunk => chunk.Content).FirstOrDefaultAsync(cancellationToken);
                if (content is null)
                    break;
                await file.WriteAsync(content, cancellationToken);
            }

            await file.FlushAsync(cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
