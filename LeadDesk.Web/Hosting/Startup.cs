using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Demo;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Web.Hosting;

/// <summary>The steps of Program.cs that belong to no feature.</summary>
internal static partial class Startup
{
    /// <summary>The process's exit code when it cannot start as configured.</summary>
    public const int CannotStart = 2;

    public const string DefaultAddress = "http://localhost:5080";

    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>Settings stand beside the program when they do not stand where it is started.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var here = Directory.GetCurrentDirectory();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = File.Exists(Path.Combine(here, "appsettings.json")) ? here : AppContext.BaseDirectory,
        });
        if (!AddressSettings.Any(key => builder.Configuration.GetSection(key) is var section && (section.Value is { Length: > 0 } || section.GetChildren().Any())))
            builder.WebHost.UseUrls(DefaultAddress);
        return builder;
    }

    /// <returns>The checked options; null when there are problems, which are then on standard error.</returns>
    public static LeadDeskOptions? ReadOptions(this WebApplicationBuilder builder)
    {
        var read = OptionChecks.Read(builder.Configuration);
        foreach (var warning in read.Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        if (read.Options is null)
            Complain(read.Problems);
        return read.Options;
    }

    /// <summary>Server, logging, storage, keys, limits, health, metrics: what every feature stands on.</summary>
    public static void AddHosting(this WebApplicationBuilder builder, LeadDeskOptions options)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytes;
        });
        // A failed start is told in sentences below; what the host adds is a stack trace. A failed background service is critical and stays.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new Database(options.ConnectionString));
        services.AddSingleton<PrometheusMetrics>();
        services.AddSingleton<ISecretBox, SecretBox>();
        services.AddSingleton(_ => new OutboundHttp(options.OutboundToInnerNetwork));
        services.AddSingleton(options.Meta);
        services.AddSingleton(options.Conversations);
        services.AddSingleton(options.LinkedIn);
        services.AddSingleton(options.Intake);
        services.AddDataProtection().SetApplicationName("LeadDesk");
        services.AddOptions<KeyManagementOptions>().Configure<Database>((keys, database) => keys.XmlRepository = new DatabaseKeyRepository(database));
        services.ConfigureHttpJsonOptions(http => UseSnakeCase(http.SerializerOptions));
        // A broken body must reach Problems with its place, in every environment.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddRateLimits(options.Limits);
        services.AddHealth();
        services.AddApiDescription();
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // BehindProxy says that every connection comes from the proxy.
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
        });
    }

    /// <summary>What surrounds every request, outermost first. Programs' way is kept short: nothing for pages runs on it.</summary>
    public static void UseHosting(this WebApplication app, LeadDeskOptions options)
    {
        if (options.BehindProxy)
            app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseWhen(context => context.IsPage(), pages => pages.Use(LetErrorPagesShow));
        app.UseWhen(context => context.IsFromProgram(), programs => programs.UseMiddleware<FailureMiddleware>());
        app.UseWhen(IsDataForProgram, reads => reads.UseResponseCompression());
    }

    public static void MapHosting(this WebApplication app)
    {
        app.MapHealth();
        app.MapMetrics();
        app.MapApiDescription();
    }

    /// <summary>Brings the database up to date and the first company into it, before anybody can ask.</summary>
    /// <param name="demo">Fills a fresh database with the demo company and prints its logins.</param>
    /// <returns>False when that failed; the cause is on standard error.</returns>
    public static async Task<bool> PrepareAsync(this WebApplication app, LeadDeskOptions options, bool demo)
    {
        // Beside the database's start, so that neither the first message nor the start waits for the lexicon.
        var lexicon = Task.Run(BuiltInClassifier.WarmUp);
        try
        {
            await Migrator.MigrateAsync(app.Services.GetRequiredService<Database>(), app.Logger, app.Lifetime.ApplicationStopping);
            var problem = demo ? await FillDemoAsync(app) : await app.PrepareAccessAsync(options.Bootstrap, app.Lifetime.ApplicationStopping);
            await lexicon;
            if (problem is null)
                return true;
            Complain([problem]);
        }
        catch (Exception exception) when (exception is SqliteException or NpgsqlException or SocketException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            Complain([$"{OptionChecks.ConnectionStringKey}: the database {OptionChecks.WithoutSecrets(options.ConnectionString)} cannot be used. {Sentence(exception)}"]);
        }

        return false;
    }

    /// <summary>Listens until the process is told to stop.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> ListenAsync(this WebApplication app, LeadDeskOptions options)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            Complain([$"Another program listens on the address already ({exception.Message.TrimEnd('.')}). Stop it, or choose another address with --urls or ASPNETCORE_URLS."]);
            return CannotStart;
        }
        catch (SocketException exception)
        {
            Complain([$"urls is \"{app.Configuration["urls"]}\": LeadDesk cannot listen there. {Sentence(exception)}"]);
            return CannotStart;
        }

        LogListening(app.Logger, string.Join(", ", app.Urls));
        await app.AnnounceSetupAsync(options, app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Lets the shell show its page about a form that failed over a missing or old token.</summary>
    private static async Task LetErrorPagesShow(HttpContext context, RequestDelegate next)
    {
        // The page is shown, not posted: else it would fail over the same token.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            context.Request.Method = HttpMethods.Get;
        await next(context);
        // Blazor names the type of its page before it refuses the form, and then writes none.
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false })
            context.Response.ContentType = null;
    }

    /// <returns>Why the demo cannot be filled, in a sentence; null when it stands.</returns>
    private static async Task<string?> FillDemoAsync(WebApplication app)
    {
        var services = app.Services;
        var demo = new DemoCompany(
            services.GetRequiredService<Database>(), services.GetRequiredService<IPasswordHashing>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>());
        var logins = await demo.FillAsync(app.Lifetime.ApplicationStopping);
        if (!logins.Succeeded)
            return $"--demo: {logins.Refusal.Message}";
        Console.WriteLine(logins.Value.ToTable());
        return null;
    }

    private static void UseSnakeCase(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    /// <summary>Lists and reports are worth packing; the short answers of the intake are not, and pages could leak a secret by their size.</summary>
    private static bool IsDataForProgram(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static string Sentence(Exception exception) => exception.GetBaseException().Message.ReplaceLineEndings(" ");

    private static void Complain(IReadOnlyList<string> problems)
    {
        Console.Error.WriteLine(problems.Count is 1 ? "LeadDesk cannot start:" : $"LeadDesk cannot start, {problems.Count} things are wrong:");
        foreach (var problem in problems)
            Console.Error.WriteLine($"- {problem}");
    }

    [LoggerMessage(LogLevel.Information, "LeadDesk listens on {Addresses}.")]
    private static partial void LogListening(ILogger logger, string addresses);
}
