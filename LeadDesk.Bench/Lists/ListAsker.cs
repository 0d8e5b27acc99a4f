using System.Data.Common;
using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Bench.Running;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using LeadDesk.Leads;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Bench.Lists;

/// <summary>Asks for one page in three ways: the service, the app over HTTP, and bare SQL on a connection of its own.</summary>
internal sealed class ListAsker : IAsyncDisposable
{
    private const int PageSize = 50;
    private const int WalkedPages = 40;

    private const string Columns =
        "id, name, organisation, phone, phone_valid, email, channel, source, campaign, intent, urgency, score, grade, stage_id, outcome, owner_id, last_message, " +
        "message_count, submission_count, created_at, last_activity_at, response_due_at, first_response_at, marks, version";

    private readonly LeadQueries queries;
    private readonly CurrentUser user;
    private readonly HttpClient client;
    private readonly DbConnection bare;
    private readonly bool isSqlite;

    private ListAsker(LeadQueries queries, CurrentUser user, HttpClient client, DbConnection bare, bool isSqlite) =>
        (this.queries, this.user, this.client, this.bare, this.isSqlite) = (queries, user, client, bare, isSqlite);

    public static async Task<ListAsker> OpenAsync(BenchDatabase database, LeadQueries queries, CurrentUser user, ServerProcess app)
    {
        var connection = await OpenBareAsync(database);
        return new ListAsker(queries, user, app.CreateClient(LeadDeskApp.ApiKey), connection, database.Engine is DatabaseEngine.Sqlite);
    }

    /// <summary>A connection without LeadDesk, with its settings.</summary>
    public static async Task<DbConnection> OpenBareAsync(BenchDatabase database)
    {
        var onFile = database.Engine is DatabaseEngine.Sqlite;
        DbConnection connection = onFile
            ? new SqliteConnection(database.ConnectionString)
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxAutoPrepare = 500, AutoPrepareMinUsages = 2 }.ConnectionString);
        await connection.OpenAsync();
        if (!onFile)
            return connection;
        await using var command = connection.CreateCommand();
        command.CommandText = SqliteConnections.Settings;
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Goes on page by page as a person would, forty long pages far.</summary>
    /// <returns>The last page's cursor and last row; null when the list ends before.</returns>
    public async Task<(string Cursor, LeadRow Row)?> WalkAsync(LeadFilter filter)
    {
        string? cursor = null;
        LeadRow? row = null;
        for (var page = 0; page < WalkedPages; page++)
        {
            var rows = Value(await queries.ListAsync(user, filter, cursor, Page<LeadRow>.MaximumLimit, CancellationToken.None));
            if (rows.NextCursor is null)
                return null;
            (cursor, row) = (rows.NextCursor, rows.Items[^1]);
        }

        return (cursor!, row!);
    }

    /// <returns>How many rows came.</returns>
    public async Task<int> ServiceAsync(LeadFilter filter, string? cursor) => Value(await queries.ListAsync(user, filter, cursor, PageSize, CancellationToken.None)).Items.Count;

    public async Task<int> HttpAsync(string query, string? cursor)
    {
        var bytes = await client.GetByteArrayAsync($"api/v1/leads?limit={PageSize}&{query}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
        return bytes.Length;
    }

    /// <param name="after">The row a deep page goes on from.</param>
    public Task<int> BareAsync(ListCase list, int call, LeadFilter filter, LeadRow? after)
    {
        var (sort, direction) = (ListCases.ColumnOf(filter.Sort), filter.Ascending ? "ASC" : "DESC");
        var conditions = new List<string> { $"company_id = {user.CompanyId}", "deleted_at IS NULL", list.Where(call) };
        if (after is not null)
            conditions.Add(After(filter, sort, after));
        return ReadAsync($"SELECT {Columns} FROM leads WHERE {string.Join(" AND ", conditions.Where(condition => condition.Length > 0))} ORDER BY {sort} {direction}, id {direction} LIMIT {PageSize + 1}");
    }

    /// <summary>Whatever it is, to its last row.</summary>
    public async Task<int> ReadAsync(string sql)
    {
        await using var command = bare.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new object[reader.FieldCount];
        var rows = 0;
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            rows++;
        }

        return rows;
    }

    public async Task<int> GetAsync(string path) => (await client.GetByteArrayAsync(path)).Length;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await bare.DisposeAsync();
    }

    private static Page<LeadRow> Value(Outcome<Page<LeadRow>> outcome) =>
        outcome.Succeeded ? outcome.Value : throw new InvalidOperationException($"The list was refused: {outcome.Refusal.Message}");

    private string After(LeadFilter filter, string sort, LeadRow row)
    {
        var value = filter.Sort switch
        {
            LeadSort.Score => row.Score.ToString(CultureInfo.InvariantCulture),
            LeadSort.Name => $"'{LeadText.NameKey(row.Name, row.Email, row.Phone).Replace("'", "''", StringComparison.Ordinal)}'",
            LeadSort.Activity => Time(row.LastActivityAt),
            LeadSort.Response => Time(row.ResponseDueAt),
            _ => Time(row.CreatedAt),
        };
        return $"({sort}, id) {(filter.Ascending ? ">" : "<")} ({value}, {row.Id})";
    }

    private string Time(DateTime time) => ListCases.Time(time, isSqlite);
}
