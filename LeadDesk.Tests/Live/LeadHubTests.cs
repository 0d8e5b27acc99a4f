using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Live;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Live;

/// <summary>The hub over a real socket; who somebody is comes from the key, as <c>company:user:role</c>.</summary>
public sealed class LeadHubTests : IAsyncLifetime
{
    private readonly LiveFeed _feed = new(TimeProvider.System, NullLogger<LiveFeed>.Instance);
    private SmallServer _server = null!;
    private const long HelpedByNine = 90;

    public async ValueTask InitializeAsync() =>
        _server = await SmallServer.StartAsync(
            app =>
            {
                app.Use((context, next) =>
                {
                    context.User = Principal(context);
                    return next(context);
                });
                app.MapLeadHub();
            },
            services => services
                .AddSingleton(_ => _feed)
                .AddLeadHub(_ => new LeadHubSources(User, (user, lead, _) => Task.FromResult(user.SeesAllLeads || lead == user.UserId), Stats, Helpers)));

    [Fact]
    public async Task A_new_lead_is_told_to_the_admin_and_its_owner_and_to_nobody_else()
    {
        await using var admin = await ConnectAsync("1:1:Admin");
        await using var owner = await ConnectAsync("1:7:Salesperson");
        await using var colleague = await ConnectAsync("1:8:Salesperson");
        await using var stranger = await ConnectAsync("2:7:Admin");

        _feed.Publish([new LeadEvent(1, 10, LeadEventKind.Created, 7, null)]);
        _feed.Publish([new LeadEvent(1, 11, LeadEventKind.Created, 8, null), new LeadEvent(2, 12, LeadEventKind.Created, null, null)]);

        Text(await admin.NextAsync("lead_created")).ShouldBe("""{"lead_id":10,"kind":"created","owner_id":7}""");
        Text(await owner.NextAsync("lead_created")).ShouldBe("""{"lead_id":10,"kind":"created","owner_id":7}""");
        Text(await colleague.NextAsync("lead_created")).ShouldBe("""{"lead_id":11,"kind":"created","owner_id":8}""");
        Text(await stranger.NextAsync("lead_created")).ShouldBe("""{"lead_id":12,"kind":"created","owner_id":null}""");
        owner.Waiting("lead_created").ShouldBe(0);
    }

    [Fact]
    public async Task A_former_owner_learns_that_the_lead_is_gone_and_not_who_has_it()
    {
        await using var former = await ConnectAsync("1:7:Salesperson");

        _feed.Publish([new LeadEvent(1, 10, LeadEventKind.Updated, 8, 7)]);

        Text(await former.NextAsync("lead_updated")).ShouldBe("""{"lead_id":10,"kind":"unassigned","owner_id":null}""");
    }

    [Fact]
    public async Task A_helper_hears_of_the_lead_like_its_owner_and_also_when_it_was_the_helpers_own_before()
    {
        await using var helper = await ConnectAsync("1:9:Salesperson");
        await using var colleague = await ConnectAsync("1:8:Salesperson");

        _feed.Publish([new LeadEvent(1, HelpedByNine, LeadEventKind.Updated, 7, 7), new LeadEvent(1, 10, LeadEventKind.Updated, 8, null)]);
        Text(await helper.NextAsync("lead_updated")).ShouldBe("""{"lead_id":90,"kind":"updated","owner_id":7}""");
        Text(await colleague.NextAsync("lead_updated")).ShouldBe("""{"lead_id":10,"kind":"updated","owner_id":8}""");

        _feed.Publish([new LeadEvent(1, HelpedByNine, LeadEventKind.Updated, 7, 9)]);
        Text(await helper.NextAsync("lead_updated")).ShouldBe("""{"lead_id":90,"kind":"updated","owner_id":7}""");
        helper.Waiting("lead_updated").ShouldBe(0);
    }

    [Fact]
    public async Task Totals_are_those_the_connection_may_see()
    {
        await using var admin = await ConnectAsync("1:1:Admin");
        await using var owner = await ConnectAsync("1:7:Salesperson");

        _feed.Publish([new LeadEvent(1, 10, LeadEventKind.Updated, 7, null)]);

        Text(await admin.NextAsync("stats_updated")).ShouldBe("""{"total_leads":100}""");
        Text(await owner.NextAsync("stats_updated")).ShouldBe("""{"total_leads":7}""");
    }

    [Fact]
    public async Task Only_a_lead_one_may_see_can_be_joined()
    {
        await using var owner = await ConnectAsync("1:7:Salesperson");

        (await owner.InvokeAsync("join_lead", 7))!.Value.GetBoolean().ShouldBeTrue();
        (await owner.InvokeAsync("join_lead", "7"))!.Value.GetBoolean().ShouldBeTrue();
        (await owner.InvokeAsync("join_lead", 8))!.Value.GetBoolean().ShouldBeFalse();
        await owner.InvokeAsync("leave_lead", 7);
    }

    [Fact]
    public async Task When_too_much_happens_all_read_again_and_a_joined_lead_is_still_told_by_name()
    {
        await using var admin = await ConnectAsync("1:1:Admin");
        await admin.InvokeAsync("join_lead", 42);

        _feed.Publish([.. Enumerable.Range(1, 200).Select(lead => new LeadEvent(1, lead, LeadEventKind.Updated, null, null))]);

        Text(await admin.NextAsync("lead_updated")).ShouldBe("""{"lead_id":null,"kind":"reload","owner_id":null}""");
        Text(await admin.NextAsync("lead_updated")).ShouldBe("""{"lead_id":42,"kind":"updated","owner_id":null}""");
    }

    [Fact]
    public async Task Without_a_user_the_connection_ends()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(_server.Address, "/hubs/leads")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            var buffer = new byte[1024];
            while ((await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).MessageType is not WebSocketMessageType.Close)
            {
                // The answer to the handshake may come before the end.
            }

            throw new WebSocketException("closed");
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _feed.Dispose();
    }

    /// <summary>Connected and in its group: an answered call comes after that.</summary>
    private async Task<HubConnectionOverWebSocket> ConnectAsync(string key)
    {
        var hub = await HubConnectionOverWebSocket.ConnectAsync(new Uri(_server.Address, "/hubs/leads"), ("Authorization", "Bearer " + key));
        await hub.InvokeAsync("leave_lead", 0);
        return hub;
    }

    private static Task<object> Stats(long companyId, long? ownerId, CancellationToken cancellationToken) =>
        Task.FromResult<object>(new { TotalLeads = ownerId ?? (companyId * 100) });

    private static Task<IReadOnlyCollection<(long LeadId, long UserId)>> Helpers(long companyId, IReadOnlyCollection<long> users, IReadOnlyCollection<long> leads, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<(long LeadId, long UserId)>>(leads.Contains(HelpedByNine) && users.Contains(9) ? [(HelpedByNine, 9)] : []);

    private static ClaimsPrincipal Principal(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var key]
            ? new ClaimsPrincipal(new ClaimsIdentity([new Claim("key", key)], "test"))
            : new ClaimsPrincipal(new ClaimsIdentity());

    private static CurrentUser? User(ClaimsPrincipal principal) =>
        principal.FindFirst("key")?.Value.Split(':') is [var company, var user, var role]
            ? new CurrentUser(long.Parse(company, null), long.Parse(user, null), "Somebody", Enum.Parse<Role>(role))
            : null;

    private static string Text(IReadOnlyList<JsonElement> arguments) => arguments.ShouldHaveSingleItem().GetRawText();
}
