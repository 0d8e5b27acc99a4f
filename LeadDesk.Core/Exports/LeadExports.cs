using System.Globalization;
using System.IO.Pipelines;
using System.Threading.Channels;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;

namespace LeadDesk.Exports;

public enum ExportFormat
{
    Csv,
    Xlsx,
    Json,
}

/// <param name="Columns">Words of <see cref="LeadExportColumns"/> in their order; null or empty for the usual ones.</param>
/// <param name="Mark">CSV: the byte order mark by which Excel knows UTF-8.</param>
/// <param name="Separator">CSV: a comma, a semicolon or a tab.</param>
public sealed record ExportRequest(LeadFilter Filter, ExportFormat Format, IReadOnlyList<string>? Columns = null, bool Mark = false, char Separator = ',');

/// <summary>Leads out of the house, in files.</summary>
public sealed class LeadExports(Database database, LeadQueries queries, LeadFilterScopes scopes)
{
    /// <summary>Checks everything and notes the export in the audit, before the first byte.</summary>
    public async Task<Outcome<LeadExport>> PrepareAsync(CurrentUser user, ExportRequest request, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.ExportLeads))
            return Refusal.Forbidden("Your role does not allow you to export leads. Ask an admin or a manager.");
        if (request.Separator is not (',' or ';' or '\t'))
            return Refusal.Invalid("separator", "Use a comma, a semicolon or a tab between columns.");
        if (request.Filter.Where?.RefuseMissing() is { } missing)
            return missing;
        var scope = await scopes.OfAsync(user, cancellationToken);
        var columns = ColumnsOf(request, LeadExportColumns.All(scope.Company, scope.Users));
        if (columns.Refusal is { } unknown)
            return unknown;

        var filter = request.Filter with { WithoutTrials = !Asks(request.Filter.Where?.Condition) };
        await database.WriteAsync(user.CompanyId, context =>
        {
            Audit.Note(context, user.CompanyId, user.UserId, scope.Now, "leads.exported", request.Format.ToString().ToUpperInvariant(), Details(request, columns.Value!));
            return Task.FromResult(true);
        }, cancellationToken);
        return new LeadExport(database, queries, user, scope, request with { Filter = filter }, columns.Value!);
    }

    private static Outcome<IReadOnlyList<LeadExportColumn>> ColumnsOf(ExportRequest request, IReadOnlyList<LeadExportColumn> all)
    {
        if (request.Columns is not { Count: > 0 } words)
            return all.Where(column => column.Usual).ToArray();
        var unknown = words.Where(word => LeadExportColumns.Find(all, word) is null).ToArray();
        return unknown is []
            ? words.Select(word => LeadExportColumns.Find(all, word)!).Distinct().ToArray()
            : Refusal.Invalid("columns", $"There is no column “{unknown[0]}”. Use any of: {string.Join(", ", all.Select(column => column.Header.Word))}.");
    }

    /// <summary>Trials of sources are left out unless the filter speaks of them.</summary>
    private static bool Asks(LeadCondition? condition) => condition switch
    {
        LeadConditionGroup group => group.Parts.Any(Asks),
        LeadFieldCondition field => field.Field is "test",
        _ => false,
    };

    private static string Details(ExportRequest request, IReadOnlyList<LeadExportColumn> columns)
    {
        var filter = LeadFilterText.Print(request.Filter.Where?.Condition);
        return string.Create(CultureInfo.InvariantCulture, $"{columns.Count} columns{(filter.Length > 0 ? $", {filter}" : "")}{(string.IsNullOrEmpty(request.Filter.Search) ? "" : ", searched")}");
    }
}

/// <summary>One export that may begin.</summary>
public sealed class LeadExport
{
    /// <summary>Rows read together, and written before the pipe is flushed.</summary>
    private const int PageSize = 1000;
    private const int PagesAhead = 2;

    private readonly LeadQueries queries;
    private readonly CurrentUser user;
    private readonly FilterScope scope;
    private readonly ExportRequest request;
    private readonly IReadOnlyList<LeadExportColumn> columns;
    private readonly ExportedLeadReader reader;
    private readonly ExportMarks marks;

    internal LeadExport(Database database, LeadQueries queries, CurrentUser user, FilterScope scope, ExportRequest request, IReadOnlyList<LeadExportColumn> columns)
    {
        (this.queries, this.user, this.scope, this.request, this.columns) = (queries, user, scope, request, columns);
        reader = new ExportedLeadReader(database, user.CompanyId, columns);
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
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stop = new CancelAtEnd(reading);
        await using var writer = Writer(pipe);
        await using var marking = marks.Begin(cancellationToken);
        writer.Begin([.. columns.Select(column => column.Header)]);
        var (count, cells) = (0, new ExportCell[columns.Count]);
        await foreach (var page in ReadAhead(reading.Token).ReadAllAsync(cancellationToken))
        {
            foreach (var lead in await reader.ReadAsync(page, cancellationToken))
            {
                for (var at = 0; at < cells.Length; at++)
                    cells[at] = columns[at].Cell(lead);
                writer.Write(cells);
            }

            await writer.FlushAsync(cancellationToken);
            await marking.AddAsync(page, cancellationToken);
            count += page.Count;
        }

        await writer.EndAsync(cancellationToken);
        await marking.EndAsync();
        return count;
    }

    /// <summary>The next pages are read while one is written. It stops when the writing does, however that ends.</summary>
    private ChannelReader<IReadOnlyList<LeadRow>> ReadAhead(CancellationToken cancellationToken)
    {
        var pages = Channel.CreateBounded<IReadOnlyList<LeadRow>>(PagesAhead);
        _ = Task.Run(async () =>
        {
            try
            {
                await foreach (var page in queries.PagesAsync(user, request.Filter, PageSize, cancellationToken))
                    await pages.Writer.WriteAsync(page, cancellationToken);
                pages.Writer.Complete();
            }
            catch (Exception exception)
            {
                // Whoever reads the pages meets it.
                pages.Writer.Complete(exception);
            }
        }, CancellationToken.None);
        return pages.Reader;
    }

    private IExportWriter Writer(PipeWriter pipe) => request.Format switch
    {
        ExportFormat.Csv => new CsvExportWriter(pipe, request.Separator, request.Mark),
        ExportFormat.Xlsx => new XlsxExportWriter(pipe, scope.Company.Zone),
        _ => new JsonExportWriter(pipe),
    };

    private sealed class CancelAtEnd(CancellationTokenSource source) : IDisposable
    {
        public void Dispose() => source.Cancel();
    }
}
