using Npgsql;

namespace LeadDesk.Data.Postgres;

internal static class PostgresConnections
{
    /// <summary>Statements that are used again are prepared by Npgsql itself: planning the intake's wide inserts takes longer than running them.</summary>
    private const int PreparedStatements = 200;

    /// <summary>
    /// The intake looks up a handful of keys in tables that grow under it. A plan made while they were empty would read them
    /// whole ever after, so on its connections the planner may only go by index.
    /// </summary>
    private const string OnlyByIndex = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    public static NpgsqlDataSource CreateSource(string connectionString) => Prepared(new NpgsqlDataSourceBuilder(connectionString));

    public static NpgsqlDataSource CreateIntakeSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.Options = $"{builder.ConnectionStringBuilder.Options} {OnlyByIndex}".Trim();
        return Prepared(builder);
    }

    private static NpgsqlDataSource Prepared(NpgsqlDataSourceBuilder builder)
    {
        if (builder.ConnectionStringBuilder.MaxAutoPrepare is 0)
            (builder.ConnectionStringBuilder.MaxAutoPrepare, builder.ConnectionStringBuilder.AutoPrepareMinUsages) = (PreparedStatements, 2);
        return builder.Build();
    }
}
