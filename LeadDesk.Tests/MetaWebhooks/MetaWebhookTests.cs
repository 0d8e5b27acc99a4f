using System.Net;
using System.Security.Cryptography;
using System.Text;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Meta;
using LeadDesk.Tests.Intake.Conversations;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.MetaWebhooks;

/// <summary>The addresses that Meta calls: who is believed, what is kept, for whom.</summary>
public sealed class MetaWebhookTests : IAsyncLifetime
{
    private const string MetaSecret = "secret of the app";
    private const string WhatsAppSecret = "secret of whatsapp";
    private static readonly string Hello = Bodies.WhatsAppMessage("""{"from":"972501112233","id":"wamid.1","timestamp":"1697043666","type":"text","text":{"body":"أحمد: how much?"}}""");

    private TestApp app = null!;
    private HttpClient meta = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LeadDesk:Meta:AppSecret"] = MetaSecret,
            ["LeadDesk:Meta:VerifyToken"] = "token of meta",
            ["LeadDesk:WhatsApp:AppSecret"] = WhatsAppSecret,
        });
        meta = app.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        meta.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("meta")]
    [InlineData("whatsapp")]
    [InlineData("instagram")]
    public async Task The_handshake_is_answered_with_the_bare_challenge(string address)
    {
        using var answer = await GetAsync($"/webhooks/{address}?hub.mode=subscribe&hub.verify_token=token%20of%20meta&hub.challenge=1158201444");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe("1158201444");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Theory]
    [InlineData("?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1")]
    [InlineData("?hub.mode=subscribe&hub.verify_token=&hub.challenge=1")]
    [InlineData("?hub.mode=unsubscribe&hub.verify_token=token%20of%20meta&hub.challenge=1")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1")]
    [InlineData("")]
    public async Task A_wrong_handshake_is_refused(string query)
    {
        using var answer = await GetAsync("/webhooks/meta" + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_token_of_a_channel_answers_and_the_page_learns_of_it()
    {
        var admin = await app.AdminAsync();
        await app.Services.GetRequiredService<ChannelConnectionService>().BeginAsync(admin, InboundSources.WhatsApp, Stop);
        var queries = app.Services.GetRequiredService<ChannelConnectionQueries>();
        var token = (await queries.GetAsync(admin, InboundSources.WhatsApp, Stop)).Value!.Single().VerifyToken!;

        using var answer = await GetAsync($"/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=7");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await queries.GetAsync(admin, InboundSources.WhatsApp, Stop)).Value!.Single().VerifiedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_signed_body_is_stored_as_it_came_and_becomes_a_lead()
    {
        (await PostAsync("whatsapp", Hello, WhatsAppSecret)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("whatsapp", Hello, WhatsAppSecret)).ShouldBe(HttpStatusCode.OK);

        var stored = (await EventsAsync()).ShouldHaveSingleItem();
        (stored.State, stored.Source, stored.Origin, stored.RepeatKey).ShouldBe((InboundState.Received, InboundSources.WhatsApp, Bodies.PhoneNumberId, "wamid.1"));
        stored.Raw.ShouldBe(Encoding.UTF8.GetBytes(Hello));
        await WorkAsync();
        await using var context = await OpenAsync();
        (await context.Leads.SingleAsync(Stop)).Phone.ShouldBe("+972501112233");
    }

    [Fact]
    public async Task A_page_is_known_from_the_moment_it_is_connected()
    {
        static string Push(string lead) => Bodies.PageChange($$$"""{"field":"leadgen","value":{"leadgen_id":"{{{lead}}}","page_id":"138","form_id":"9","created_time":1700000000}}""");
        await PostAsync("meta", Push("1"), MetaSecret);
        await app.Services.GetRequiredService<MetaConnectionService>().CreateAsync(await app.AdminAsync(), new MetaConnectionChange { PageId = "138", AccessToken = "EAAG-a-token" }, Stop);

        await PostAsync("meta", Push("2"), MetaSecret);

        (await EventsAsync()).ToDictionary(row => row.RepeatKey!, row => row.State, StringComparer.Ordinal)
            .ShouldBe(new Dictionary<string, InboundState> { ["1"] = InboundState.Ignored, ["2"] = InboundState.Received });
    }

    [Theory]
    [InlineData("whatsapp", MetaSecret)]
    [InlineData("meta", WhatsAppSecret)]
    [InlineData("instagram", "wrong")]
    [InlineData("meta", null)]
    public async Task What_is_not_signed_for_its_address_is_refused_counted_and_not_stored(string address, string? secret)
    {
        (await PostAsync(address, Hello, secret)).ShouldBe(HttpStatusCode.Unauthorized);

        (await EventsAsync()).ShouldBeEmpty();
        (await meta.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop)).ShouldContain($"leaddesk_inbound_rejected_total{{source=\"{address}\",reason=\"signature\"}}");
    }

    [Fact]
    public async Task An_address_without_a_secret_of_its_own_takes_that_of_Meta_and_any_of_its_objects()
    {
        (await PostAsync("instagram", Bodies.Messaging(Bodies.From("\"message\":{\"mid\":\"m_1\",\"text\":\"Hi\"}"), "page"), MetaSecret)).ShouldBe(HttpStatusCode.OK);

        (await EventsAsync()).ShouldHaveSingleItem().Source.ShouldBe(InboundSources.Messenger);
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("""{"object":"user","entry":[{"id":"1"}]}""")]
    [InlineData("")]
    public async Task What_Meta_signed_but_nobody_understands_is_kept_and_answered_well(string body)
    {
        (await PostAsync("meta", body, MetaSecret)).ShouldBe(HttpStatusCode.OK);

        var kept = (await EventsAsync()).ShouldHaveSingleItem();
        (kept.State, Encoding.UTF8.GetString(kept.Raw)).ShouldBe((InboundState.Unreadable, body));
    }

    [Fact]
    public async Task A_body_above_three_megabytes_is_too_large_and_one_below_is_not()
    {
        (await PostAsync("meta", new string(' ', (3 * 1024 * 1024) + 1), MetaSecret)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync("meta", "[" + new string(' ', 2_900_000) + "]", MetaSecret)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_lead_of_a_page_that_nobody_connected_is_kept_with_what_to_do()
    {
        (await PostAsync("meta", Bodies.PageChange("""{"field":"leadgen","value":{"leadgen_id":"77","form_id":"5","page_id":"138"}}"""), MetaSecret)).ShouldBe(HttpStatusCode.OK);

        var kept = (await EventsAsync()).ShouldHaveSingleItem();
        kept.State.ShouldBe(InboundState.Ignored);
        kept.Error.ShouldNotBeNull().ShouldContain("Connect the page");
    }

    [Fact]
    public async Task A_lead_goes_to_the_company_that_connected_its_page_and_a_companys_secret_speaks_for_it_alone()
    {
        var second = await TestCompany.AddAsync(app.Database, "Second");
        var box = app.Services.GetRequiredService<ISecretBox>();
        await app.Database.Database.WriteAsync(second.Id, context =>
        {
            context.MetaConnections.Add(new MetaConnection { PageId = "138", AccessToken = "x", AccessTokenEnd = "x", AppSecret = box.Close("own secret"), CreatedAt = DateTime.UtcNow });
            return Task.FromResult(true);
        }, Stop);

        await PostAsync("meta", Leadgen("1", "138"), MetaSecret);
        await PostAsync("meta", Leadgen("2", "138"), "own secret");
        await PostAsync("meta", Leadgen("3", "999"), "own secret");

        (await EventsAsync(second.Id)).Select(row => (row.RepeatKey, row.State)).ShouldBe([("1", InboundState.Received), ("2", InboundState.Received), ("3", InboundState.Ignored)]);
        (await EventsAsync()).ShouldBeEmpty();

        static string Leadgen(string id, string page) => Bodies.PageChange($$$"""{"field":"leadgen","value":{"leadgen_id":"{{{id}}}","form_id":"5","page_id":"{{{page}}}"}}""");
    }

    [Fact]
    public async Task A_number_goes_to_the_company_that_set_it_up_and_a_strange_one_is_kept()
    {
        var second = await TestCompany.AddAsync(app.Database, "Second");
        var service = app.Services.GetRequiredService<ChannelConnectionService>();
        (await service.BeginAsync(second.Admin, InboundSources.WhatsApp, Stop)).Succeeded.ShouldBeTrue();
        (await service.SaveAsync(second.Admin, InboundSources.WhatsApp, new ChannelEdit(Bodies.PhoneNumberId, null, null, null, []), 1, Stop)).Succeeded.ShouldBeTrue();

        await PostAsync("whatsapp", Hello, WhatsAppSecret);
        await PostAsync("whatsapp", Hello.Replace(Bodies.PhoneNumberId, "1", StringComparison.Ordinal).Replace("wamid.1", "wamid.2", StringComparison.Ordinal), WhatsAppSecret);

        (await EventsAsync(second.Id)).ShouldHaveSingleItem().RepeatKey.ShouldBe("wamid.1");
        var strange = (await EventsAsync()).ShouldHaveSingleItem();
        (strange.RepeatKey, strange.State).ShouldBe(("wamid.2", InboundState.Ignored));
    }

    [Fact]
    public async Task A_thousand_updates_in_one_body_are_stored_each_for_itself()
    {
        var statuses = string.Join(',', Enumerable.Range(0, 1000).Select(number => $$"""{"id":"wamid.{{number}}","status":"read"}"""));

        (await PostAsync("whatsapp", Bodies.WhatsAppStatus(statuses), WhatsAppSecret)).ShouldBe(HttpStatusCode.OK);

        (await EventsAsync()).Count.ShouldBe(1000);
    }

    private async Task<HttpResponseMessage> GetAsync(string address) => await meta.GetAsync(new Uri(address, UriKind.Relative), Stop);

    private async Task<HttpStatusCode> PostAsync(string address, string body, string? secret)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{address}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        if (secret is not null)
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes)));
        using var answer = await meta.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private async Task WorkAsync()
    {
        var runner = app.Services.GetRequiredService<InboundRunner>();
        var claimed = await app.Services.GetRequiredService<InboundClaims>().ClaimAsync(runner.Sources, 100, DateTime.UtcNow, Stop);
        foreach (var group in claimed.GroupBy(one => (one.CompanyId, one.Source)))
            await runner.RunAsync(group.Key.CompanyId, group.Key.Source, [.. group.Select(one => one.Id)], Stop);
    }

    private async Task<AppDbContext> OpenAsync() => app.Database.Database.Open((await app.AdminAsync()).CompanyId);

    private async Task<List<InboundEvent>> EventsAsync(long? company = null)
    {
        await using var context = app.Database.Database.Open(company ?? (await app.AdminAsync()).CompanyId);
        return await context.InboundEvents.OrderBy(row => row.Id).ToListAsync(Stop);
    }
}
