using System.Globalization;
using System.Text.Encodings.Web;
using LeadDesk.Simulators.Graph;

namespace LeadDesk.Simulators.Live;

/// <summary>The simulators for a newcomer: leads that keep coming, and a page at <c>/</c> that says what to do with them.</summary>
internal static class LiveMode
{
    public static void AddLiveMode(this IServiceCollection services, LiveOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LiveLeads>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveLeads>());
    }

    public static void MapLiveMode(this WebApplication app)
    {
        app.MapGet("/", (HttpRequest request, GraphSimulator graph, LiveLeads live) =>
            Results.Content(Page($"{request.Scheme}://{request.Host}", graph, live), "text/html; charset=utf-8"));
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Greeting(app.Urls.First(), app.Services.GetRequiredService<GraphSimulator>(), app.Services.GetRequiredService<LiveLeads>())));
    }

    private static string Greeting(string address, GraphSimulator graph, LiveLeads live) => $"""
        Simulated services at {address} (open it for what to do next).

        Start LeadDesk with these two lines:
          LeadDesk__Meta__GraphUrl={address}
          LeadDesk__Meta__AppSecret={graph.AppSecret}

        Then connect the page in LeadDesk under Settings, Meta:
          Page          {SampleForms.PageId}
          Access token  {GraphSimulator.DefaultToken}

        {Rhythm(live)}
        """;

    private static string Rhythm(LiveLeads live) =>
        string.Create(CultureInfo.InvariantCulture, $"A new lead every {live.Options.Every.TotalSeconds} s. ")
        + (live.Options.PushTo is { } address ? $"Each is pushed to {address}." : "LeadDesk finds them when it next asks; start this with --push http://localhost:5080 to have each pushed at once.");

    private static string Page(string address, GraphSimulator graph, LiveLeads live) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8"><meta http-equiv="refresh" content="5"><meta name="viewport" content="width=device-width">
        <title>Simulated services</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}pre,code{background:#eef2f6;border-radius:4px}pre{padding:.75rem;overflow:auto}code{padding:.1rem .25rem}li{margin:.5rem 0}</style>
        </head>
        <body><main>
        <h1>Simulated services</h1>
        <p>{{Text(Rhythm(live))}} Nothing here is real.</p>
        <h2>What to do next</h2>
        <ol>
        <li>Start LeadDesk with these two lines:<pre>LeadDesk__Meta__GraphUrl={{Text(address)}}
        LeadDesk__Meta__AppSecret={{Text(graph.AppSecret)}}</pre></li>
        <li>In LeadDesk, under Settings, Meta, connect page <code>{{SampleForms.PageId}}</code> with the token <code>{{GraphSimulator.DefaultToken}}</code> and choose "Sync now".</li>
        <li>Break something and see what LeadDesk says:<pre>curl -X POST {{Text(address)}}/_control/graph/fail -d '{"fault":"leadgen_limit","times":2}'
        curl -X POST {{Text(address)}}/_control/graph/down -d '{"seconds":60}'
        curl -X POST {{Text(address)}}/_control/graph/token -d '{"valid":false}'
        curl -X POST {{Text(address)}}/_control/graph/token -d '{"valid":true}'</pre></li>
        </ol>
        <h2>So far</h2>
        <ul>
        <li>Leads: {{graph.LeadCount}}</li>
        <li>Calls from LeadDesk: {{graph.CallCount}}, failed on command: {{graph.FailedCallCount}}{{(graph.IsDown ? ", down now" : "")}}</li>
        <li>Stages told back: {{graph.Events.Count}}, messages sent: {{graph.SentMessages.Count}}</li>
        <li>Last push: {{Text(LastPush(live))}}</li>
        </ul>
        </main></body></html>
        """;

    private static string LastPush(LiveLeads live)
    {
        if (live.LastPush is not { } push) return live.Options.PushTo is null ? "off" : "none yet";
        return push.Statuses.Keys.Max() switch
        {
            >= 200 and < 300 => string.Create(CultureInfo.InvariantCulture, $"taken within {push.P50Ms:0} ms"),
            0 => "no answer; is LeadDesk running?",
            401 => "401; is LeadDesk__Meta__AppSecret the one above?",
            var status => string.Create(CultureInfo.InvariantCulture, $"answered with {status}"),
        };
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
