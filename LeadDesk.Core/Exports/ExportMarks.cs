using System.Text.Json;
using System.Threading.Channels;
using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Exports;

/// <summary>Notes which leads left the house, in large sets beside the file that is written.</summary>
internal sealed class ExportMarks(Database database, long companyId, DateTime at)
{
    /// <summary>Parts of the list that may wait before the writing of the file waits too.</summary>
    private const int MostWaiting = 50;

    /// <summary>Leads marked in one transaction.</summary>
    private const int Together = 16_000;

    /// <summary>Leads marked in one statement: few enough that their text does not outlive it.</summary>
    private const int InStatement = 2000;

    public Marking Begin() => new(this);

    private async Task MarkAsync(List<long> ids)
    {
        // A lead that changed its place meanwhile may be there twice; in the table's order it is written quickest.
        ids.Sort();
        await database.WriteAsync(companyId, async context =>
        {
            await ReadSnapshot.KeepLittleAsync(context, CancellationToken.None);
            foreach (var some in ids.Distinct().Chunk(InStatement))
                await MarkAsync(context, some);
            return true;
        }, CancellationToken.None);
    }

    private Task<int> MarkAsync(AppDbContext context, long[] ids)
    {
        const string Again = "ON CONFLICT (lead_id) DO UPDATE SET at = excluded.at";
        return context.Database.IsNpgsql()
            ? context.Database.ExecuteSqlRawAsync($"INSERT INTO export_marks (lead_id, company_id, at) SELECT id, {{1}}, {{2}} FROM unnest({{0}}) AS id {Again}", ids, companyId, at)
            : context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO export_marks (lead_id, company_id, at) SELECT value, {{1}}, {{2}} FROM json_each({{0}}) WHERE true {Again}", JsonSerializer.Serialize(ids), companyId, Microseconds.From(at));
    }

    internal sealed class Marking : IAsyncDisposable
    {
        private readonly Channel<long[]> parts = Channel.CreateBounded<long[]>(MostWaiting);
        private readonly Task work;

        public Marking(ExportMarks marks) => work = Task.Run(() => WorkAsync(marks));

        /// <summary>After the leads' bytes were handed over.</summary>
        public async ValueTask AddAsync(long[] ids, CancellationToken cancellationToken)
        {
            if (!parts.Writer.TryWrite(ids) && !work.IsCompleted)
                await parts.Writer.WriteAsync(ids, cancellationToken);
        }

        public Task EndAsync()
        {
            parts.Writer.TryComplete();
            return work;
        }

        /// <summary>What was handed over before a break stays marked.</summary>
        public async ValueTask DisposeAsync()
        {
            parts.Writer.TryComplete();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        /// <summary>Goes on when the reader of the file has gone: these leads went out.</summary>
        private async Task WorkAsync(ExportMarks marks)
        {
            var ids = new List<long>(Together);
            await foreach (var part in parts.Reader.ReadAllAsync())
            {
                ids.AddRange(part);
                if (ids.Count < Together)
                    continue;
                await marks.MarkAsync(ids);
                ids.Clear();
            }

            if (ids.Count > 0)
                await marks.MarkAsync(ids);
        }
    }
}
