using System.Globalization;
using System.IO.Pipelines;
using System.Threading.Channels;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;

namespace LeadDesk.Exports;

/// <summary>One export that may begin. One thread reads leads, another writes them, and what went out is marked behind both.</summary>
public sealed class LeadExport
{
    /// <summary>Leads that are read, wait, or are written: so many parts of the list are in memory.</summary>
    private const int Rooms = 3;

    /// <summary>Rows after which what was written is handed over.</summary>
    private const int RowsTogether = 256;

    private readonly LeadQueries queries;
    private readonly CurrentUser user;
    private readonly FilterScope scope;
    private readonly ExportRequest request;
    private readonly IReadOnlyList<LeadExportColumn> columns;
    private readonly LeadExportReader reader;
    private readonly ExportMarks marks;

    internal LeadExport(Database database, LeadQueries queries, CurrentUser user, FilterScope scope, ExportRequest request, IReadOnlyList<LeadExportColumn> columns)
    {
        (this.queries, this.user, this.scope, this.request, this.columns) = (queries, user, scope, request, columns);
        reader = new LeadExportReader(columns);
        marks = new ExportMarks(database, user.CompanyId, scope.Now);
    }

    /// <summary><c>leads_2026-03-01_0930.csv</c> with seconds, in the company's zone.</summary>
    public string FileName => string.Create(
        CultureInfo.InvariantCulture, $"leads_{TimeZoneInfo.ConvertTimeFromUtc(scope.Now, scope.Company.Zone):yyyy-MM-dd_HHmmss}.{request.Format.ToString().ToLowerInvariant()}");

    public string ContentType => request.Format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/json; charset=utf-8",
    };

    /// <summary>Writes the file, and marks behind it the leads that are in it.</summary>
    /// <returns>How many leads are in it.</returns>
    public async Task<int> WriteAsync(PipeWriter pipe, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (free, read) = (Channel.CreateBounded<ExportedLeads>(Rooms), Channel.CreateBounded<ExportedLeads>(Rooms));
        ExportedLeads[] rooms = [.. Enumerable.Range(0, Rooms).Select(_ => reader.CreateRoom())];
        foreach (var room in rooms)
            free.Writer.TryWrite(room);
        var reading = Task.Run(() => ReadAsync(free.Reader, read.Writer, stop.Token), CancellationToken.None);
        try
        {
            return await WriteAsync(pipe, read.Reader, free.Writer, cancellationToken);
        }
        finally
        {
            // However the writing ended, nobody uses the rooms any more.
            await stop.CancelAsync();
            await reading;
            foreach (var room in rooms)
                room.Dispose();
        }
    }

    private async Task<int> WriteAsync(PipeWriter pipe, ChannelReader<ExportedLeads> read, ChannelWriter<ExportedLeads> free, CancellationToken cancellationToken)
    {
        await using var writer = Writer(pipe);
        await using var marking = marks.Begin();
        var (count, slots) = (0, columns.Select(reader.SlotOf).ToArray());
        var (cells, makers) = (new ExportCell[columns.Count], columns.Select(column => column.Cell).ToArray());
        writer.Begin([.. columns.Select(column => column.Header)]);
        await foreach (var leads in read.ReadAllAsync(cancellationToken))
        {
            for (var row = 0; row < leads.Count; row++)
            {
                var lead = new ExportedLead(leads, row);
                for (var at = 0; at < cells.Length; at++)
                    cells[at] = makers[at](lead, slots[at]);
                writer.Write(cells);
                if (row % RowsTogether is RowsTogether - 1)
                    await writer.FlushAsync(cancellationToken);
            }

            await writer.FlushAsync(cancellationToken);
            await marking.AddAsync([.. leads.Ids], cancellationToken);
            count += leads.Count;
            free.TryWrite(leads);
        }

        await writer.EndAsync(cancellationToken);
        await marking.EndAsync();
        return count;
    }

    /// <summary>Never fails itself: whoever takes what was read meets the failure.</summary>
    private async Task ReadAsync(ChannelReader<ExportedLeads> free, ChannelWriter<ExportedLeads> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var walk = await queries.WalkAsync(user, request.Filter, request.Ids, request.Except, cancellationToken);
            for (var more = true; more;)
            {
                var leads = await free.ReadAsync(cancellationToken);
                more = await reader.ReadAsync(walk, leads, cancellationToken);
                await read.WriteAsync(leads, cancellationToken);
            }

            read.Complete();
        }
        catch (Exception exception)
        {
            read.Complete(exception);
        }
    }

    private IExportWriter Writer(PipeWriter pipe) => request.Format switch
    {
        ExportFormat.Csv => new CsvExportWriter(pipe, request.Separator, request.Mark),
        ExportFormat.Xlsx => new XlsxExportWriter(pipe, scope.Company.Zone),
        _ => new JsonExportWriter(pipe),
    };
}
