using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Intake.Email;

/// <summary><c>POST /webhooks/email/{key}</c> and <c>/api/v1/mailboxes</c> of the running app, and the files of its leads.</summary>
public sealed class EmailWebhookTests(ApiApps apps)
{
    private const string Mailboxes = "/api/v1/mailboxes";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_mail_posted_to_a_mailbox_is_a_lead_and_its_file_can_be_saved_by_those_who_see_it(DatabaseEngine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var program = await AdminAsync(app);
        var mailbox = await program.PostAsync(Mailboxes, new { name = "Info", region = "TR", mapping = new { constants = new { campaign = "Spring" } } }, ("Idempotency-Key", "m1"));
        mailbox.Status.ShouldBe(201, mailbox.Text);
        mailbox["url"].GetString().ShouldBe($"http://localhost/webhooks/email/{mailbox["key"].GetString()}");
        using var stranger = app.CreateClient();

        using var answer = await PostAsync(stranger, mailbox, "From: Ali <ali@example.com>\nSubject: Hi\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHow much?\n--b\nContent-Type: text/html\nContent-Disposition: attachment; filename=\"şema.html\"\n\n<script>alert(1)</script>\n--b--");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var context = app.Database.Database.Open((await app.AdminAsync()).CompanyId);
        var file = await context.LeadFiles.SingleAsync(Stop);
        var address = new Uri($"/leads/{file.LeadId}/files/{file.Id}", UriKind.Relative);
        using var browser = await app.SignInAsync();
        using var saved = await browser.GetAsync(address, Stop);
        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        saved.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        saved.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("şema.html");
        saved.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        saved.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
        (await saved.Content.ReadAsStringAsync(Stop)).ShouldBe("<script>alert(1)</script>");
        using var none = await browser.GetAsync(new Uri($"/leads/{file.LeadId + 1}/files/{file.Id}", UriKind.Relative), Stop);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var notSignedIn = await stranger.GetAsync(address, Stop);
        notSignedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Only_a_mailbox_s_key_lets_a_mail_in()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        var program = await AdminAsync(app);
        var mailbox = await program.PostAsync(Mailboxes, new { name = "Info" });
        var off = await program.PostAsync(Mailboxes, new { name = "Old", active = false });
        using var stranger = app.CreateClient();

        foreach (var key in (string[])["unknown", new string('x', 500), "%00", off["key"].GetString()!])
        {
            using var refused = await stranger.PostAsync(new Uri($"/webhooks/email/{key}", UriKind.Relative), new StringContent("From: a@example.com\n\nHi"), Stop);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, key);
        }

        (await EventsAsync(app)).ShouldBeEmpty();
        (await program.DeleteAsync($"{Mailboxes}/{mailbox["id"]}")).Status.ShouldBe(204);
        using var gone = await PostAsync(stranger, mailbox, "From: a@example.com\n\nHi");
        gone.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_mailbox_with_a_signing_key_takes_signed_mails_only()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        var mailbox = await (await AdminAsync(app)).PostAsync(Mailboxes, new { name = "Info", signing_key = "key-test" });
        mailbox.Text.ShouldNotContain("key-test");
        mailbox["signed"].GetBoolean().ShouldBeTrue();
        using var mailgun = app.CreateClient();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        (await StatusAsync("key-test", now)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("key-other", now)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync("key-test", now - (2 * 86_400))).ShouldBe(HttpStatusCode.Unauthorized);
        using var unsigned = await PostAsync(mailgun, mailbox, "From: b@example.com\n\nHi");
        unsigned.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await EventsAsync(app)).ShouldHaveSingleItem().State.ShouldBe(InboundState.Processed);

        async Task<HttpStatusCode> StatusAsync(string key, long timestamp)
        {
            var time = timestamp.ToString(CultureInfo.InvariantCulture);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["from"] = "a@example.com", ["body-plain"] = $"Hi at {time}", ["timestamp"] = time, ["token"] = "t",
                ["signature"] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(time + "t"))),
            });
            using var answer = await mailgun.PostAsync(new Uri($"/webhooks/email/{mailbox["key"]}", UriKind.Relative), form, Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413_and_one_that_is_no_mail_is_kept()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string>(StringComparer.Ordinal) { ["LeadDesk:Limits:UploadMegabytes"] = "1" });
        var mailbox = await (await AdminAsync(app)).PostAsync(Mailboxes, new { name = "Info" });
        using var stranger = app.CreateClient();

        using var large = await PostAsync(stranger, mailbox, new string('x', 1_100_000));
        using var odd = await PostAsync(stranger, mailbox, "<html>502</html>");

        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        odd.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await EventsAsync(app)).ShouldHaveSingleItem().State.ShouldBe(InboundState.Unreadable);
    }

    [Fact]
    public async Task Mailboxes_are_read_and_changed_by_admins()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var made = await caller.PostAsync(Mailboxes, new { name = "Info" });
        var path = $"{Mailboxes}/{made["id"]}";

        var changed = await caller.PatchAsync(path, new { name = "Sales", region = "de", mapping = new { fields = new { budget = "interest" } }, owner_ids = new[] { company.Salesperson.UserId } });

        changed.Status.ShouldBe(200, changed.Text);
        (changed["name"].GetString(), changed["region"].GetString(), changed["key"].GetString()).ShouldBe(("Sales", "DE", made["key"].GetString()));
        changed["mapping"].GetProperty("fields").GetProperty("budget").GetString().ShouldBe("interest");
        (await caller.GetAsync(path))["owner_ids"][0].GetInt64().ShouldBe(company.Salesperson.UserId);
        (await caller.GetAsync(Mailboxes))["mailboxes"].GetArrayLength().ShouldBe(1);
        (await caller.PostAsync(Mailboxes, new { region = "TR" })).Error("name").ShouldNotBeNullOrEmpty();
        (await caller.PatchAsync(path, new { mapping = new { fields = new { budget = "nonsense" } } })).Status.ShouldBe(422);
        (await caller.GetAsync($"{Mailboxes}/999999")).Status.ShouldBe(404);
        (await (await app.AsAsync(company.Manager)).GetAsync(Mailboxes)).Status.ShouldBe(403);
        (await (await app.AsAsync((await app.AddCompanyAsync()).Admin)).GetAsync(path)).Status.ShouldBe(404);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ApiCaller> AdminAsync(TestApp app)
    {
        var keys = app.Services.GetRequiredService<ApiKeyService>();
        return new ApiCaller(app.CreateClient(), (await keys.CreateAsync(await app.AdminAsync(), "Script", ApiKeyActor.Self, Stop)).Value!.Key);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, ApiAnswer mailbox, string mail)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(mail));
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return await client.PostAsync(new Uri($"/webhooks/email/{mailbox["key"]}", UriKind.Relative), content, Stop);
    }

    private static async Task<List<InboundEvent>> EventsAsync(TestApp app)
    {
        await using var context = app.Database.Database.Open((await app.AdminAsync()).CompanyId);
        return await context.InboundEvents.Where(row => row.Source == InboundSources.Email).ToListAsync(Stop);
    }
}
