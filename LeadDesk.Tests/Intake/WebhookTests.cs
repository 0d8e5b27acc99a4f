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

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_key_with_another_body_is_refused(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        await caller.PostAsync(Webhook, new { phone = "+447400123456" }, ("Idempotency-Key", "one"));

        var answer = await caller.PostAsync(Webhook, new { phone = "+447400123457" }, ("Idempotency-Key", "one"));

        answer.Status.ShouldBe(422);
        answer.Error("idempotency_key").ShouldContain("another request");
        answer["status_text"].GetString().ShouldBe("error");
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("two\tparts")]
    [InlineData(null)]
    public async Task A_key_that_is_too_long_or_not_plain_is_refused(string? key)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.PostAsync(Webhook, new { phone = "+447400123456" }, ("Idempotency-Key", key ?? new string('k', 256)));

        answer.Status.ShouldBe(422);
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("17", "$")]
    [InlineData("null", "$")]
    [InlineData("""{"phone":"+447400123456" """, "$")]
    [InlineData("{\"phone\":\"+447400123456\",\n\"message\":oops}", "$.message")]
    [InlineData("""{"phone":"+447400123456"} extra""", "$")]
    [InlineData("""{"phone":447400123456}""", "$.phone")]
    [InlineData("""{"phone":"+447400123456","message":["hello"]}""", "$.message")]
    [InlineData("""{"phone":"+447400123456","message":true}""", "$.message")]
    [InlineData("""{"phone":"+447400123456","metadata":"none"}""", "$.metadata")]
    [InlineData("""{"external_id":{"a":1}}""", "$.external_id")]
    public async Task A_body_that_cannot_be_read_is_refused_with_its_place(string body, string place)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);

        var answer = await caller.SendAsync(HttpMethod.Post, Webhook, body);

        answer.Status.ShouldBe(400);
        answer.MediaType.ShouldBe("application/problem+json");
        answer["status"].GetInt32().ShouldBe(400);
        answer["status_text"].GetString().ShouldBe("error");
        answer["trace_id"].GetString().ShouldNotBeNullOrEmpty();
        answer.Error(place).ShouldNotBeNullOrEmpty();
        await using var context = app.Database.Database.Open(company.Id);
        (await context.InboundEvents.AnyAsync(Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Broken_json_is_named_by_line_and_position()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.SendAsync(HttpMethod.Post, Webhook, "{\"phone\":\"+447400123456\",\n\"message\":oops}");

        answer["detail"].GetString()!.ShouldContain("line 2, position 11");
    }

    [Theory]
    [InlineData("""{"message":"hello"}""", "phone")]
    [InlineData("""{"phone":"+447400123456","message":"a\u0007b"}""", "message")]
    [InlineData("""{"phone":"+447400123456","message":"a\ud800b"}""", "message")]
    [InlineData("""{"phone":"+447400123456","metadata":{"note":"\udc00"}}""", "metadata.note")]
    [InlineData("""{"phone":"+447400123456","metadata":{"deep":{"note":["\udc00"]}}}""", "metadata.deep")]
    [InlineData("""{"phone":"+447400123456","region":"Pakistan"}""", "region")]
    public async Task What_cannot_be_taken_is_refused_with_its_field(string body, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.SendAsync(HttpMethod.Post, Webhook, body);

        answer.Status.ShouldBe(422);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_message_of_20000_characters_is_taken_and_a_longer_one_refused()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        (await caller.PostAsync(Webhook, new { phone = "+447400123456", message = new string('a', 20_000) })).Status.ShouldBe(200);
        var answer = await caller.PostAsync(Webhook, new { phone = "+447400123456", message = new string('a', 20_001) });

        answer.Status.ShouldBe(422);
        answer.Error("message").ShouldContain("20,000");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.PostAsync(Webhook, new { phone = "+447400123456", metadata = new { text = new string('a', 300_000) } });

        answer.Status.ShouldBe(413);
        answer["status_text"].GetString().ShouldBe("error");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_a_good_key_nothing_is_told(string? key)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);

        var answer = await app.WithKey(key).PostAsync(Webhook, new { phone = "+447400123456" });

        answer.Status.ShouldBe(401);
        answer["status_text"].GetString().ShouldBe("error");
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

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("text/json", 200)]
    [InlineData("application/vnd.acme+json", 200)]
    [InlineData(null, 200)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("text/plain", 415)]
    public async Task Only_json_is_read(string? type, int status)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var content = new ByteArrayContent("""{"phone":"+447400123456"}"""u8.ToArray());
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        (await caller.SendContentAsync(HttpMethod.Post, Webhook, content)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm_and_bytes_that_are_no_utf8_are_named()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var json = """{"phone":"+447400123456"}"""u8.ToArray();

        (await caller.SendContentAsync(HttpMethod.Post, Webhook, new ByteArrayContent([0xEF, 0xBB, 0xBF, .. json]))).Status.ShouldBe(200);
        var answer = await caller.SendContentAsync(HttpMethod.Post, Webhook, new ByteArrayContent([.. json[..^2], 0xFF, .. json[^2..]]));

        answer.Status.ShouldBe(400);
        answer.Error("$").ShouldContain("byte 24");
    }

    [Fact]
    public async Task Lists_and_totals_show_what_came_in_newest_first()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        await caller.PostAsync(Webhook, new { phone = "+447400123456", message = "I want to buy 50 units today, please call me", channel = "whatsapp", sender_name = "Ann" });
        await caller.PostAsync(Webhook, new { phone = "+447400123457", message = "stop messaging me", channel = "whatsapp", sender_name = "Bob" });

        var first = await caller.GetAsync("/api/webhook/leads?limit=1");
        var second = await caller.GetAsync($"/api/webhook/leads?limit=1&cursor={first["next_cursor"].GetString()}");
        var hot = await caller.GetAsync("/api/webhook/leads?quality=hot&channel=WhatsApp&status=new");
        var stats = await caller.GetAsync("/api/webhook/stats");

        first["status"].GetString().ShouldBe("success");
        first["leads"][0].GetProperty("name").GetString().ShouldBe("Bob");
        second["leads"][0].GetProperty("name").GetString().ShouldBe("Ann");
        second["next_cursor"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        hot["leads"].GetArrayLength().ShouldBe(1);
        stats.Text.ShouldBe("""{"status":"success","total_leads":2,"hot_leads":1,"warm_leads":0,"cold_leads":1}""");
    }

    [Theory]
    [InlineData("quality=FOO", "quality")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("status=Sleeping", "status")]
    public async Task Words_that_mean_nothing_are_refused_with_what_is_allowed(string query, string field)
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        var answer = await caller.GetAsync($"/api/webhook/leads?{query}");

        answer.Status.ShouldBe(422);
        answer.Error(field).ShouldNotBeNullOrEmpty();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [GeneratedRegex("""^\{"status":"success","lead_id":\d+,"quality":"HOT","score":\d+,"intent":"buy","urgency":"high","duplicate":false\}$""", RegexOptions.None, 1000)]
    private static partial Regex ExactAnswer();
}
