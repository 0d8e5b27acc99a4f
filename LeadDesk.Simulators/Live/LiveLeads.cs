using LeadDesk.Simulators.Graph;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Live;

/// <summary>Makes a new lead every few seconds and tells of it when somebody listens.</summary>
internal sealed class LiveLeads(LiveOptions options, GraphSimulator graph, CallSender sender, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_backlog = TimeSpan.FromDays(30);

    private int _made;

    public LiveOptions Options => options;

    /// <summary>What became of the last push; null: none yet.</summary>
    public SendReport? LastPush { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (options.Backlog > 0)
        {
            graph.AddLeads(SampleForms.QuoteFormId, (options.Backlog + 1) / 2, now - s_backlog, now);
            if (options.Backlog > 1) graph.AddLeads(SampleForms.VisitFormId, options.Backlog / 2, now - s_backlog, now);
        }

        // Meta tells only of pages that an app is subscribed to.
        if (options.PushTo is not null) graph.Store.Page(SampleForms.PageId)?.SetSubscribedFields(["leadgen"]);
        using var timer = new PeriodicTimer(options.Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await MakeAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task MakeAsync(CancellationToken ct)
    {
        var formId = _made++ % 3 == 2 ? SampleForms.VisitFormId : SampleForms.QuoteFormId;
        if (graph.Store.Form(formId) is null) return;
        var lead = graph.AddLead(formId);
        if (options.PushTo is not { } address || graph.Store.Page(SampleForms.PageId) is not { SubscribedFields: { Count: > 0 } fields } || !fields.Contains("leadgen")) return;
        LastPush = await LeadPush.SendAsync(sender, graph, new PushPlan(address, graph.AppSecret) { LeadIds = [lead.Id], Retries = 2 }, ct);
    }
}
