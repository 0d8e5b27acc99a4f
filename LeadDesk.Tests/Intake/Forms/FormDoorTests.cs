using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Forms;

/// <summary><c>/webhooks/forms/{key}</c> of the running app.</summary>
public sealed class FormDoorTests(ApiApps apps)
{
    private static readonly (string, string) Browser = ("Accept", "text/html");
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_form_makes_a_lead_before_it_is_answered_and_its_repeat_makes_none(DatabaseEngine engine)
    {
        var (app, company, form) = await NewFormAsync(engine, new { name = "Contact", region = "GB" });
        const string Body = "your-name=Ada+Lovelace&your-email=ada%40example.com&tel-1=07400+123456&your-message=I+want+to+buy&colour%5B%5D=red&colour%5B%5D=blue&gdpr=on&utm_campaign=spring";

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostAsync(form, Body, "application/x-www-form-urlencoded")));

        answers.ShouldAllBe(answer => answer.Status == 200 && answer.Text == """{"status":"success"}""");
        await using var context = app.Database.Database.Open(company.Id);
        var lead = await context.Leads.SingleAsync(Stop);
        (lead.Name, lead.Email, lead.Phone, lead.Channel, lead.Campaign, lead.Source).ShouldBe(("Ada Lovelace", "ada@example.com", "+447400123456", "website", "spring", "Contact"));
        lead.Metadata!.ShouldContain("\"colour\":[\"red\",\"blue\"]");
        (await context.LeadMessages.SingleAsync(Stop)).Text.ShouldBe("I want to buy");
        var consent = await context.LeadConsents.SingleAsync(Stop);
        (consent.Key, consent.Granted).ShouldBe(("gdpr", true));
        var stored = await context.InboundEvents.SingleAsync(Stop);
        (stored.State, stored.LeadId, stored.Source).ShouldBe((InboundState.Processed, lead.Id, InboundSources.Form));
        Encoding.UTF8.GetString(stored.Raw).ShouldBe(Body);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Files_are_kept_with_the_lead(DatabaseEngine engine)
    {
        var (app, company, form) = await NewFormAsync(engine, new { name = "Jobs" });
        using var content = new MultipartFormDataContent { { new StringContent("Ada"), "name" }, { new StringContent("ada@example.com"), "email" } };
        using var file = new ByteArrayContent(RandomNumberGenerator.GetBytes(600_000));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        content.Add(file, "cv", "Lebenslauf ü.pdf");

        (await SendAsync(HttpMethod.Post, form.Url, content)).Status.ShouldBe(200);

        await using var context = app.Database.Database.Open(company.Id);
        var kept = await context.LeadFiles.SingleAsync(Stop);
        (kept.Name, kept.ContentType, kept.Size).ShouldBe(("Lebenslauf ü.pdf", "application/pdf", 600_000));
    }

    [Fact]
    public async Task Bodies_beyond_the_limits_are_413()
    {
        var (app, company, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "Large" });
        var large = new string('a', 300 * 1024);

        (await PostAsync(form, $"{{\"email\":\"a@example.com\",\"text\":\"{large}\"}}", "application/json")).Status.ShouldBe(413);
        (await PostAsync(form, $"email=a%40example.com&text={large}", "application/x-www-form-urlencoded")).Status.ShouldBe(413);
        using var upload = new MultipartFormDataContent { { new ByteArrayContent(new byte[51 * 1024 * 1024]), "file", "big.bin" } };
        (await SendAsync(HttpMethod.Post, form.Url, upload)).Status.ShouldBe(413);

        await using var context = app.Database.Database.Open(company.Id);
        (await context.InboundEvents.CountAsync(Stop)).ShouldBe(0);
    }

    [Theory]
    [InlineData("hello", "text/plain")]
    [InlineData("{\"a\":", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("<html></html>", "text/html")]
    public async Task What_is_no_form_is_400_and_not_stored(string body, string contentType)
    {
        var (app, company, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "Form" });

        var answer = await PostAsync(form, body, contentType);

        (answer.Status, answer.MediaType).ShouldBe((400, "application/problem+json"));
        await using var context = app.Database.Database.Open(company.Id);
        (await context.InboundEvents.CountAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task An_unknown_key_and_one_that_is_switched_off_are_401()
    {
        var (_, _, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "Off", active = false });

        (await PostAsync(form, """{"email":"a@example.com"}""", "application/json")).Status.ShouldBe(401);
        (await PostAsync(form with { Url = new Uri(form.Url, "nobody") }, """{"email":"a@example.com"}""", "application/json")).Status.ShouldBe(401);
        (await PostAsync(form with { Url = new Uri(form.Url, new string('x', 5000)) }, """{"email":"a@example.com"}""", "application/json")).Status.ShouldBe(401);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_form_with_a_secret_takes_only_what_is_signed_with_it(DatabaseEngine engine)
    {
        var (app, company, form) = await NewFormAsync(engine, new { name = "Typeform", secret = "s3cret" });
        const string Body = """{"event_id":"e1","event_type":"form_response","form_response":{"token":"t1","answers":[{"type":"email","email":"ada@example.com","field":{"id":"x","type":"email"}}]}}""";
        var signature = "sha256=" + Convert.ToBase64String(HMACSHA256.HashData("s3cret"u8, Encoding.UTF8.GetBytes(Body)));

        (await PostAsync(form, Body, "application/json")).Status.ShouldBe(401);
        (await PostAsync(form, Body, "application/json", ("Typeform-Signature", signature[..^3] + "AA="))).Status.ShouldBe(401);
        (await PostAsync(form, Body + " ", "application/json", ("Typeform-Signature", signature))).Status.ShouldBe(401);
        await using (var before = app.Database.Database.Open(company.Id))
            (await before.InboundEvents.CountAsync(Stop)).ShouldBe(0);
        (await PostAsync(form, Body, "application/json", ("Typeform-Signature", signature))).Status.ShouldBe(200);

        await using var context = app.Database.Database.Open(company.Id);
        (await context.InboundEvents.SingleAsync(Stop)).RepeatKey.ShouldEndWith(":t1");
        (await context.Leads.SingleAsync(Stop)).Email.ShouldBe("ada@example.com");
    }

    [Fact]
    public async Task Google_Ads_gets_an_empty_object_and_its_key_is_checked()
    {
        var (app, company, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "Google", secret = "gk" });
        const string Body = """{"lead_id":"L1","google_key":"gk","is_test":"true","campaign_id":7,"gcl_id":"G","user_column_data":[{"column_id":"FULL_NAME","string_value":"Ada"},{"column_id":"EMAIL","string_value":"ada@example.com"}]}""";

        (await PostAsync(form, Body.Replace("\"gk\"", "\"other\"", StringComparison.Ordinal), "application/json")).Status.ShouldBe(401);
        var answer = await PostAsync(form, Body, "application/json");

        (answer.Status, answer.Text).ShouldBe((200, "{}"));
        await using var context = app.Database.Database.Open(company.Id);
        var lead = await context.Leads.SingleAsync(Stop);
        (lead.Channel, lead.Source, lead.Marks & LeadMarks.Test).ShouldBe(("google", "Google Ads", LeadMarks.Test));
        lead.Metadata!.ShouldContain("\"gclid\":\"G\"");
    }

    [Fact]
    public async Task Browsers_go_on_to_the_page_that_the_form_asks_for_and_scripts_do_not()
    {
        var (_, _, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "Redirect", redirect = "https://example.com/thanks" });
        const string Body = "email=a%40example.com";

        var byBrowser = await PostAsync(form, Body, "application/x-www-form-urlencoded", Browser);
        var byScript = await PostAsync(form, Body, "application/x-www-form-urlencoded", ("X-Requested-With", "XMLHttpRequest"));
        var elementor = await PostAsync(form, Body + "&form_id=1&form_name=New&Page+URL=https%3A%2F%2Fexample.com&Remote+IP=192.0.2.7", "application/x-www-form-urlencoded");

        (byBrowser.Status, byBrowser.Location).ShouldBe((303, "https://example.com/thanks"));
        (byScript.Status, elementor.Status).ShouldBe((200, 200));
    }

    [Fact]
    public async Task Only_pages_of_allowed_origins_may_send()
    {
        var (app, company, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "Origins", allowed_origins = new[] { "https://Www.Example.com/path" } });
        const string Body = """{"email":"a@example.com"}""";

        (await PostAsync(form, Body, "application/json", ("Origin", "https://evil.example"))).Status.ShouldBe(403);
        (await PostAsync(form, Body, "application/json", ("Origin", "null"))).Status.ShouldBe(403);
        (await SendAsync(HttpMethod.Options, form.Url, null, ("Origin", "https://evil.example"))).Status.ShouldBe(403);
        (await SendAsync(HttpMethod.Options, form.Url, null, ("Origin", "https://www.example.com"), ("Access-Control-Request-Method", "POST"))).Status.ShouldBe(204);
        (await PostAsync(form, Body, "application/json", ("Origin", "https://www.example.com"))).Status.ShouldBe(200);

        await using var context = app.Database.Database.Open(company.Id);
        (await context.Leads.CountAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task LinkedIns_challenge_is_answered_with_the_secret()
    {
        var (_, _, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "LinkedIn", secret = "client" });

        var answer = JsonElement.Parse((await SendAsync(HttpMethod.Get, new Uri(form.Url, "?challengeCode=890e4665"), null)).Text);

        answer.GetProperty("challengeCode").GetString().ShouldBe("890e4665");
        answer.GetProperty("challengeResponse").GetString().ShouldBe(Convert.ToHexStringLower(HMACSHA256.HashData("client"u8, "890e4665"u8)));
    }

    [Theory]
    [InlineData("name=Ada&email=a%40example.com&_gotcha=buy", InboundState.Ignored)]
    [InlineData("name=Ada&email=a%40example.com&leaddesk_loaded=made-up", InboundState.Ignored)]
    [InlineData("form_id=1&name=&email=", InboundState.Failed)]
    public async Task What_is_no_lead_is_kept_with_the_reason(string body, InboundState expected)
    {
        var (app, company, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "Robots", mapping = new { fields = new { form_id = "ignore" } } });

        (await PostAsync(form, body, "application/x-www-form-urlencoded")).Status.ShouldBe(200);

        await using var context = app.Database.Database.Open(company.Id);
        var stored = await context.InboundEvents.SingleAsync(Stop);
        stored.State.ShouldBe(expected);
        stored.Error.ShouldNotBeNullOrEmpty();
        (await context.Leads.CountAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_without_a_contact_is_still_a_lead_and_marked()
    {
        var (app, company, form) = await NewFormAsync(DatabaseEngine.Sqlite, new { name = "No contact" });

        (await PostAsync(form, """{"colour":"red","name":"Ada"}""", "application/json")).Status.ShouldBe(200);

        await using var context = app.Database.Database.Open(company.Id);
        ((await context.Leads.SingleAsync(Stop)).Marks & LeadMarks.NoContact).ShouldBe(LeadMarks.NoContact);
    }

    [Fact]
    public async Task The_mapping_of_the_form_decides()
    {
        var (app, company, form) = await NewFormAsync(
            DatabaseEngine.Sqlite, new { name = "Mapped", mapping = new { fields = new Dictionary<string, string> { ["field-1"] = "name", ["field-2"] = "email" }, constants = new { campaign = "Fair" } } });

        (await PostAsync(form, """{"field-1":"Ada","field-2":"ada@example.com","email":"other@example.com"}""", "application/json")).Status.ShouldBe(200);

        await using var context = app.Database.Database.Open(company.Id);
        var lead = await context.Leads.SingleAsync(Stop);
        (lead.Name, lead.Email, lead.Campaign).ShouldBe(("Ada", "ada@example.com", "Fair"));
        lead.Metadata!.ShouldContain("other@example.com");
    }

    private async Task<(ApiApp App, TestCompany Company, FormAddress Form)> NewFormAsync(DatabaseEngine engine, object form)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var made = await (await app.AsAsync(company.Admin)).PostAsync("/api/v1/forms", form);
        made.Status.ShouldBe(201, made.Text);
        return (app, company, new FormAddress(made["id"].GetInt64(), new Uri(made["url"].GetString()!)));
    }

    private static async Task<Answer> PostAsync(FormAddress form, string body, string contentType, params (string, string)[] headers)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await SendAsync(HttpMethod.Post, form.Url, content, headers);
    }

    private static async Task<Answer> SendAsync(HttpMethod method, Uri url, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request, Stop);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Stop), response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.ToString());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed record FormAddress(long Id, Uri Url);

    private sealed record Answer(int Status, string Text, string? MediaType, string? Location);
}
