using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Journeys;

/// <summary>What was answered with 200 is there once, whenever the process dies.</summary>
public sealed class KillTests
{
    private const int Senders = 16;
    private const int Rounds = 3;
    private const int AnswersPerRound = 300;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_lead_answered_with_200_is_there_once_after_kill_9_under_load(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var app = await LeadDeskProcess.StartAsync(new Dictionary<string, string>(Acme.Settings, StringComparer.Ordinal) { ["ConnectionStrings:LeadDesk"] = database.ConnectionString });
        var answered = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            await SendUntilKilledAsync(app, answered, round);
            await app.RestartAsync();
        }

        answered.Count.ShouldBeGreaterThanOrEqualTo(Rounds * AnswersPerRound);
        using var program = Acme.Program(app);
        var leads = await AllLeadsAsync(program);
        leads.GroupBy(lead => lead.Phone).ShouldAllBe(group => group.Count() == 1);
        var byPhone = leads.ToDictionary(lead => lead.Phone, lead => lead.Id, StringComparer.Ordinal);
        foreach (var (phone, id) in answered)
            byPhone.GetValueOrDefault(phone).ShouldBe(id, $"The lead {phone} was answered with 200.");

        var stats = await program.GetFromJsonAsync<JsonElement>("/api/webhook/stats", TestContext.Current.CancellationToken);
        stats.GetProperty("total_leads").GetInt64().ShouldBe(leads.Count, "Counters belong to the same commit.");
    }

    /// <summary>The process dies in the middle of the senders' requests, after enough answers.</summary>
    private static async Task SendUntilKilledAsync(LeadDeskProcess app, ConcurrentDictionary<string, long> answered, int round)
    {
        var before = answered.Count;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = 0;
        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            using var program = Acme.Program(app);
            while (true)
            {
                var phone = $"+92300{(round * 1_000_000) + Interlocked.Increment(ref next):D7}";
                try
                {
                    using var response = await program.PostAsJsonAsync("/api/webhook", new { phone, message = "I want to buy 50 units", channel = "whatsapp", external_id = phone });
                    if (response.StatusCode is not HttpStatusCode.OK)
                        continue;
                    answered[phone] = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lead_id").GetInt64();
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    // The server is dead: what had no answer is nobody's promise.
                    return;
                }

                if (answered.Count - before >= AnswersPerRound)
                    enough.TrySetResult();
            }
        })).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(180), TestContext.Current.CancellationToken);
        await app.Kill9Async();
        await Task.WhenAll(senders);
    }

    private static async Task<List<(string Phone, long Id)>> AllLeadsAsync(HttpClient program)
    {
        var leads = new List<(string Phone, long Id)>();
        string? cursor = null;
        do
        {
            var page = await program.GetFromJsonAsync<JsonElement>($"/api/v1/leads?limit=500{(cursor is null ? "" : $"&cursor={cursor}")}", TestContext.Current.CancellationToken);
            leads.AddRange(page.GetProperty("leads").EnumerateArray().Select(lead => (lead.GetProperty("phone").GetString()!, lead.GetProperty("id").GetInt64())));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        return leads;
    }
}
