// Adds a migration for both databases:  dotnet run --project tools/AddMigration -- NameOfTheChange
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

if (args is not [var name])
{
    Console.Error.WriteLine("Usage: dotnet run --project tools/AddMigration -- NameOfTheChange");
    return 2;
}

var core = FindCore();
Add("Data Source=:memory:", "Sqlite");
Add("Host=localhost;Database=design", "Postgres");
return 0;

void Add(string connectionString, string folder)
{
    using var context = new Database(connectionString).Open(CompanyScope.Installation);
    var services = new DesignTimeServicesBuilder(typeof(AppDbContext).Assembly, typeof(Program).Assembly, new OperationReporter(new OperationReportHandler()), [])
        .Build(context);
    using var scope = services.CreateScope();
    var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
    var directory = Path.Combine(core, "Data", folder, "Migrations");
    var migration = scaffolder.ScaffoldMigration(name, "LeadDesk", $"Data.{folder}.Migrations");
    scaffolder.Save(core, migration, directory, dryRun: false);
    Console.WriteLine($"{folder}: {migration.MigrationId}");
}

static string FindCore()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "LeadDesk.sln")))
            return Path.Combine(folder.FullName, "LeadDesk.Core");
    }

    throw new InvalidOperationException("Run from inside the repository: LeadDesk.sln was not found above " + AppContext.BaseDirectory);
}
