using LeadDesk.Data;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake;

/// <summary>What <c>POST /api/webhook</c> of the running app refuses, and how it says so.</summary>
public sealed class WebhookRefusalTests(ApiApps apps)
{
    private const string Webhook = "/api/webhook";

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
        (await context.InboundEvents.AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
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
}
