using Npgsql;

namespace LeadDesk.Data.Postgres;

internal static class PostgresConnections
{
    /// <summary>Statements that are used again are prepared by Npgsql itself: planning the intake's wide inserts takes longer than running them.</summary>
    private const int PreparedStatements = 200;

    public static NpgsqlDataSource CreateSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        if (builder.ConnectionStringBuilder.MaxAutoPrepare is 0)
            (builder.ConnectionStringBuilder.MaxAutoPrepare, builder.ConnectionStringBuilder.AutoPrepareMinUsages) = (PreparedStatements, 2);
        return builder.Build();
    }
}
