using LeadDesk.Simulators.Forms;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Live;
using LeadDesk.Simulators.Mail;
using LeadDesk.Simulators.Messaging;
using LeadDesk.Simulators.Models;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators;

/// <summary>Every simulated service in one small web application.</summary>
public static class SimulatorApp
{
    private const string DefaultAddress = "http://127.0.0.1:5090";
    private const long MostBodyBytes = 8 * 1024 * 1024;

    /// <summary>Builds the application; <c>--urls http://127.0.0.1:0</c> takes a free port, shown by <see cref="WebApplication.Urls"/> once started.</summary>
    public static WebApplication Build(params string[] args) => Build(TimeProvider.System, args);

    /// <param name="time">What the simulated services take for now.</param>
    public static WebApplication Build(TimeProvider time, params string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])) builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MostBodyBytes);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<SimulatedProviders>();
        builder.Services.AddSingleton<GraphSimulator>();
        builder.Services.AddSingleton<CallSender>();
        builder.Services.AddSingleton<MessageSender>();
        builder.Services.AddSingleton<GravityApi>();
        var live = LiveOptions.Read(builder.Configuration);
        if (live is not null) builder.Services.AddLiveMode(live);
        else builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();

        var app = builder.Build();
        app.MapModelControl();
        app.MapOpenAi();
        app.MapMistral();
        app.MapGemini();
        app.MapOllama();
        app.MapGraphControl();
        app.MapPushControl();
        app.MapGraph();
        app.MapMessagingControl();
        app.MapFormControl();
        app.MapLinkedIn();
        GravityApi.Map(app);
        app.MapMailControl();
        if (live is not null) app.MapLiveMode();
        return app;
    }
}
