using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Meta;
using LeadDesk.Jobs;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Intake.Conversations;

/// <summary>The name of somebody whom the channel names by an id only.</summary>
public sealed class ConversationProfileTests : IAsyncLifetime
{
    private readonly ManualTime time = new();
    private TestDatabase database = null!;
    private TestCompany company = null!;
    private SmallServer graph = null!;
    private int status = 200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        company = await TestCompany.AddAsync(database);
        graph = await SmallServer.StartAsync(app => app.MapGet("/v25.0/{id}", (string id, string fields, HttpContext context) =>
        {
            context.Request.Headers.Authorization.ToString().ShouldBe("Bearer IGQV");
            fields.ShouldBe("name,username");
            return status is 200
                ? Results.Json(id is "named" ? new { id, name = (string?)"Ayşe Yılmaz", username = "ayse.y" } : new { id, name = (string?)null, username = "Only A. Handle" })
                : Results.StatusCode(status);
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await graph.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("named", "Ayşe Yılmaz")]
    [InlineData("unnamed", "Only A. Handle")]
    public async Task The_lead_gets_the_name_that_Meta_tells(string person, string expected)
    {
        var lead = await AddAsync(person, name: null);

        await RunAsync(lead);

        (await NameAsync(lead)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_name_that_is_known_meanwhile_stays()
    {
        var lead = await AddAsync("named", "Ayşe from the fair");

        await RunAsync(lead);

        (await NameAsync(lead)).ShouldBe("Ayşe from the fair");
    }

    [Fact]
    public async Task What_Meta_does_not_tell_is_left_and_what_it_cannot_tell_now_is_asked_again()
    {
        var lead = await AddAsync("named", name: null);

        status = 400;
        await RunAsync(lead);
        (await NameAsync(lead)).ShouldBeNull();

        status = 503;
        await Should.ThrowAsync<HttpRequestException>(() => RunAsync(lead));
    }

    private async Task RunAsync(long lead)
    {
        using var channels = new ChannelGraph(
            new OpenBox(), MetaOptions.Standard with { GraphUrl = graph.Address }, new ConversationOptions(ChannelOptions.Off, ChannelOptions.Off with { AccessToken = "IGQV" }));
        var profile = new ConversationProfile(
            database.Database, new CompanyDirectory(database.Database, time), channels, new LiveFeed(time, NullLogger<LiveFeed>.Instance), time);
        await profile.RunAsync(new JobRun(1, company.Id, $$"""{"Lead":{{lead}}}""", 1), Stop);
    }

    private Task<long> AddAsync(string person, string? name) => database.Database.WriteAsync(company.Id, async context =>
    {
        var lead = company.NewLead();
        (lead.Name, lead.Channel, lead.ExternalId) = (name, InboundSources.Instagram, person);
        context.Leads.Add(lead);
        await context.SaveChangesAsync(Stop);
        return lead.Id;
    }, Stop);

    private async Task<string?> NameAsync(long lead)
    {
        await using var context = database.Database.Open(company.Id);
        return await context.Leads.Where(row => row.Id == lead).Select(row => row.Name).SingleAsync(Stop);
    }

    private sealed class OpenBox : ISecretBox
    {
        public string Close(string secret) => secret;

        public string? Open(string closed) => closed;
    }
}
