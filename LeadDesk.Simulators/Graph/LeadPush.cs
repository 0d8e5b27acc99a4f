using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Graph;

/// <summary>How leads are told to a callback.</summary>
/// <param name="AppSecret">What bodies are signed with; null: not signed at all.</param>
public sealed record PushPlan(Uri Url, string? AppSecret)
{
    /// <summary>How many new leads are made and told.</summary>
    public int Count { get; init; } = 1;

    public string FormId { get; init; } = SampleForms.QuoteFormId;

    /// <summary>Leads there are already, told in place of new ones.</summary>
    public IReadOnlyList<string>? LeadIds { get; init; }

    /// <summary>Changes in one body, 1 to 1,000.</summary>
    public int PerBody { get; init; } = 1;

    /// <summary>Requests per second; null: as fast as answers come.</summary>
    public double? Rate { get; init; }

    public bool WrongSignature { get; init; }

    /// <summary>How often every body is sent.</summary>
    public int Repeat { get; init; } = 1;

    public bool Shuffle { get; init; }

    /// <summary>Ids as numbers, as older bodies have them.</summary>
    public bool NumericIds { get; init; }

    public int Retries { get; init; } = 5;

    public double RetrySeconds { get; init; } = 0.5;

    public int MostAtOnce { get; init; } = 256;
}

/// <summary>Leadgen webhooks, signed as Meta signs them.</summary>
/// <example><c>{"object":"page","entry":[{"id":"1","time":1630087927,"changes":[{"value":{"form_id":"2","leadgen_id":"3","created_time":1630087926,"page_id":"1"},"field":"leadgen"}]}]}</c></example>
public static class LeadPush
{
    public const int MostPerBody = 1000;

    /// <summary>Greater bodies come in several entries.</summary>
    private const int MostPerEntry = 100;

    /// <summary>Makes the leads, and the calls that tell of them, without sending.</summary>
    public static IReadOnlyList<OutgoingCall> Prepare(GraphSimulator graph, PushPlan plan)
    {
        var leads = plan.LeadIds is { } ids
            ? ids.Select(id => graph.Store.Lead(id) ?? throw new ArgumentException($"There is no lead {id}.", nameof(plan)))
            : Enumerable.Range(0, plan.Count).Select(_ => graph.AddLead(plan.FormId)).ToArray();
        return leads
            .Chunk(plan.PerBody)
            .Select(chunk => OutgoingCall.FromMeta(MetaJson.Write(Body(graph, chunk, plan.NumericIds)), plan.AppSecret, plan.WrongSignature, chunk.Length))
            .ToArray()
            .RepeatAndShuffle(plan.Repeat, plan.Shuffle, graph.Seed);
    }

    public static Task<SendReport> SendAsync(CallSender sender, GraphSimulator graph, PushPlan plan, CancellationToken ct) =>
        sender.SendAsync(Prepare(graph, plan), new SendPlan(plan.Url, plan.Rate, plan.MostAtOnce, plan.Retries, plan.RetrySeconds), ct);

    private static JsonObject Body(GraphSimulator graph, SimulatedLead[] leads, bool numericIds) => new()
    {
        ["object"] = "page",
        ["entry"] = new JsonArray([.. leads
            .GroupBy(lead => graph.Store.Form(lead.FormId)!.PageId)
            .SelectMany(page => page.Chunk(MostPerEntry).Select(JsonNode (chunk) => Entry(page.Key, chunk, numericIds)))]),
    };

    private static JsonObject Entry(string pageId, SimulatedLead[] leads, bool numericIds) => new()
    {
        ["id"] = Id(pageId, numericIds),
        ["time"] = LeadPosition.Of(leads[^1]).Seconds + 1,
        ["changes"] = new JsonArray([.. leads.Select(JsonNode (lead) => new JsonObject { ["value"] = Value(pageId, lead, numericIds), ["field"] = "leadgen" })]),
    };

    private static JsonObject Value(string pageId, SimulatedLead lead, bool numericIds)
    {
        var value = new JsonObject { ["created_time"] = LeadPosition.Of(lead).Seconds, ["leadgen_id"] = Id(lead.Id, numericIds), ["page_id"] = Id(pageId, numericIds) };
        if (lead.HasAd)
        {
            value["ad_id"] = Id(LeadJson.AdId(lead), numericIds);
            value["adgroup_id"] = Id(LeadJson.AdId(lead), numericIds);
        }

        value["form_id"] = Id(lead.FormId, numericIds);
        return value;
    }

    private static JsonValue Id(string id, bool isNumber) => isNumber && long.TryParse(id, out var number) ? JsonValue.Create(number) : JsonValue.Create(id);
}
