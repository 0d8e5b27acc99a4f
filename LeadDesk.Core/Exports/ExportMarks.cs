using System.Text.Json;
using System.Threading.Channels;
using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Exports;

/// <summary>Notes which leads left the house, in large sets beside the file that is written.</summary>
internal sealed class ExportMarks(Database database, long companyId, DateTime at)
{
    /// <summary>Pages that may wait before the writing of the file waits too.</summary>
    private const int MostWaiting = 50;

    /// <summary>Leads marked in one statement.</summary>
    private const int Together = 10_000;

    public Marking Begin(CancellationToken cancellationToken) => new(this, cancellationToken);

    private async Task MarkAsync(List<long> ids, CancellationToken cancellationToken)
    {
        const string Again = "ON CONFLICT (lead_id) DO UPDATE SET at = excluded.at";
        await database.WriteAsync(companyId, context => context.Database.IsNpgsql()
            ? context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO export_marks (lead_id, company_id, at) SELECT id, {{1}}, {{2}} FROM unnest({{0}}) AS id {Again}", [ids.ToArray(), companyId, at], cancellationToken)
            : context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO export_marks (lead_id, company_id, at) SELECT value, {{1}}, {{2}} FROM json_each({{0}}) WHERE true {Again}", [JsonSerializer.Serialize(ids), companyId, Microseconds.From(at)], cancellationToken),
            cancellationToken);
    }

    internal sealed class Marking : IAsyncDisposable
    {
        private readonly Channel<IReadOnlyList<LeadRow>> pages = Channel.CreateBounded<IReadOnlyList<LeadRow>>(MostWaiting);
        private readonly Task work;

        public Marking(ExportMarks marks, CancellationToken cancellationToken) => work = Task.Run(() => WorkAsync(marks, cancellationToken), CancellationToken.None);

        /// <summary>After the page's bytes were handed over.</summary>
        public async ValueTask AddAsync(IReadOnlyList<LeadRow> page, CancellationToken cancellationToken)
        {
            if (!pages.Writer.TryWrite(page) && !work.IsCompleted)
                await pages.Writer.WriteAsync(page, cancellationToken);
        }

        public Task EndAsync()
        {
            pages.Writer.TryComplete();
            return work;
        }

        /// <summary>What was handed over before a break stays marked.</summary>
        public async ValueTask DisposeAsync()
        {
            pages.Writer.TryComplete();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task WorkAsync(ExportMarks marks, CancellationToken cancellationToken)
        {
            var ids = new List<long>(Together);
            try
            {
                await foreach (var page in pages.Reader.ReadAllAsync(cancellationToken))
                {
                    ids.AddRange(page.Select(row => row.Id));
                    if (ids.Count < Together)
                        continue;
                    await marks.MarkAsync(ids, cancellationToken);
                    ids.Clear();
                }
            }
            finally
            {
                // The reader of the file may have gone, but these leads went out.
                if (ids.Count > 0)
                    await marks.MarkAsync(ids, CancellationToken.None);
            }
        }
    }
}
