using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Support;

public sealed class HubConnectionOverWebSocketTests
{
    [Fact]
    public async Task A_call_is_answered_with_its_result()
    {
        await using var server = await ServerAsync();
        await using var hub = await HubConnectionOverWebSocket.ConnectAsync(new Uri(server.Address, "/hub"));

        var result = await hub.InvokeAsync("join_lead", "7");

        result!.Value.GetString().ShouldBe("joined 7");
    }

    [Fact]
    public async Task A_refused_call_throws_with_the_words_of_the_hub()
    {
        await using var server = await ServerAsync();
        await using var hub = await HubConnectionOverWebSocket.ConnectAsync(new Uri(server.Address, "/hub"));

        var refusal = await Should.ThrowAsync<HubException>(() => hub.InvokeAsync("refuse"));

        refusal.Message.ShouldContain("sign in first");
    }

    [Fact]
    public async Task Events_come_in_order_and_whole_also_when_they_are_larger_than_one_read()
    {
        await using var server = await ServerAsync();
        await using var sender = await HubConnectionOverWebSocket.ConnectAsync(new Uri(server.Address, "/hub"));
        await using var listener = await HubConnectionOverWebSocket.ConnectAsync(new Uri(server.Address, "/hub"));
        var large = new string('ş', 20_000);

        await sender.InvokeAsync("tell", large);
        await sender.InvokeAsync("tell", "second");

        (await listener.NextAsync("told"))[0].GetString().ShouldBe(large);
        (await listener.NextAsync("told"))[0].GetString().ShouldBe("second");
        listener.Waiting("told").ShouldBe(0);
    }

    [Fact]
    public async Task A_call_to_a_hub_that_goes_away_ends_with_an_exception()
    {
        var server = await ServerAsync();
        await using var hub = await HubConnectionOverWebSocket.ConnectAsync(new Uri(server.Address, "/hub"));

        var waiting = hub.InvokeAsync("wait_for_the_end");
        await server.DisposeAsync();

        await Should.ThrowAsync<Exception>(() => waiting);
    }

    private static Task<SmallServer> ServerAsync() => SmallServer.StartAsync(
        app => app.MapHub<SmallHub>("/hub"),
        services => services.AddSignalR(options => options.MaximumReceiveMessageSize = 200_000));

    private sealed class SmallHub : Hub
    {
        [HubMethodName("join_lead")]
        public async Task<string> Join(string id)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, id, Context.ConnectionAborted);
            return $"joined {id}";
        }

        [HubMethodName("refuse")]
        public string Refuse() => Context.UserIdentifier ?? throw new HubException("sign in first");

        [HubMethodName("tell")]
        public Task Tell(string words) => Clients.All.SendAsync("told", words, Context.ConnectionAborted);

        [HubMethodName("wait_for_the_end")]
        public Task WaitForTheEnd() => Task.Delay(Timeout.Infinite, Context.ConnectionAborted);
    }
}
