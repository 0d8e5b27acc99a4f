using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Meta;
using LeadDesk.Leads;
using LeadDesk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LeadDesk.Tests.Intake.Conversations;

/// <summary>Attachments that are asked from Graph when somebody opens them.</summary>
public sealed class ConversationMediaTests : IAsyncLifetime
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0];

    private TestDatabase database = null!;
    private TestCompany company = null!;
    private SmallServer graph = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        company = await TestCompany.AddAsync(database);
        graph = await SmallServer.StartAsync(app =>
        {
            app.MapGet("/v25.0/{id}", (string id, HttpContext context) =>
            {
                if (context.Request.Headers.Authorization != "Bearer EAAG")
                    return Results.Json(new { error = new { code = 190 } }, statusCode: 401);
                return id is "77" ? Results.Json(new { url = $"{context.Request.Scheme}://{context.Request.Host}/files/77", mime_type = "image/jpeg" }) : Results.Json(new { error = new { code = 100 } }, statusCode: 400);
            });
            app.MapGet("/files/77", (HttpContext context) => context.Request.Headers.Authorization == "Bearer EAAG" ? Results.Bytes(Picture, "image/jpeg") : Results.Unauthorized());
        });
    }

    public async ValueTask DisposeAsync()
    {
        await graph.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_picture_is_fetched_by_its_id_with_the_channels_token()
    {
        var (lead, message) = await AddAsync(new MessageMedia("77", null, "image/jpeg", null));
        using var channels = Channels("EAAG");
        var media = Media(channels);

        using var content = (await media.OpenAsync(company.Admin, lead, message, Stop)).Value.ShouldNotBeNull();

        content.ContentType.ShouldBe("image/jpeg");
        using var copy = new MemoryStream();
        await content.Content.CopyToAsync(copy, Stop);
        copy.ToArray().ShouldBe(Picture);
    }

    [Theory]
    [InlineData(null, "77", "needs the channel's access token")]
    [InlineData("expired", "77", "refused the channel's access token")]
    [InlineData("EAAG", "99", "does not have this attachment any more")]
    public async Task What_cannot_be_shown_says_why(string? token, string id, string words)
    {
        var (lead, message) = await AddAsync(new MessageMedia(id, null, null, null));
        using var channels = Channels(token);
        var media = Media(channels);

        (await media.OpenAsync(company.Admin, lead, message, Stop)).Refusal.ShouldNotBeNull().Message.ShouldContain(words);
    }

    [Fact]
    public async Task An_address_inside_the_network_is_never_called()
    {
        var (lead, message) = await AddAsync(new MessageMedia(null, new Uri(graph.Address, "/files/77").ToString(), null, null));
        using var channels = Channels("EAAG");
        var media = Media(channels);

        (await media.OpenAsync(company.Admin, lead, message, Stop)).Refusal.ShouldNotBeNull().Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task Only_who_may_see_the_lead_gets_its_attachments_and_only_its_own()
    {
        var (lead, message) = await AddAsync(new MessageMedia("77", null, null, null));
        var (other, _) = await AddAsync(null);
        using var channels = Channels("EAAG");
        var media = Media(channels);

        (await media.OpenAsync(company.Salesperson, lead, message, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
        (await media.OpenAsync(company.Admin, other, message, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    private ConversationMedia Media(ChannelGraph channels) => new(database.Database, channels, new OutboundHttp(allowInner: false));

    private ChannelGraph Channels(string? token) => new(
        new OpenBox(), MetaOptions.Standard with { GraphUrl = graph.Address }, new ConversationOptions(ChannelOptions.Off with { AccessToken = token }, ChannelOptions.Off));

    private Task<(long Lead, long Message)> AddAsync(MessageMedia? media) => database.Database.WriteAsync(company.Id, async context =>
    {
        var lead = company.NewLead(ownerId: company.OtherSalesperson.UserId);
        context.Leads.Add(lead);
        await context.SaveChangesAsync(Stop);
        var message = new LeadMessage { LeadId = lead.Id, Channel = InboundSources.WhatsApp, Text = "[Image]", At = lead.CreatedAt, Media = ConversationChanges.MediaJson(media) };
        context.LeadMessages.Add(message);
        await context.SaveChangesAsync(Stop);
        return (lead.Id, message.Id);
    }, Stop);

    private sealed class OpenBox : ISecretBox
    {
        public string Close(string secret) => secret;

        public string? Open(string closed) => closed;
    }
}
