using System.Diagnostics;
using LeadDesk.Bench.Reporting;
using LeadDesk.Bench.Running;
using LeadDesk.Data;
using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;
using static LeadDesk.Bench.Reporting.Figures;

namespace LeadDesk.Bench.Intake;

/// <summary>Signed pushes at an even rate, whether each was answered and became a lead, and how long the last one took.</summary>
internal static class PushMeasure
{
    private const int Rate = 1000;
    private const int WarmingUp = 2000;
    private const double LongestP99 = 100;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public static Table Table() => new(
        "engine", "pushes", "answered 200", "p50 ms", "p99 ms", "slowest ms", "floor p50 ms", "floor p99 ms", "budget, p99 ms", "leads made", "last one after s", "met", "server CPU", "client CPU", "whole machine");

    public static string Notes(BenchRun bench) =>
        $"""
        `POST /webhooks/meta`, {Whole(Rate)} requests a second for {Seconds(bench)} s, one new lead in each, signed; nothing is sent twice. After the answer the app asks Graph for the leads and
        stores them. "Last one after": from the last answer until no event waits. Met: all answered with 200, p99 within the budget, a lead for every push. The floor: an empty
        server that reads the same bodies at the same rate and keeps nothing. The pusher and Graph are the client; server, client and database share {Environment.ProcessorCount} cores.
        """;

    public static async Task RunAsync(BenchRun bench, DatabaseEngine engine, Table table)
    {
        using var sender = new CallSender();
        await using var page = await ConnectedPage.OpenAsync(bench, engine);
        await page.SyncAsync();
        var address = new Uri(page.App.Address, "webhooks/meta");
        await SendAsync(sender, page, address, WarmingUp, Rate / 2);
        await EmptyAsync(page);

        var before = await page.LeadsAsync();
        var pushes = Seconds(bench) * Rate;
        var calls = LeadPush.Prepare(page.Graph, new PushPlan(address, GraphSimulator.DefaultAppSecret) { Count = pushes });
        var floor = await FloorAsync(sender, calls.Take(pushes / 3).ToList());
        BenchRun.Say($"{Whole(pushes)} pushes");
        var processors = new ProcessorUse(page.App);
        var report = await sender.SendAsync(calls, new SendPlan(address, Rate), CancellationToken.None);
        var use = processors.Since();
        var rest = await EmptyAsync(page);

        var answered = report.Statuses.GetValueOrDefault(200);
        var made = await page.LeadsAsync() - before;
        table.Add(
            BenchDatabase.NameOf(engine), Whole(pushes), Whole(answered), Milliseconds(report.P50Ms), Milliseconds(report.P99Ms), Milliseconds(report.MaxMs), Milliseconds(floor.P50Ms),
            Milliseconds(floor.P99Ms), Whole(LongestP99), Whole(made), rest is { } took ? took.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) : "never",
            Met(answered == pushes && made == pushes && report.P99Ms <= LongestP99 && rest is not null), Percent(use.Server), Percent(use.Client), Percent(use.Machine));
    }

    private static int Seconds(BenchRun bench) => bench.Options.Quick ? 5 : 60;

    private static async Task SendAsync(CallSender sender, ConnectedPage page, Uri address, int count, double rate)
    {
        var calls = LeadPush.Prepare(page.Graph, new PushPlan(address, GraphSimulator.DefaultAppSecret) { Count = count });
        var report = await sender.SendAsync(calls, new SendPlan(address, rate), CancellationToken.None);
        if (report.Statuses.GetValueOrDefault(200) != count)
            throw new InvalidOperationException($"Pushes were answered with {string.Join(", ", report.Statuses.Select(status => $"{status.Key} ({status.Value}×)"))}.");
    }

    private static async Task<SendReport> FloorAsync(CallSender sender, IReadOnlyList<OutgoingCall> calls)
    {
        await using var server = await FloorApp.StartAsync();
        var plan = new SendPlan(new Uri(server.Address, "tell"), Rate);
        await sender.SendAsync(calls, plan, CancellationToken.None);
        return await sender.SendAsync(calls, plan, CancellationToken.None);
    }

    /// <returns>How long it took until no event waited; null when some still did after five minutes.</returns>
    private static async Task<TimeSpan?> EmptyAsync(ConnectedPage page)
    {
        var started = Stopwatch.GetTimestamp();
        using var looks = new PeriodicTimer(BetweenLooks);
        while (await page.WaitingAsync() > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > LongestWait)
                return null;
            await looks.WaitForNextTickAsync();
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
