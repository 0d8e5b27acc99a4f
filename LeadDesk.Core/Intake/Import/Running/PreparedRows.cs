using System.Diagnostics;
using System.Threading.Channels;
using LeadDesk.Analysis;
using LeadDesk.Assignment;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Intake.Import.Rows;

namespace LeadDesk.Intake.Import.Running;

/// <summary>Rows that are read, normalised and analysed, and wait to be planned.</summary>
/// <param name="LastRow">The file is done up to here when they are.</param>
/// <param name="Share">The part of the file that has been read.</param>
internal sealed record PreparedRows(IReadOnlyList<IntakeItem> Items, IReadOnlyList<ImportedRow> Rejected, int LastRow, double Share)
{
    public int Count => Items.Count + Rejected.Count;
}

/// <summary>Reads a file ahead of the database, on another thread, never more than a few batches.</summary>
internal sealed class RowPreparation(ImportSetting setting, IReadOnlyList<Candidate> staff, ImportFormat format, ImportRules rules, TimeProvider clock)
{
    /// <summary>Large enough that a commit's fixed costs do not count, small enough that others wait little.</summary>
    public const int BatchSize = 1_000;

    private const int Ahead = 1;

    /// <param name="after">Rows up to this one are done already.</param>
    public async IAsyncEnumerable<PreparedRows> ReadAsync(Stream file, int after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = Channel.CreateBounded<PreparedRows>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => FillAsync(file, after, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
                yield return batch;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task FillAsync(Stream file, int after, ChannelWriter<PreparedRows> batches, CancellationToken cancellationToken)
    {
        try
        {
            using var rows = TableFile.Open(file, format);
            var reader = new RowReader(rules, setting);
            var cells = new List<string>();
            var (items, rejected) = (new List<IntakeItem>(BatchSize), new List<ImportedRow>());
            var first = Math.Max(after, format.HeaderRow);
            while (rows.Read(cells))
            {
                if (rows.Row <= first || RowReader.IsEmpty(cells))
                    continue;
                var row = reader.Read(rows.Row, cells);
                if (row.Problem is null)
                    items.Add(Item(row));
                else
                    rejected.Add(row);
                if (items.Count + rejected.Count < BatchSize)
                    continue;
                await batches.WriteAsync(new(items, rejected, rows.Row, rows.Share), cancellationToken);
                (items, rejected) = (new(BatchSize), []);
            }

            if (items.Count + rejected.Count > 0)
                await batches.WriteAsync(new(items, rejected, rows.Row, 1), cancellationToken);
            batches.Complete();
        }
        catch (Exception exception)
        {
            // Whoever reads the batches gets it.
            batches.TryComplete(exception);
        }
    }

    private IntakeItem Item(ImportedRow row)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        AnalysisOutcome? analysis = null;
        if (row.Candidate!.Telling is { } text)
        {
            var started = Stopwatch.GetTimestamp();
            analysis = new AnalysisOutcome(BuiltInClassifier.Classify(text, now), AnalysisOutcome.BuiltIn, Stopwatch.GetElapsedTime(started), []);
        }

        return new IntakeItem(setting.Company, staff, row.Incoming!, row.Candidate, analysis, refineLater: false, now, renderResponse: null) { Row = row };
    }
}
