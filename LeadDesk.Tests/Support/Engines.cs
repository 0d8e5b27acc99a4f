using LeadDesk.Data;

namespace LeadDesk.Tests.Support;

/// <summary>Both databases; every storage test runs on each.</summary>
public static class Engines
{
    public static TheoryData<DatabaseEngine> All => [DatabaseEngine.Sqlite, DatabaseEngine.Postgres];
}
