using LeadDesk.Data;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace LeadDesk.Tests.Hosting;

public sealed class OptionChecksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_any_setting_the_data_folder_holds_a_SQLite_file()
    {
        var options = Read().Options.ShouldNotBeNull();

        options.Engine.ShouldBe(DatabaseEngine.Sqlite);
        options.ConnectionString.ShouldContain(_folder.PathTo("leaddesk.db"));
        options.Bootstrap.ShouldBeNull();
        (options.Limits.ApiPerHour, options.Limits.WebhookPerMinute, options.Limits.BodyKilobytes).ShouldBe((1000, 12_000, 256));
    }

    [Fact]
    public void All_problems_come_at_once_each_with_its_key_and_what_is_allowed()
    {
        var read = Read(
            ("LeadDesk:Limits:ApiPerHour", "many"),
            ("LeadDesk:Jobs:Enabled", "perhaps"),
            ("LeadDesk:PublicUrl", "leads.example.com"),
            ("urls", "gopher://localhost"));

        read.Options.ShouldBeNull();
        read.Problems.ShouldBe(
            [
                "LeadDesk:Limits:ApiPerHour is \"many\": it must be a whole number from 1 to 1000000000.",
                "LeadDesk:Jobs:Enabled is \"perhaps\": it must be true or false.",
                "LeadDesk:PublicUrl is \"leads.example.com\": it must be an address such as https://leads.example.com, without a query, a fragment or a password.",
                "urls is \"gopher://localhost\": it must be addresses to listen on such as http://localhost:5080, with semicolons between them.",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("Host=;Password=hunter2")]
    [InlineData("Hots=db;Password=hunter2")]
    [InlineData("Host=db;Port=x;Password=hunter2")]
    [InlineData("Data Source=:memory:;Password=hunter2")]
    [InlineData("hunter2")]
    public void A_wrong_connection_string_is_named_without_its_password(string connectionString)
    {
        var problem = Read(("ConnectionStrings:LeadDesk", connectionString)).Problems.ShouldHaveSingleItem();

        problem.ShouldStartWith("ConnectionStrings:LeadDesk is ");
        problem.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_bootstrap_without_its_password_is_refused_and_never_shows_secrets()
    {
        var problems = Read(
            ("LeadDesk:Bootstrap:Company", "Acme"),
            ("LeadDesk:Bootstrap:AdminEmail", "nobody"),
            ("LeadDesk:Bootstrap:ApiKey", "k 1"),
            ("LeadDesk:Bootstrap:Region", "ZZZ"),
            ("LeadDesk:Bootstrap:TimeZone", "Europe/Atlantis")).Problems;

        problems.Count.ShouldBe(5);
        problems.ShouldContain(problem => problem.StartsWith("LeadDesk:Bootstrap:AdminPassword is missing", StringComparison.Ordinal));
        problems.ShouldAllBe(problem => !problem.Contains("k 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_sentence()
    {
        var file = _folder.PathTo("file");
        File.WriteAllText(file, "");

        Read(("LeadDesk:DataFolder", file)).Problems.ShouldHaveSingleItem()
            .ShouldBe($"LeadDesk:DataFolder is \"{file}\": it must be a folder that LeadDesk may create and write to.");
    }

    [Fact]
    public void A_misspelt_key_is_answered_with_the_one_that_was_meant()
    {
        Read(("LeadDesk:Limits:ApiPerHuor", "5")).Warnings.ShouldHaveSingleItem()
            .ShouldBe("LeadDesk:Limits:ApiPerHuor is not a setting of LeadDesk. Did you mean LeadDesk:Limits:ApiPerHour?");
    }

    private CheckedOptions Read(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LeadDesk:DataFolder"] = _folder.Path };
        foreach (var (key, value) in settings)
            values[key] = value;
        return OptionChecks.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
