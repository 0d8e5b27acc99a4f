using System.Data.Common;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Web.Hosting;

/// <param name="Options">Null when there are problems.</param>
/// <param name="Problems">Sentences, each with its key, its value (secrets masked) and what is allowed. They stop the start.</param>
/// <param name="Warnings">Settings that nobody reads.</param>
internal sealed record CheckedOptions(LeadDeskOptions? Options, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings);

/// <summary>Checks the whole configuration before anything starts.</summary>
internal static class OptionChecks
{
    public const string ConnectionStringKey = "ConnectionStrings:LeadDesk";
    private const string Masked = "***";
    private const int ShortestApiKey = 8;
    private const int MostPerWindow = 1_000_000_000;

    public static CheckedOptions Read(IConfiguration configuration)
    {
        var settings = new SettingReader(configuration);
        var folder = DataFolder(settings);
        CheckAddresses(settings);
        var options = new LeadDeskOptions
        {
            DataFolder = folder,
            ConnectionString = ConnectionString(settings, folder),
            PublicUrl = settings.WebAddress("LeadDesk:PublicUrl"),
            Bootstrap = Bootstrap(settings),
            Limits = new LimitOptions
            {
                ApiPerHour = settings.Number("LeadDesk:Limits:ApiPerHour", 1000, 1, MostPerWindow),
                BulkPerHour = settings.Number("LeadDesk:Limits:BulkPerHour", 100, 1, MostPerWindow),
                WebhookPerMinute = settings.Number("LeadDesk:Limits:WebhookPerMinute", 12_000, 1, MostPerWindow),
                BodyKilobytes = settings.Number("LeadDesk:Limits:BodyKilobytes", 256, 1, 1_000_000),
                UploadMegabytes = settings.Number("LeadDesk:Limits:UploadMegabytes", 50, 1, 1000),
            },
            Jobs = new JobOptions(settings.Flag("LeadDesk:Jobs:Enabled", otherwise: true)),
            Analysis = Analysis(settings, configuration),
            Meta = ChannelChecks.Meta(settings),
            Conversations = ChannelChecks.Conversations(settings),
            LinkedIn = ChannelChecks.LinkedIn(settings),
            Intake = new IntakeOptions(settings.Number("LeadDesk:Intake:KeepRawDays", 90, 1, 3650)),
            OutboundToInnerNetwork = settings.Flag("LeadDesk:Outbound:AllowInnerNetwork", otherwise: false),
            BehindProxy = settings.Flag("LeadDesk:BehindProxy", otherwise: false),
        };
        return new CheckedOptions(settings.Problems.Count is 0 ? options : null, settings.Problems, settings.Unknown("LeadDesk"));
    }

    private static AnalysisOptions Analysis(SettingReader settings, IConfiguration configuration)
    {
        const string Section = "LeadDesk:Analysis";
        var analysis = new AnalysisOptions();
        if (settings.Text($"{Section}:DeadlineSeconds") is not null)
            analysis.DeadlineSeconds = settings.Number($"{Section}:DeadlineSeconds", otherwise: 10, 2, 120);
        foreach (var entry in configuration.GetSection($"{Section}:Providers").GetChildren())
        {
            analysis.Providers.Add(new ModelProviderOptions
            {
                Kind = settings.Text($"{entry.Path}:Kind"),
                Url = settings.Text($"{entry.Path}:Url"),
                Model = settings.Text($"{entry.Path}:Model"),
                ApiKey = settings.Text($"{entry.Path}:ApiKey"),
                TimeoutSeconds = settings.Number($"{entry.Path}:TimeoutSeconds", otherwise: 8, 1, 60),
            });
        }

        foreach (var problem in analysis.Problems(Section))
            settings.Add(problem);
        return analysis;
    }

    private static void CheckAddresses(SettingReader settings)
    {
        const string Key = "urls";
        foreach (var address in settings.Text(Key)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (!IsListeningAddress(address))
                settings.Refuse(Key, address, "addresses to listen on such as http://localhost:5080, with semicolons between them");
        }
    }

    private static bool IsListeningAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string DataFolder(SettingReader settings)
    {
        const string Key = "LeadDesk:DataFolder";
        var written = settings.Text(Key) ?? "data";
        try
        {
            var folder = Path.GetFullPath(written);
            ProveWritable(folder);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            settings.Refuse(Key, written, "a folder that LeadDesk may create and write to");
            return written;
        }
    }

    private static void ProveWritable(string folder)
    {
        Directory.CreateDirectory(folder);
        var probe = Path.Combine(folder, $".write-test-{Guid.NewGuid():N}");
        using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    private static string ConnectionString(SettingReader settings, string dataFolder)
    {
        if (settings.Text(ConnectionStringKey) is not { } written)
            return new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "leaddesk.db") }.ConnectionString;
        if (ConnectionProblem(written) is { } allowed)
            settings.Refuse(ConnectionStringKey, WithoutSecrets(written), allowed);
        return written;
    }

    /// <returns>What is allowed, when this is not; null when it is fine.</returns>
    private static string? ConnectionProblem(string written)
    {
        const string Either = "\"Data Source=FILE\" for SQLite or \"Host=NAME;Database=NAME;Username=NAME;Password=…\" for PostgreSQL";
        try
        {
            switch (Database.EngineOf(written))
            {
                case DatabaseEngine.Sqlite:
                    var file = new SqliteConnectionStringBuilder(written);
                    if (file.DataSource is "" or ":memory:" || file.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly)
                        return "the path of a SQLite file that can be written; leads in memory would be lost";
                    ProveWritable(Path.GetDirectoryName(Path.GetFullPath(file.DataSource))!);
                    return null;
                case DatabaseEngine.Postgres:
                    return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(written).Host) ? Either : null;
                default:
                    return Either;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return Either;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return "a SQLite file in a folder that LeadDesk may create and write to";
        }
    }

    public static string WithoutSecrets(string connectionString)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
            foreach (var secret in parts.Keys!.Cast<string>().Where(IsSecret).ToList())
                parts[secret] = Masked;
            return parts.ConnectionString;
        }
        catch (ArgumentException)
        {
            // What cannot be read cannot be masked in parts.
            return Masked;
        }
    }

    private static bool IsSecret(string key) =>
        key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.Equals("pwd", StringComparison.OrdinalIgnoreCase);

    private static BootstrapOptions? Bootstrap(SettingReader settings)
    {
        const string Section = "LeadDesk:Bootstrap:";
        var company = settings.Text(Section + "Company");
        var email = settings.Text(Section + "AdminEmail");
        var password = settings.Text(Section + "AdminPassword");
        var apiKey = settings.Text(Section + "ApiKey");
        var region = settings.Text(Section + "Region") ?? "US";
        var zone = settings.Text(Section + "TimeZone") ?? "UTC";
        if (company is null && email is null && password is null && apiKey is null)
            return null;

        foreach (var (key, value) in new[] { ("Company", company), ("AdminEmail", email), ("AdminPassword", password) })
        {
            if (value is null)
                settings.Add($"{Section}{key} is missing: to make the first company, set Company, AdminEmail and AdminPassword together.");
        }

        if (company?.Length > CompanyService.LongestName)
            settings.Refuse(Section + "Company", company, $"a name of at most {CompanyService.LongestName} characters");
        if (email is not null && !SignInEmail.TryRead(email, out _))
            settings.Refuse(Section + "AdminEmail", email, "an e-mail address such as name@example.com");
        if (password is not null && PasswordRules.Problem(password, email) is { } problem)
            settings.Add($"{Section}AdminPassword is \"{Masked}\": {problem}");
        if (apiKey is not null && (apiKey.Length is < ShortestApiKey or > ApiKeyDirectory.LongestKey || !apiKey.All(character => character is > ' ' and < '\u007f')))
            settings.Refuse(Section + "ApiKey", Masked, $"{ShortestApiKey} to {ApiKeyDirectory.LongestKey} visible ASCII characters without spaces");
        if (Regions.Read(region) is null)
            settings.Refuse(Section + "Region", region, "the two letters of a region (ISO 3166), such as GB");
        if (TimeZones.Read(zone) is null)
            settings.Refuse(Section + "TimeZone", zone, "the IANA name of a time zone, such as Europe/Istanbul");
        return new BootstrapOptions(company ?? "", email ?? "", password ?? "", apiKey, region, zone);
    }
}
