using System.Text.RegularExpressions;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake;

/// <summary><c>POST /api/webhook</c> of the running app.</summary>
public sealed partial class WebhookTests(ApiApps apps)
{
    private const string Webhook = "/api/webhook";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Somebody_who_wants_to_buy_today_is_hot_and_answered_exactly_as_promised(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.SendAsync(
            HttpMethod.Post, Webhook, """{"phone":"+923001234567","message":"I want to buy 50 units today, please call me","channel":"whatsapp","sender_name":"Ahmed"}""");

        answer.Status.ShouldBe(200);
        answer.MediaType.ShouldBe("application/json");
        ExactAnswer().IsMatch(answer.Text).ShouldBeTrue(answer.Text);
        answer["quality"].GetString().ShouldBe("HOT");
        var lead = await caller.GetAsync($"/api/v1/leads/{answer["lead_id"]}");
        lead["phone"].GetString().ShouldBe("+923001234567");
        lead["name"].GetString().ShouldBe("Ahmed");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Somebody_who_wants_no_more_messages_is_cold(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.PostAsync(Webhook, new { phone = "+923001234567", message = "stop messaging me", channel = "whatsapp" });

        answer["quality"].GetString().ShouldBe("COLD");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_message_sent_twenty_times_at_once_is_stored_once(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        const string Body = """{"external_id":"wamid.17","phone":"+447400123456","message":"How much is it?","channel":"whatsapp"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.SendAsync(HttpMethod.Post, Webhook, Body)));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Count(answer => !answer["duplicate"].GetBoolean()).ShouldBe(1);
        answers.Select(answer => answer["lead_id"].GetInt64()).Distinct().Count().ShouldBe(1);
        await using var context = app.Database.Database.Open(company.Id);
        (await context.Leads.CountAsync(Stop)).ShouldBe(1);
        (await context.LeadMessages.CountAsync(Stop)).ShouldBe(1);
        (await context.InboundEvents.CountAsync(Stop)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_key_sent_twenty_times_at_once_gets_one_answer_twenty_times(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        const string Body = """{"phone":"+447400123456","message":"How much is it?"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.SendAsync(HttpMethod.Post, Webhook, Body, key)));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        answers[0]["duplicate"].GetBoolean().ShouldBeFalse();
        await using var context = app.Database.Database.Open(company.Id);
        (await context.LeadMessages.CountAsync(Stop)).ShouldBe(1);
        (await context.InboundEvents.CountAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Oddities_are_accepted_as_they_came_and_marked()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.PostAsync(Webhook, new { phone = "12", email = "not an address", channel = "Carrier Pigeon", message = "hello" });

        answer.Status.ShouldBe(200);
        var lead = await caller.GetAsync($"/api/v1/leads/{answer["lead_id"]}");
        lead["phone"].GetString().ShouldBe("12");
        lead["channel"].GetString().ShouldBe("carrier pigeon");
        lead["marks"].EnumerateArray().Select(mark => mark.GetString()).ShouldBe(["phone_unreadable", "email_unreadable", "name_missing", "channel_unknown"]);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Unknown_fields_stay_in_the_metadata_and_long_numbers_keep_their_digits(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.SendAsync(
            HttpMethod.Post, Webhook, """{"external_id":12345678901234567890123,"colour":"red","size":1.50,"metadata":{"colour":"blue","list":[1,{"a":null}]},"message":"hello"}""");

        var lead = await caller.GetAsync($"/api/v1/leads/{answer["lead_id"]}");
        lead["external_id"].GetString().ShouldBe("12345678901234567890123");
        lead["metadata"].GetRawText().ShouldBe("""{"colour":"blue","list":[1,{"a":null}],"size":1.50}""");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [GeneratedRegex("""^\{"status":"success","lead_id":\d+,"quality":"HOT","score":\d+,"intent":"buy","urgency":"high","duplicate":false\}$""", RegexOptions.None, 1000)]
    private static partial Regex ExactAnswer();
}
