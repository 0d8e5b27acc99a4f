using System.Globalization;
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
public sealed record ExportRequest(LeadFilter Filter, ExportFormat Format, IReadOnlyList<string>? Columns = null, bool Mark = false, char Separator = ',')
{
    /// <summary>Leads chosen one by one, and those taken out of all that match.</summary>
    public const int MostIds = 10_000;

    /// <summary>Of the leads that match, only these; null for all.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Of the leads that match, these not.</summary>
    public IReadOnlyList<long> Except { get; init; } = [];
}

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
        if (request.Ids?.Count > ExportRequest.MostIds || request.Except.Count > ExportRequest.MostIds)
            return Refusal.Invalid("ids", $"At most {ExportRequest.MostIds:N0} leads can be chosen one by one. Use a filter and export all that match.");
        if (request.Filter.Where?.RefuseMissing() is { } missing)
            return missing;
        var scope = await scopes.OfAsync(user, cancellationToken);
        var columns = ColumnsOf(request, LeadExportColumns.All(scope.Company, scope.Users));
        if (columns.Refusal is { } unknown)
            return unknown;

        var filter = request.Filter with { WithoutTrials = request.Ids is null && !Asks(request.Filter.Where?.Condition) };
        await database.WriteAsync(user.CompanyId, context =>
        {
            Audit.Note(context, user.CompanyId, user.UserId, scope.Now, "leads.exported", request.Format.ToString().ToUpperInvariant(), Details(request, columns.Value!));
            return Task.FromResult(true);
        }, cancellationToken);
        return new LeadExport(database, queries, user, scope, request with { Filter = filter, Ids = request.Ids?.Distinct().ToArray() }, columns.Value!);
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

    /// <summary>Trials of sources are left out unless the filter speaks of them, or somebody chose them.</summary>
    private static bool Asks(LeadCondition? condition) => condition switch
    {
        LeadConditionGroup group => group.Parts.Any(Asks),
        LeadFieldCondition field => field.Field is "test",
        _ => false,
    };

    private static string Details(ExportRequest request, IReadOnlyList<LeadExportColumn> columns)
    {
        var filter = LeadFilterText.Print(request.Filter.Where?.Condition);
        var chosen = request.Ids is { } ids ? string.Create(CultureInfo.InvariantCulture, $", {ids.Count} chosen leads") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{columns.Count} columns{chosen}{(filter.Length > 0 ? $", {filter}" : "")}{(string.IsNullOrEmpty(request.Filter.Search) ? "" : ", searched")}");
    }
}
