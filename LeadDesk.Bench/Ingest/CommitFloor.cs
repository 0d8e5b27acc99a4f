using System.Diagnostics;
using System.Globalization;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using LeadDesk.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Bench.Ingest;

/// <summary>
/// What the engine itself can do: one row of a lead's width per transaction, from as many threads with a connection each, prepared, no
/// index but the key, durable as the product is. On SQLite the threads take turns by a lock, which is quicker than SQLite's own waiting.
/// </summary>
internal static class CommitFloor
{
    private const string Insert = "INSERT INTO floor_rows (id, phone, name, message) VALUES (@id, @phone, @name, @message)";

    private const string Create = "CREATE TABLE floor_rows (id bigint PRIMARY KEY, phone text NOT NULL, name text NOT NULL, message text NOT NULL)";

    public static Load Measure(BenchDatabase database, int threads, TimeSpan duration)
    {
        var turn = new Lock();
        using (var setup = new Connection(database))
            setup.Execute(Create);
        return LoadGenerator.Repeat(threads, duration, int.MaxValue, () => new Connection(database), (connection, number) =>
        {
            if (database.Engine is DatabaseEngine.Postgres)
            {
                connection.InsertRow(number);
                return;
            }

            lock (turn)
                connection.InsertRow(number);
        });
    }

    /// <summary>So many rows in one transaction, again and again, by one connection with nothing else to do.</summary>
    public static Percentiles MeasureTransactions(BenchDatabase database, int rows, int transactions)
    {
        using var connection = new Connection(database);
        connection.Execute(Create);
        var times = new double[transactions];
        for (var transaction = 0; transaction < transactions; transaction++)
        {
            var before = Stopwatch.GetTimestamp();
            connection.Execute("BEGIN");
            for (var row = 0; row < rows; row++)
                connection.InsertRow((transaction * rows) + row);
            connection.Execute("COMMIT");
            times[transaction] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        }

        return new Percentiles(times);
    }

    private sealed class Connection : IDisposable
    {
        private readonly System.Data.Common.DbConnection connection;
        private readonly System.Data.Common.DbCommand insert;

        public Connection(BenchDatabase database)
        {
            if (database.Engine is DatabaseEngine.Sqlite)
                SqliteNative.PreferSystemLibrary();
            connection = database.Engine is DatabaseEngine.Sqlite ? new SqliteConnection(database.ConnectionString) : new NpgsqlConnection(database.ConnectionString);
            connection.Open();
            if (database.Engine is DatabaseEngine.Sqlite)
                Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=60000");
            insert = connection.CreateCommand();
            insert.CommandText = Insert;
            foreach (var (name, value) in new (string, object)[] { ("@id", 0L), ("@phone", ""), ("@name", ""), ("@message", "") })
            {
                var parameter = insert.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                insert.Parameters.Add(parameter);
            }
        }

        public void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        public void InsertRow(int number)
        {
            var message = SampleMessages.All[number % SampleMessages.All.Count];
            insert.Parameters[0].Value = (long)number;
            insert.Parameters[1].Value = message.PhonePrefix + number.ToString("D8", CultureInfo.InvariantCulture);
            insert.Parameters[2].Value = message.Name;
            insert.Parameters[3].Value = message.Text;
            insert.ExecuteNonQuery();
        }

        public void Dispose()
        {
            insert.Dispose();
            connection.Dispose();
        }
    }
}
